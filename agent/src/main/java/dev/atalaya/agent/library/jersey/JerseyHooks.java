package dev.atalaya.agent.library.jersey;

import dev.atalaya.agent.library.jaxrs.ResourcePaths;
import dev.atalaya.agent.reflect.Getter;
import dev.atalaya.agent.trace.Hook;
import dev.atalaya.agent.trace.LibraryHooks;
import dev.atalaya.agent.trace.Recorder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the templates that Jersey matched from {@code context.request().getUriInfo()}. */
public final class JerseyHooks implements LibraryHooks {
  private static final Getter REQUEST = new Getter("request");
  private static final Getter URI_INFO = new Getter("getUriInfo");
  private static final Getter TEMPLATES = new Getter("getMatchedTemplates");
  private static final Getter TEMPLATE = new Getter("getTemplate");

  @Override
  public void offer(Recorder recorder, Map<String, Hook> hooks) {
    hooks.put(
        "matched",
        (context, none, nothing, no) -> {
          if (recorder.wantsRoute()) recorder.route(template(context));
          return null;
        });
  }

  /** Jersey lists the templates from the method's to the resource's. Empty where it lists none. */
  private static String template(@Nullable Object context) {
    Object uriInfo = URI_INFO.of(REQUEST.of(context));
    Object templates = TEMPLATES.of(uriInfo);
    if (!(templates instanceof List)) return "";
    List<?> matched = (List<?>) templates;
    String route = ResourcePaths.base(uriInfo);
    for (int i = matched.size() - 1; i >= 0; i--) {
      route = ResourcePaths.join(route, TEMPLATE.text(matched.get(i)));
    }
    return route;
  }
}
