package dev.atalaya.agent.library.netty;

import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.bridge.Call;
import org.jspecify.annotations.Nullable;

/** Requests that were sent on a connection of HTTP/2 and are not answered yet. */
final class OutgoingStreams extends Http2Streams {
  private final Recorder recorder;
  private final Outgoing outgoing;
  private final boolean seenElsewhere;

  /**
   * @param outgoing knows whose the next one is, and what was sent as HTTP/1.1 and goes on here
   * @param seenElsewhere all but that
   */
  OutgoingStreams(Recorder recorder, Outgoing outgoing, boolean seenElsewhere) {
    this.recorder = recorder;
    this.outgoing = outgoing;
    this.seenElsewhere = seenElsewhere;
    Span upgraded = outgoing.takeUpgraded();
    if (upgraded != null) open.put(UPGRADED, upgraded);
  }

  @Override
  void writes(Integer stream, Http2Fields head) {
    if (seenElsewhere || open.containsKey(stream)) return; // the latter: its trailers
    String url = head.text(":scheme") + "://" + head.text(":authority") + head.text(":path");
    Span span = outgoing.begin(recorder, head.text(":method"), url, head);
    if (span != null) open.put(stream, span);
  }

  /** It has ended before the handler hears of its answer. */
  @Override
  @Nullable Call reads(Integer stream, @Nullable Http2Fields head, boolean last) {
    Span span = open.get(stream);
    if (span == null) return null;
    int status = head == null ? 0 : head.status();
    if (status >= 200) span.status(status);
    if (last) closed(stream);
    return null;
  }

  @Override
  void refused(Integer stream) {
    closed(stream);
  }

  @Override
  void halfClosed(Integer stream, String state) {
    if (state.equals("HALF_CLOSED_REMOTE")) closed(stream);
  }

  @Override
  void closed(Integer stream) {
    Span span = open.remove(stream);
    if (span != null) Outgoing.complete(span, span.status() > UPGRADE);
  }
}
