package dev.atalaya.agent.library.quarkusrest;

import dev.atalaya.agent.library.jaxrs.ResourcePaths;
import dev.atalaya.agent.reflect.Getter;
import dev.atalaya.agent.trace.Hook;
import dev.atalaya.agent.trace.LibraryHooks;
import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.agent.trace.States;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Joins the templates of the methods that Quarkus REST finds for a request: of locators, each
 * finding the next, and at last of a resource.
 */
public final class QuarkusRestHooks implements LibraryHooks {
  private static final Getter DEPLOYMENT = new Getter("getDeployment");
  private static final Getter PREFIX = new Getter("getPrefix");
  private static final Getter HTTP_METHOD = new Getter("getHttpMethod");
  private static final Getter CLASS_PATH = new Getter("getClassPath");
  private static final Getter PATH = new Getter("getPath");
  private static final Getter TEMPLATE = new Getter("template");

  @Override
  public void offer(Recorder recorder, Map<String, Hook> hooks) {
    hooks.put(
        "found",
        (context, method, located, none) -> {
          if (method != null && recorder.wantsRoute()) {
            found(recorder, context, method, Boolean.TRUE.equals(located));
          }
          return null;
        });
  }

  private static void found(
      Recorder recorder, @Nullable Object context, Object method, boolean located) {
    Object start = located ? States.get(context) : PREFIX.text(DEPLOYMENT.of(context));
    if (!(start instanceof String)) return;
    String template = ResourcePaths.join((String) start, path(method));
    if (HTTP_METHOD.of(method) == null) States.put(context, template); // a locator
    else recorder.route(template.isEmpty() ? "/" : template);
  }

  /** Of the resource's class and its method. */
  private static String path(Object method) {
    Object known = States.get(method);
    if (known instanceof String) return (String) known;
    String path =
        ResourcePaths.join(
            ResourcePaths.join("", TEMPLATE.text(CLASS_PATH.of(method))),
            TEMPLATE.text(PATH.of(method)));
    States.put(method, path);
    return path;
  }
}
