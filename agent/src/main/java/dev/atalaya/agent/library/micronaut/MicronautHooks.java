package dev.atalaya.agent.library.micronaut;

import dev.atalaya.agent.reflect.Getter;
import dev.atalaya.agent.trace.Hook;
import dev.atalaya.agent.trace.LibraryHooks;
import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.agent.trace.States;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The template of a match, without what it says of the query: {@code /orders/{id}}. */
public final class MicronautHooks implements LibraryHooks {
  private static final Getter ROUTE = new Getter("getRoute"); // 3
  private static final Getter ROUTE_INFO = new Getter("getRouteInfo");
  private static final Getter TEMPLATE = new Getter("getUriMatchTemplate");
  private static final Getter PATH = new Getter("toPathString");

  @Override
  public void offer(Recorder recorder, Map<String, Hook> hooks) {
    hooks.put(
        "matched",
        (match, none, nothing, no) -> {
          if (recorder.wantsRoute()) recorder.route(route(match));
          return null;
        });
  }

  /** Null for what answers errors, which has no template. */
  private static @Nullable String route(@Nullable Object match) {
    Object route = ROUTE.of(match);
    Object template = TEMPLATE.of(route == null ? ROUTE_INFO.of(match) : route);
    if (template == null) return null;
    Object known = States.get(template);
    if (known instanceof String) return (String) known;
    String path = PATH.text(template);
    States.put(template, path);
    return path;
  }
}
