package dev.atalaya.agent.library.spark;

import dev.atalaya.agent.privacy.UrlText;
import dev.atalaya.agent.reflect.Getter;
import dev.atalaya.agent.trace.Hook;
import dev.atalaya.agent.trace.HttpExchange;
import dev.atalaya.agent.trace.LibraryHooks;
import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.Span;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts the path that Spark is served at before the route that it found. */
public final class SparkHooks implements LibraryHooks {
  private static final Getter ROUTE = new Getter("getMatchUri");
  private static final Getter PATH = new Getter("getRequestURI");

  @Override
  public void offer(Recorder recorder, Map<String, Hook> hooks) {
    hooks.put(
        "found",
        (match, none, nothing, no) -> {
          if (recorder.wantsRoute()) recorder.route(route(recorder.current(), match));
          return null;
        });
  }

  /**
   * A filter's routes begin below the path of its container, which is what the request has before
   * the path that Spark looked for. Null where the two differ in more, as by an escape that the
   * filter decoded: the container's own mapping stands then.
   */
  private static @Nullable String route(@Nullable Request request, @Nullable Object match) {
    Span root = request == null ? null : request.root();
    HttpExchange http = root == null ? null : root.http();
    String path = http == null ? null : http.path;
    String seen = UrlText.withoutParameters(PATH.text(match));
    if (path == null || seen.isEmpty() || !path.endsWith(seen)) return null;
    return path.substring(0, path.length() - seen.length()).concat(ROUTE.text(match));
  }
}
