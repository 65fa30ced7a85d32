package dev.atalaya.agent.kept;

import dev.atalaya.agent.export.SpanEncoder;
import dev.atalaya.agent.trace.Span;
import java.io.ByteArrayOutputStream;

/** Spans of a trace that ended together, encoded as far as there is room for them. */
final class Portion {
  /** With less room left no further span is tried. */
  private static final int SMALLEST = 512;

  /** Fields of OTLP's ScopeSpans, one a span. */
  final byte[] bytes;

  final int spans;
  final int leftOut;

  private Portion(byte[] bytes, int spans, int leftOut) {
    this.bytes = bytes;
    this.spans = spans;
    this.leftOut = leftOut;
  }

  /**
   * The span that opened the request comes first, as nothing is understood without it. Calls the
   * application's code, where it set attributes of types of its own.
   */
  static Portion of(Span latest, int room, SpanEncoder encoder) {
    ByteArrayOutputStream encoded = new ByteArrayOutputStream(Math.max(32, Math.min(room, 4_096)));
    int spans = 0;
    int all = 0;
    for (Span span = latest; span != null; span = span.next()) {
      all++;
      if (span.isRoot() && add(span, room, encoder, encoded)) spans++;
    }
    for (Span span = latest; span != null; span = span.next()) {
      if (!span.isRoot() && add(span, room, encoder, encoded)) spans++;
    }
    return new Portion(encoded.toByteArray(), spans, all - spans);
  }

  private static boolean add(
      Span span, int room, SpanEncoder encoder, ByteArrayOutputStream encoded) {
    if (room - encoded.size() < SMALLEST) return false;
    try {
      byte[] bytes = encoder.encode(span);
      if (bytes.length > room - encoded.size()) return false;
      encoded.write(bytes, 0, bytes.length);
      return true;
    } catch (Throwable unfit) {
      return false; // counted as left out
    }
  }
}
