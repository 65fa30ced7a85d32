package dev.atalaya.agent.library.apache;

import dev.atalaya.agent.reflect.Getter;
import dev.atalaya.agent.trace.Hook;
import dev.atalaya.agent.trace.LibraryHooks;
import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.agent.trace.States;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * Requests by their handlers. The handler alone knows what becomes of a request, its producer alone
 * what is sent.
 */
@NullMarked
public final class ApacheMinimalHooks implements LibraryHooks {
  private static final Getter METHOD = new Getter("getMethod");
  private static final Getter SCHEME = new Getter("getScheme");
  private static final Getter AUTHORITY = new Getter("getAuthority");
  private static final Getter PATH = new Getter("getPath");

  @Override
  public void offer(Recorder recorder, Map<String, Hook> hooks) {
    hooks.put(
        "has",
        (part, known, none, nothing) -> {
          if (known != null) States.put(part, known);
          return null;
        });
    hooks.put(
        "make",
        (handler, producer, callback, none) -> {
          Object request = States.get(producer);
          if (request != null) begin(recorder, handler, request, States.get(callback));
          return null;
        });
    hooks.put(
        "hear",
        (part, handler, none, nothing) -> {
          Object sent = States.get(handler);
          if (sent != null) States.put(part, sent);
          return null;
        });
    hooks.put(
        "status",
        (handler, code, none, nothing) -> {
          Object sent = States.get(handler);
          if (sent instanceof Sent && code != null) ((Sent) sent).call.status((Integer) code);
          return null;
        });
    hooks.put(
        "end",
        (handler, error, none, nothing) -> {
          Object sent = States.get(handler);
          if (!(sent instanceof Sent)) return null;
          ((Sent) sent).call.end((Throwable) error);
          recorder.takeBack(((Sent) sent).call, ((Sent) sent).request);
          return null;
        });
    hooks.put(
        "resume",
        (handler, none, nothing, no) -> {
          Object sent = States.get(handler);
          return sent instanceof Sent
              ? ApacheAsyncHooks.resume(recorder, ((Sent) sent).call)
              : null;
        });
  }

  private static void begin(
      Recorder recorder, @Nullable Object handler, Object request, @Nullable Object future) {
    Object authority = AUTHORITY.of(request);
    if (authority == null) return;
    String scheme = SCHEME.text(request);
    String host = (scheme.isEmpty() ? "http" : scheme) + "://" + authority;
    Span call = recorder.request(METHOD.text(request), host + PATH.text(request));
    if (call == null) return;
    call.detach();
    States.put(handler, new Sent(call, request));
    if (future != null) States.put(future, call); // cancelling it need not fail the handler
    recorder.inject(call, request, request);
  }

  private static final class Sent {
    final Span call;
    final Object request;

    Sent(Span call, Object request) {
      this.call = call;
      this.request = request;
    }
  }
}
