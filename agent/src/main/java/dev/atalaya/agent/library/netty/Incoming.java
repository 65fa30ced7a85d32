package dev.atalaya.agent.library.netty;

import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.agent.trace.RequestTarget;
import dev.atalaya.agent.trace.ServerRequests;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.bridge.Call;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Requests that a connection has brought and that are not answered yet, in their order, which is
 * that of the answers, too.
 */
final class Incoming {
  static final String CLOSED = "java.nio.channels.ClosedChannelException";

  private final ArrayDeque<Span> unanswered = new ArrayDeque<>(2);

  /** What asked for HTTP/2, in which it is answered, as the first of the streams. */
  private @Nullable Span upgraded;

  private boolean upgradedIsStream;

  private @Nullable String scheme;

  Incoming() {}

  /** The one that is to be answered next, on this thread; null where there is none. */
  @Nullable Call goesOn() {
    Span next = unanswered.peek();
    return next == null || next.isOnThread() ? null : ServerRequests.goesOn(next);
  }

  /** The one that is being read, on this thread. */
  void enter() {
    Span latest = unanswered.peekLast();
    if (latest != null) ServerRequests.goesOn(latest);
  }

  void leave() {
    Span latest = unanswered.peekLast();
    if (latest != null) ServerRequests.left(latest);
    if (upgraded == null) return;
    ServerRequests.left(upgraded);
    if (upgradedIsStream) upgraded = null;
  }

  void asked(Recorder recorder, Object pipeline, Message request, boolean reading) {
    leave(); // a request that comes while another waits for its answer
    RequestTarget target = new RequestTarget(request.uri());
    String known = scheme;
    if (known == null) scheme = known = request.scheme(pipeline);
    Object headers = request.headers();
    if (headers == null) return;
    boolean invalid = request.isInvalid();
    Span span =
        recorder.serve(
            headers,
            invalid ? "" : request.method(),
            known,
            request.header("host"),
            -1,
            invalid ? null : target.path(),
            target.query());
    if (span == null) return;
    ServerRequests.begun(span);
    unanswered.add(span);
    if (!reading) leave();
  }

  /** A part of the answer goes out. */
  void answers(Message message, int part) {
    Span span = unanswered.peek();
    if (span == null || !message.ends(span, part)) return;
    unanswered.poll();
    if (message.isUpgradeToHttp2()) upgraded = span;
    else complete(span);
  }

  @Nullable Span takeUpgraded() {
    upgradedIsStream = true;
    return upgraded;
  }

  /** What is not answered by now never will be. */
  void closed() {
    for (Span span; (span = unanswered.poll()) != null; ) complete(span);
    if (upgraded == null || upgradedIsStream) return;
    upgraded.request().discard();
    complete(upgraded);
  }

  /** Whatever has become of it. */
  static void complete(Span span) {
    if (span.status() == 0) span.error(CLOSED, null);
    ServerRequests.completed(span, span.status());
  }
}
