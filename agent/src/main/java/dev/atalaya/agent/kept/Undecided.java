package dev.atalaya.agent.kept;

import dev.atalaya.agent.export.SpanEncoder;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.Span;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Long requests and jobs that go on, of which nothing tells yet that they will be kept: those parts
 * that have ended. The oldest give way. Used by the worker's thread alone.
 */
final class Undecided {
  private static final int MOST_BYTES = 1 << 20;
  private static final int MOST = 64;

  /** By the id of the span that opened them: a span is not held. The oldest first. */
  private final Map<Long, KeptTrace> byRoot = new LinkedHashMap<>();

  private int bytes;

  @Nullable KeptTrace get(Span root) {
    return byRoot.get(root.id());
  }

  @Nullable KeptTrace remove(Span root) {
    if (byRoot.isEmpty()) return null;
    KeptTrace trace = byRoot.remove(root.id());
    if (trace != null) bytes -= trace.bytes();
    return trace;
  }

  void add(
      @Nullable KeptTrace begun, Request request, Span root, Span latest, SpanEncoder encoder) {
    KeptTrace trace = begun == null ? new KeptTrace(request.traceId()) : begun;
    if (begun == null) byRoot.put(root.id(), trace);
    else bytes -= trace.bytes();
    trace.add(Portion.of(latest, trace.room(false), encoder));
    bytes += trace.bytes();
    Iterator<KeptTrace> oldest = byRoot.values().iterator();
    while (bytes > MOST_BYTES || byRoot.size() > MOST) {
      bytes -= oldest.next().bytes();
      oldest.remove();
    }
  }
}
