package dev.atalaya.agent.library.netty;

import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.agent.trace.States;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Requests that were sent on a connection and are not answered yet, in their order. */
public final class Outgoing {
  private static final Object RECORDED = new Object();

  private final ArrayDeque<Span> unanswered = new ArrayDeque<>(2);

  /** What asked for HTTP/2, in which it is answered, as the first of the streams. */
  private @Nullable Span upgraded;

  private @Nullable String scheme;
  private @Nullable Caller caller;

  Outgoing() {}

  /** Whose request is sent next, by the connection's event loop. */
  void caller(Caller next) {
    caller = next;
  }

  /** A client above records this request by itself. */
  public static void isRecorded(Object message) {
    States.put(message, RECORDED);
  }

  void asks(Recorder recorder, Object pipeline, Message request) {
    if (request.state() == RECORDED) return;
    Object headers = request.headers();
    if (headers == null) return;
    Span span = begin(recorder, request.method(), url(pipeline, request), headers);
    if (span != null) unanswered.add(span);
  }

  /** The next one is written, by whoever has asked for it. */
  @Nullable Span begin(Recorder recorder, String method, String url, Object headers) {
    Caller by = caller == null ? Caller.UNKNOWN : caller;
    caller = null;
    if (method.equals("CONNECT")) return null; // to a proxy, for what follows
    Span span = by.request(recorder, method, url);
    if (span != null) recorder.inject(span, headers);
    return span;
  }

  private String url(Object pipeline, Message request) {
    String uri = request.uri();
    if (uri.indexOf("://") >= 0 && !uri.startsWith("/")) return uri;
    String known = scheme;
    if (known == null) scheme = known = request.scheme(pipeline);
    return known + "://" + request.header("host") + uri;
  }

  void answered(Message message, int part) {
    Span span = unanswered.peek();
    if (span == null || !message.ends(span, part)) return;
    unanswered.poll();
    if (message.isUpgradeToHttp2()) upgraded = span;
    else complete(span, true);
  }

  @Nullable Span takeUpgraded() {
    Span taken = upgraded;
    upgraded = null;
    return taken;
  }

  void closed() {
    for (Span span; (span = unanswered.poll()) != null; ) complete(span, span.status() != 0);
    if (upgraded != null) complete(upgraded, false);
  }

  static void complete(Span span, boolean answered) {
    span.end(answered ? null : new ClosedChannelException());
  }
}
