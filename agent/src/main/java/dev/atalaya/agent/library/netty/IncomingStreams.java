package dev.atalaya.agent.library.netty;

import dev.atalaya.agent.trace.HttpExchange;
import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.agent.trace.RequestTarget;
import dev.atalaya.agent.trace.ServerRequests;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.bridge.Call;
import org.jspecify.annotations.Nullable;

/** Requests that a connection of HTTP/2 has brought and that are not answered yet. */
final class IncomingStreams extends Http2Streams {
  private final Recorder recorder;

  /** {@code before}: what the connection has brought as HTTP/1.1; one of it may go on here. */
  IncomingStreams(Recorder recorder, Incoming before) {
    this.recorder = recorder;
    Span upgraded = before.takeUpgraded();
    if (upgraded != null) open.put(UPGRADED, upgraded);
  }

  @Override
  @Nullable Call reads(Integer stream, @Nullable Http2Fields head, boolean last) {
    Span known = open.get(stream);
    if (known == null) return head == null ? null : asked(stream, head);
    return known.isOnThread() ? null : ServerRequests.goesOn(known);
  }

  private @Nullable Call asked(Integer stream, Http2Fields head) {
    RequestTarget target = new RequestTarget(head.text(":path"));
    String authority = head.get(":authority");
    Span span =
        recorder.serve(
            head,
            head.text(":method"),
            head.text(":scheme"),
            authority == null ? head.get("host") : authority,
            -1,
            target.path(),
            target.query());
    if (span == null) return null;
    ServerRequests.begun(span);
    open.put(stream, span);
    return span;
  }

  @Override
  void writes(Integer stream, Http2Fields head) {
    Span span = open.get(stream);
    int status = head.status();
    if (span == null || status < 200) return;
    span.status(status);
    HttpExchange exchange = span.http();
    // A websocket, which goes on.
    if (exchange != null && exchange.method.equals("CONNECT")) closed(stream);
  }

  @Override
  void refused(Integer stream) {
    Span span = open.get(stream);
    if (span != null) span.request().discard();
    closed(stream);
  }

  /** All of the answer is written, while more of the request may come. */
  @Override
  void halfClosed(Integer stream, String state) {
    if (state.equals("HALF_CLOSED_LOCAL")) closed(stream);
  }

  @Override
  void closed(Integer stream) {
    Span span = open.remove(stream);
    if (span == null) return;
    if (span.status() == UPGRADE) span.error(Incoming.CLOSED, null);
    Incoming.complete(span);
  }
}
