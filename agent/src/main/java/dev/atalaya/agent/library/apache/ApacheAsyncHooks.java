package dev.atalaya.agent.library.apache;

import dev.atalaya.agent.reflect.Getter;
import dev.atalaya.agent.trace.Hook;
import dev.atalaya.agent.trace.LibraryHooks;
import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.agent.trace.States;
import dev.atalaya.bridge.Call;
import java.util.Map;
import java.util.concurrent.Future;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * Calls of the asynchronous clients, kept with their futures: all attempts and redirects have one.
 */
@NullMarked
public final class ApacheAsyncHooks implements LibraryHooks {
  /** Kept with a future whose request is not recorded. */
  private static final Object NO_CALL = new Object();

  private static final Getter LINE = new Getter("getRequestLine");
  private static final Getter METHOD = new Getter("getMethod");
  private static final Getter URI = new Getter("getUri");

  /** What this thread is about to send, until the request itself is known. */
  private final ThreadLocal<@Nullable Starting> starting = new ThreadLocal<>();

  @Override
  public void offer(Recorder recorder, Map<String, Hook> hooks) {
    hooks.put(
        "enter",
        (future, method, url, none) ->
            method == null || url == null
                ? null
                : once(recorder, future, (String) method, (String) url));
    hooks.put(
        "start",
        (future, host, none, nothing) -> {
          starting.set(new Starting(future, String.valueOf(host)));
          return null;
        });
    hooks.put(
        "generated",
        (request, none, nothing, no) -> {
          Starting next = starting.get();
          if (next != null && request != null) begin(recorder, next, LINE.of(request));
          return null;
        });
    hooks.put(
        "started",
        (none, nothing, no, not) -> {
          starting.remove();
          return null;
        });
    hooks.put(
        "done",
        (future, error, none, nothing) -> {
          Object call = States.get(future);
          if (call instanceof Span) ((Span) call).end((Throwable) error);
          return null;
        });
    hooks.put("resume", (future, none, nothing, no) -> resume(recorder, States.get(future)));
  }

  private void begin(Recorder recorder, Starting next, @Nullable Object line) {
    starting.remove(); // a producer may ask another one
    String uri = URI.text(line); // with the host, or the path alone
    String url = uri.indexOf("://") > 0 ? uri : next.host + uri;
    once(recorder, next.future, METHOD.text(line), url);
  }

  /**
   * Begins the request whose response {@code future} will have, kept with it and not open on this
   * thread. Once that has begun, it is the same call, or null where it was not recorded.
   */
  private static @Nullable Call once(
      Recorder recorder, @Nullable Object future, String method, String url) {
    Object known = States.get(future);
    if (known instanceof Call) return (Call) known;
    if (known != null || !(future instanceof Future) || ((Future<?>) future).isDone()) return null;
    Span call = recorder.request(method, url);
    States.put(future, call == null ? NO_CALL : call);
    if (call != null) call.detach();
    return call;
  }

  /** Callbacks are the application's: they belong to what the call was made for. */
  static @Nullable Object resume(Recorder recorder, @Nullable Object call) {
    Span caller = call instanceof Span ? ((Span) call).parent() : null;
    return caller == null ? null : recorder.resume(caller);
  }

  private static final class Starting {
    final @Nullable Object future;
    final String host;

    Starting(@Nullable Object future, String host) {
      this.future = future;
      this.host = host;
    }
  }
}
