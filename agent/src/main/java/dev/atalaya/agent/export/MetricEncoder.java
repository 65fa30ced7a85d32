package dev.atalaya.agent.export;

import dev.atalaya.agent.metrics.Family;
import dev.atalaya.agent.metrics.Sample;

/** Writes metrics as OTLP's Metric messages, cumulative since the agent's start. */
final class MetricEncoder {
  private static final int CUMULATIVE = 2;
  private static final int OF_NUMBER = 0x3A;
  private static final int OF_HISTOGRAM = 0x4A;

  private final long startNanos;

  /** {@code startNanos} and other times are since the epoch. */
  MetricEncoder(long startNanos) {
    this.startNanos = startNanos;
  }

  /** Appends a metric to a ScopeMetrics message; returns its number of points. */
  int encode(Family family, long now, ProtoBuffer out) {
    if (family.type == Family.Type.INFO || family.samples.isEmpty()) return 0;
    int metric = out.begin(0x12);
    out.string(0x0A, family.name);
    out.string(0x12, family.help);
    out.string(0x1A, family.unit);
    boolean histogram = family.type == Family.Type.HISTOGRAM;
    boolean gauge = family.type == Family.Type.GAUGE;
    int data = out.begin(histogram ? 0x4A : gauge ? 0x2A : 0x3A);
    for (Sample sample : family.samples) {
      int point = out.begin(0x0A);
      if (!gauge) out.fixed64(0x11, startNanos);
      out.fixed64(0x19, now);
      if (histogram) histogram(family, sample, out);
      else number(family, sample, out);
      out.end(point);
    }
    if (!gauge) out.field(0x10, CUMULATIVE);
    if (family.type == Family.Type.COUNTER) out.field(0x18, 1); // monotonic
    out.end(data);
    out.end(metric);
    return family.samples.size();
  }

  private static void number(Family family, Sample sample, ProtoBuffer out) {
    labels(OF_NUMBER, family, sample, out);
    out.fixed64(0x21, Double.doubleToRawLongBits(sample.value));
  }

  private static void histogram(Family family, Sample sample, ProtoBuffer out) {
    labels(OF_HISTOGRAM, family, sample, out);
    out.fixed64(0x21, sample.count);
    out.fixed64(0x29, Double.doubleToRawLongBits(sample.sum));
    out.tag(0x32);
    out.varint(8L * sample.counts.length);
    for (long count : sample.counts) out.fixed64(count);
    out.tag(0x3A);
    out.varint(8L * family.bounds.length);
    for (double bound : family.bounds) out.fixed64(Double.doubleToRawLongBits(bound));
    for (Sample.Exemplar exemplar : sample.exemplars) {
      if (exemplar != null) exemplar(exemplar, out);
    }
  }

  private static void exemplar(Sample.Exemplar exemplar, ProtoBuffer out) {
    int message = out.begin(0x42);
    out.fixed64(0x11, exemplar.epochMillis * 1_000_000);
    out.fixed64(0x19, Double.doubleToRawLongBits(exemplar.value));
    out.field(0x22, 8);
    out.id(Long.parseUnsignedLong(exemplar.spanId, 16));
    out.field(0x2A, 16);
    out.id(Long.parseUnsignedLong(exemplar.traceId.substring(0, 16), 16));
    out.id(Long.parseUnsignedLong(exemplar.traceId.substring(16), 16));
    out.end(message);
  }

  private static void labels(int tag, Family family, Sample sample, ProtoBuffer out) {
    for (int i = 0; i < sample.labels.length; i++) {
      String value = sample.labels[i];
      if (!value.isEmpty()) label(tag, family.keys.get(i), value, out);
    }
  }

  /** The conventions' types: our labels are all text. */
  private static void label(int tag, String name, String value, ProtoBuffer out) {
    byte[] key = ProtoBuffer.key(name);
    switch (name) {
      case "http.response.status_code":
      case "server.port":
        try {
          out.attribute(tag, key, Long.parseLong(value));
          return;
        } catch (NumberFormatException overflow) {
          break;
        }
      case "jvm.thread.daemon":
        out.attribute(tag, key, Boolean.parseBoolean(value));
        return;
      default:
    }
    out.attribute(tag, key, value);
  }
}
