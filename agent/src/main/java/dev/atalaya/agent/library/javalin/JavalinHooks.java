package dev.atalaya.agent.library.javalin;

import dev.atalaya.agent.reflect.Getter;
import dev.atalaya.agent.trace.Hook;
import dev.atalaya.agent.trace.LibraryHooks;
import dev.atalaya.agent.trace.Recorder;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** Tells handlers of a method, which have a route, from those before and after them. */
@NullMarked
public final class JavalinHooks implements LibraryHooks {
  // 7 has an endpoint with fields, earlier versions have all of it in the context.
  private static final Getter ENDPOINT = new Getter("endpoint");
  private static final Getter ENDPOINT_TYPE = new Getter("method");
  private static final Getter ENDPOINT_PATH = new Getter("path");
  private static final Getter TYPE = new Getter("handlerType");
  private static final Getter PATH = new Getter("matchedPath");

  private static final Getter IS_OF_A_METHOD = new Getter("isHttpMethod");
  private static final Getter CONTEXT_PATH = new Getter("contextPath");

  @Override
  public void offer(Recorder recorder, Map<String, Hook> hooks) {
    hooks.put(
        "matched",
        (context, none, nothing, no) -> {
          if (recorder.wantsRoute()) recorder.route(route(context));
          return null;
        });
    hooks.put(
        "caught",
        (error, none, nothing, no) -> {
          if (error instanceof Throwable) recorder.caught(thrown((Throwable) error));
          return null;
        });
  }

  private static @Nullable String route(@Nullable Object context) {
    Object endpoint = ENDPOINT.of(context);
    Object type = endpoint == null ? TYPE.of(context) : ENDPOINT_TYPE.of(endpoint);
    if (!Boolean.TRUE.equals(IS_OF_A_METHOD.of(type))) return null;
    String path = endpoint == null ? PATH.text(context) : ENDPOINT_PATH.text(endpoint);
    String start = CONTEXT_PATH.text(context);
    return path.startsWith("/") ? start.concat(path) : start + "/" + path;
  }

  /** What the handler threw, which its future may have wrapped. */
  private static Throwable thrown(Throwable error) {
    Throwable cause = error.getCause();
    return error instanceof CompletionException && cause != null ? cause : error;
  }
}
