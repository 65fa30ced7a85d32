package dev.atalaya.agent.library.vertx;

import dev.atalaya.agent.trace.Hook;
import dev.atalaya.agent.trace.LibraryHooks;
import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.States;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The template of the route whose handler runs: the last counts, as those before it passed the
 * request on. A router that is mounted on a route is a context of its own, with what was before it.
 */
public final class VertxWebHooks implements LibraryHooks {
  @Override
  public void offer(Recorder recorder, Map<String, Hook> hooks) {
    hooks.put(
        "mounted",
        (context, none, nothing, no) -> {
          Request request = recorder.current();
          if (request != null) States.put(context, prefix(request.route()));
          return null;
        });
    hooks.put(
        "handles",
        (context, path, pattern, exact) -> {
          Request request = recorder.current();
          if (request == null) return null;
          Object mount = States.get(context);
          String start = mount instanceof String ? (String) mount : "";
          request.innerRoute(route(start, path, pattern, Boolean.TRUE.equals(exact)));
          return null;
        });
    hooks.put(
        "unmatched",
        (context, status, failure, none) -> {
          Request request = recorder.current();
          boolean failed = failure != null || status instanceof Integer && (Integer) status >= 0;
          if (request != null && !failed) request.innerRoute("");
          return null;
        });
  }

  /** Null for a route that is for all paths and says no more. */
  private static @Nullable String route(
      String start, @Nullable Object path, @Nullable Object pattern, boolean exact) {
    if (path != null) {
      String template = join(start, path.toString());
      return exact ? template : template.concat("*");
    }
    if (pattern instanceof Pattern) return join(start, ((Pattern) pattern).pattern());
    return start.isEmpty() ? null : join(start, "/*");
  }

  private static String join(String start, String path) {
    boolean twice = start.endsWith("/") && path.startsWith("/");
    return start.concat(twice ? path.substring(1) : path);
  }

  private static String prefix(String route) {
    return route.endsWith("*") ? route.substring(0, route.length() - 1) : route;
  }
}
