package dev.atalaya.agent.metrics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.HdrHistogram.IntCountsHistogram;
import org.HdrHistogram.PackedHistogram;
import org.jspecify.annotations.Nullable;

/**
 * Latency quantiles by route over the last minute.
 *
 * <p>A route has six histograms of ten seconds each, at two significant digits, of microseconds.
 * The clock alone rotates them, so that reading changes nothing and all readers see the same. All
 * histograms together stay below 10 MB: a packed one takes 1 to 4 KB, so 200 routes some 5 MB at
 * the most; for more, each of their buckets would have to count hundreds in ten seconds.
 */
final class Quantiles {
  static final double[] QUANTILES = {0.5, 0.9, 0.95, 0.99, 0.999};
  private static final int INTERVALS = 6;
  private static final long INTERVAL_NANOS = 10_000_000_000L;
  private static final int DIGITS = 2;

  /** Above a minute the value is a minute and some: the range bounds a histogram's size. */
  private static final long MAX_MICROS = (1L << 26) - 1;

  private final LongSupplier nanoTime;
  private final Map<String, @Nullable PackedHistogram[]> routes = new LinkedHashMap<>();
  private long interval;

  Quantiles(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.interval = Math.floorDiv(nanoTime.getAsLong(), INTERVAL_NANOS);
  }

  /** {@code route} as the other metrics label it: their bound on its values holds here too. */
  synchronized void record(String route, long nanos) {
    rotate();
    long micros = Math.max(0, Math.min(nanos / 1000, MAX_MICROS));
    current(route).recordValue(micros);
  }

  /** A sample for each quantile of each route that had requests: route, quantile; seconds. */
  synchronized List<Sample> samples() {
    rotate();
    List<Sample> samples = new ArrayList<>();
    IntCountsHistogram minute = new IntCountsHistogram(DIGITS);
    routes.forEach(
        (route, intervals) -> {
          minute.reset();
          for (PackedHistogram one : intervals) if (one != null) minute.add(one);
          if (minute.getTotalCount() == 0) return;
          for (double quantile : QUANTILES) {
            double seconds = minute.getValueAtPercentile(quantile * 100) / 1e6;
            samples.add(new Sample(seconds, route, String.valueOf(quantile)));
          }
        });
    return samples;
  }

  synchronized long footprint() {
    long sum = 0;
    for (PackedHistogram[] intervals : routes.values()) {
      for (PackedHistogram one : intervals) {
        if (one != null) sum += one.getEstimatedFootprintInBytes();
      }
    }
    return sum;
  }

  private PackedHistogram current(String route) {
    PackedHistogram[] intervals =
        routes.computeIfAbsent(route, added -> new PackedHistogram[INTERVALS]);
    int now = (int) Math.floorMod(interval, (long) INTERVALS);
    PackedHistogram current = intervals[now];
    if (current == null) {
      current = new PackedHistogram(DIGITS);
      intervals[now] = current;
    }
    return current;
  }

  /** Forgets the intervals that the clock has passed, and routes that have none left. */
  private void rotate() {
    long now = Math.floorDiv(nanoTime.getAsLong(), INTERVAL_NANOS);
    if (now == interval) return;
    for (long passed = Math.max(interval + 1, now - INTERVALS + 1); passed <= now; passed++) {
      int index = (int) Math.floorMod(passed, (long) INTERVALS);
      for (PackedHistogram[] intervals : routes.values()) intervals[index] = null;
    }
    interval = now;
    routes.values().removeIf(Quantiles::isEmpty);
  }

  private static boolean isEmpty(@Nullable PackedHistogram[] intervals) {
    for (PackedHistogram one : intervals) if (one != null) return false;
    return true;
  }
}
