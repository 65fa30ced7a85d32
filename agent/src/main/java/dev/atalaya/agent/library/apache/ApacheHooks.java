package dev.atalaya.agent.library.apache;

import dev.atalaya.agent.trace.Headers;
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

/** Messages that the application may send again, and futures that one request may have many of. */
@NullMarked
public final class ApacheHooks implements LibraryHooks {
  /** Kept with a future whose request is not recorded. */
  private static final Object NO_CALL = new Object();

  @Override
  public void offer(Recorder recorder, Map<String, Hook> hooks) {
    hooks.put(
        "received",
        (call, message, none, nothing) -> {
          if (call instanceof Span && message != null) takeBack(recorder, (Span) call, message);
          return null;
        });
    hooks.put(
        "enter",
        (future, method, url, none) ->
            method == null || url == null
                ? null
                : once(recorder, future, (String) method, (String) url));
  }

  /** A header that is not this very span's is the application's. */
  private static void takeBack(Recorder recorder, Span call, Object message) {
    Headers headers = new Headers(message);
    String value = recorder.header(call, 0);
    String present = value == null ? null : headers.get(String.valueOf(recorder.field(0)));
    if (present == null || !present.endsWith(String.valueOf(value))) return;
    String field;
    for (int i = 0; (field = recorder.field(i)) != null; i++) {
      if (recorder.header(call, i) != null) headers.remove(field);
    }
  }

  /**
   * Begins the request whose answer {@code future} will have, kept with it and not open on this
   * thread; where that has begun, the same call, and null ever after where it was no call.
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
}
