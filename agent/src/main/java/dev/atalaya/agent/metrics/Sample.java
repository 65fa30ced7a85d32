package dev.atalaya.agent.metrics;

import dev.atalaya.agent.trace.Distribution;
import org.jspecify.annotations.Nullable;

/** One series of a {@link Family}: its labels and what they had counted. */
public final class Sample {
  private static final long[] NONE = {};
  private static final @Nullable Exemplar[] NO_EXEMPLARS = {};

  /** One for each of the family's keys, in their order; empty where the label is absent. */
  public final String[] labels;

  /** Counters and gauges. */
  public final double value;

  /** A histogram's count of all values and their sum, in the family's unit. */
  public final long count;

  public final double sum;

  /** Of each bucket alone, not cumulated; one more than the family's bounds. */
  public final long[] counts;

  /** One for each bucket, null where it has none. */
  public final @Nullable Exemplar[] exemplars;

  Sample(double value, String... labels) {
    this.labels = labels;
    this.value = value;
    this.count = 0;
    this.sum = 0;
    this.counts = NONE;
    this.exemplars = NO_EXEMPLARS;
  }

  /** {@code perUnit}: how many of what the distribution holds make one of the family's unit. */
  Sample(Distribution distribution, double perUnit, String... labels) {
    this.labels = labels;
    this.value = 0;
    this.counts = new long[distribution.bounds().length + 1];
    this.exemplars = new Exemplar[counts.length];
    long total = 0;
    for (int i = 0; i < counts.length; i++) {
      counts[i] = distribution.count(i);
      total += counts[i];
      Distribution.Exemplar raw = distribution.exemplar(i);
      if (raw != null) exemplars[i] = new Exemplar(raw, raw.value / perUnit);
    }
    this.count = total;
    this.sum = distribution.sum() / perUnit;
  }

  /** A value of a histogram and the exported span it came from. */
  public static final class Exemplar {
    public final double value;
    public final String traceId;
    public final String spanId;
    public final long epochMillis;

    Exemplar(Distribution.Exemplar raw, double value) {
      this.value = value;
      this.traceId = raw.traceId;
      this.spanId = raw.spanId;
      this.epochMillis = raw.epochMillis;
    }
  }
}
