package dev.atalaya.agent.trace;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * A histogram with fixed upper bounds, recorded on the application's thread: one search over some
 * ten bounds, one increment, one addition. Any thread may record and read.
 */
public final class Distribution {
  /** Making an exemplar costs more than all else of a span. */
  private static final long EXEMPLAR_MILLIS = 1_000;

  private final long[] bounds;
  private final AtomicLongArray counts;
  private final LongAdder sum = new LongAdder();
  private final AtomicReferenceArray<@Nullable Exemplar> exemplars;
  private long exemplarsFreshUntil;
  private long largestFresh;

  /** {@code bounds} ascending and inclusive, in the unit of what is recorded (durations: ns). */
  public Distribution(long[] bounds) {
    this.bounds = bounds;
    counts = new AtomicLongArray(bounds.length + 1);
    exemplars = new AtomicReferenceArray<>(bounds.length + 1);
  }

  public void record(long value) {
    counts.getAndIncrement(bucket(value));
    sum.add(value);
  }

  /**
   * Whether {@code value} should have an exemplar at {@code now}, in ms: the first of each second,
   * and in that second what is larger than those before. For the worker alone.
   */
  public boolean wantsExemplar(long value, long now) {
    if (now < exemplarsFreshUntil && value <= largestFresh) return false;
    if (now >= exemplarsFreshUntil) exemplarsFreshUntil = now + EXEMPLAR_MILLIS;
    largestFresh = value;
    return true;
  }

  /** Points from {@code value}'s bucket to a span that is exported. */
  public void exemplar(long value, String traceId, String spanId) {
    exemplars.set(bucket(value), new Exemplar(value, traceId, spanId, System.currentTimeMillis()));
  }

  public long[] bounds() {
    return bounds;
  }

  /** The count of one bucket alone; {@code bounds().length} is the one above the last bound. */
  public long count(int bucket) {
    return counts.get(bucket);
  }

  public long sum() {
    return sum.sum();
  }

  public @Nullable Exemplar exemplar(int bucket) {
    return exemplars.get(bucket);
  }

  private int bucket(long value) {
    int i = 0;
    while (i < bounds.length && value > bounds[i]) i++;
    return i;
  }

  /** One recorded value and the span it came from. */
  public static final class Exemplar {
    public final long value;
    public final String traceId;
    public final String spanId;
    public final long epochMillis;

    Exemplar(long value, String traceId, String spanId, long epochMillis) {
      this.value = value;
      this.traceId = traceId;
      this.spanId = spanId;
      this.epochMillis = epochMillis;
    }
  }
}
