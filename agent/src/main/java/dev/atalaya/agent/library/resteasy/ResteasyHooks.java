package dev.atalaya.agent.library.resteasy;

import dev.atalaya.agent.library.jaxrs.ResourcePaths;
import dev.atalaya.agent.reflect.Getter;
import dev.atalaya.agent.trace.Hook;
import dev.atalaya.agent.trace.LibraryHooks;
import dev.atalaya.agent.trace.Recorder;
import java.lang.reflect.Method;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Joins the paths of the methods that RESTEasy invokes for a request: of locators, each finding the
 * next, and at last of a resource.
 */
public final class ResteasyHooks implements LibraryHooks {
  private static final Getter REQUEST_URI = new Getter("getUri");
  private static final Getter METHOD = new Getter("getMethod");
  private static final Getter RESOURCE_CLASS = new Getter("getResourceClass");

  /** The path of the locators passed so far; the thread's next root method forgets it. */
  private final ThreadLocal<@Nullable String> located = new ThreadLocal<>();

  @Override
  public void offer(Recorder recorder, Map<String, Hook> hooks) {
    hooks.put(
        "locator",
        (invoker, request, root, none) -> {
          if (recorder.wantsRoute()) located.set(path(invoker, request, root));
          return null;
        });
    hooks.put(
        "resource",
        (invoker, request, root, none) -> {
          if (!recorder.wantsRoute()) return null;
          recorder.route(path(invoker, request, root));
          located.remove();
          return null;
        });
  }

  /** Null below a locator that is not known. */
  private @Nullable String path(
      @Nullable Object invoker, @Nullable Object request, @Nullable Object root) {
    Object found = METHOD.of(invoker);
    String start =
        Boolean.TRUE.equals(root) ? ResourcePaths.base(REQUEST_URI.of(request)) : located.get();
    if (start == null || !(found instanceof Method)) return null;
    Method method = (Method) found;
    Object resource = RESOURCE_CLASS.of(invoker);
    Class<?> type = resource instanceof Class ? (Class<?>) resource : method.getDeclaringClass();
    if (Boolean.TRUE.equals(root))
      start = ResourcePaths.join(start, ResourcePaths.path(type, type));
    return ResourcePaths.join(start, ResourcePaths.path(type, method));
  }
}
