package dev.atalaya.agent.library.ktor;

import dev.atalaya.agent.reflect.Getter;
import dev.atalaya.agent.trace.Headers;
import dev.atalaya.agent.trace.InPieces;
import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.agent.trace.RequestTarget;
import dev.atalaya.agent.trace.ServerRequests;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.agent.trace.States;
import org.jspecify.annotations.Nullable;

/** A call as an engine makes it, with the request that it was made in until it is executed. */
final class ApplicationCall {
  private static final Getter REQUEST = new Getter("getRequest");
  private static final Getter RESPONSE = new Getter("getResponse");
  private static final Getter LOCAL = new Getter("getLocal");
  private static final Getter HEADERS = new Getter("getHeaders");
  private static final Getter METHOD = new Getter("getMethod");
  private static final Getter SCHEME = new Getter("getScheme");
  private static final Getter URI = new Getter("getUri");
  private static final Getter STATUS = new Getter("status");
  private static final Getter VALUE = new Getter("getValue");

  private static final String UNANSWERED = "java.nio.channels.ClosedChannelException";

  /** Kept with a call that was made within no request that is known. */
  private static final Object UNSEEN = new Object();

  private static final ClassValue<Boolean> BY_ENGINES =
      new ClassValue<Boolean>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          for (Class<?> one = type; one != null; one = one.getSuperclass()) {
            if (one.getName().equals("io.ktor.server.engine.BaseApplicationCall")) return true;
          }
          return false;
        }
      };

  private final Object call;

  ApplicationCall(Object call) {
    this.call = call;
  }

  static void arrived(Recorder recorder, Object call) {
    Object request = recorder.capture();
    States.put(call, request == null ? UNSEEN : request);
  }

  /** Whether it is an engine's, not executed yet. */
  static boolean hasArrived(Object call) {
    return BY_ENGINES.get(call.getClass()) && States.get(call) != null;
  }

  /** What {@link Recorder#restore} takes; null for nothing to do. */
  @Nullable Object executed(Recorder recorder, Object coroutine) {
    Object request = States.get(call);
    States.remove(call);
    if (request == UNSEEN) return begun(recorder, coroutine);
    Object previous = request == null ? null : recorder.resume(request);
    if (previous != null) InPieces.begun(coroutine);
    return previous;
  }

  private @Nullable Object begun(Recorder recorder, Object coroutine) {
    Object request = REQUEST.of(call);
    Object local = LOCAL.of(request);
    Object headers = HEADERS.of(request);
    if (local == null || headers == null || !InPieces.mayAnswer(coroutine)) return null;
    RequestTarget target = new RequestTarget(URI.text(local));
    Span span =
        recorder.serve(
            headers,
            VALUE.text(METHOD.of(local)),
            SCHEME.text(local),
            new Headers(headers).get("Host"),
            -1,
            target.path(),
            target.query());
    if (span == null) return null;
    ServerRequests.begun(span);
    ServerRequests.left(span); // from here on it is where its coroutine is
    InPieces.answers(coroutine, span, () -> completed(span));
    return recorder.resume(span);
  }

  private void completed(Span span) {
    int status = VALUE.number(STATUS.of(RESPONSE.of(call)));
    if (status == 0) span.error(UNANSWERED, null);
    ServerRequests.completed(span, status);
  }
}
