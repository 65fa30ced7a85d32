package dev.atalaya.agent.watch;

import dev.atalaya.agent.trace.Distribution;
import java.util.Map;

/** What the calls of one route or statement come to up to a moment, as the metrics have it. */
final class Calls {
  private final long[] bounds;
  private final long[] buckets;
  private long count;
  private long errors;
  private long nanos;
  Amount rows = Amount.NONE;
  Amount statements = Amount.NONE;
  Amount bytes = Amount.NONE;

  /** {@code bounds} as those of what is added, in ns. */
  Calls(long[] bounds) {
    this.bounds = bounds;
    buckets = new long[bounds.length + 1];
  }

  void add(Distribution series, boolean failed) {
    for (int i = 0; i < buckets.length; i++) {
      long in = series.count(i);
      buckets[i] += in;
      count += in;
      if (failed) errors += in;
    }
    nanos += series.sum();
  }

  /** What came since. */
  Calls minus(Calls earlier) {
    Calls since = new Calls(bounds);
    for (int i = 0; i < buckets.length; i++) since.buckets[i] = buckets[i] - earlier.buckets[i];
    since.count = count - earlier.count;
    since.errors = errors - earlier.errors;
    since.nanos = nanos - earlier.nanos;
    since.rows = rows.minus(earlier.rows);
    since.statements = statements.minus(earlier.statements);
    since.bytes = bytes.minus(earlier.bytes);
    return since;
  }

  long count() {
    return count;
  }

  long nanos() {
    return nanos;
  }

  /** {@code name} is what their number is called. */
  void write(String name, Map<String, Object> json) {
    json.put(name, count);
    json.put("errors", errors);
    json.put("total_ms", millis(nanos));
    json.put("p50_ms", millis(quantile(0.5)));
    json.put("p95_ms", millis(quantile(0.95)));
    json.put("p99_ms", millis(quantile(0.99)));
  }

  /** As if a bucket's calls were spread evenly over it; in ns. */
  long quantile(double quantile) {
    if (count <= 0) return 0;
    double rank = quantile * count;
    long below = 0;
    for (int i = 0; i < bounds.length; i++) {
      if (buckets[i] > 0 && below + buckets[i] >= rank) {
        long from = i == 0 ? 0 : bounds[i - 1];
        return from + (long) ((upper(i) - from) * (rank - below) / buckets[i]);
      }
      below += buckets[i];
    }
    return Math.max(bounds.length == 0 ? 0 : bounds[bounds.length - 1], nanos / count);
  }

  /** The first bucket is wide for what takes microseconds: the average narrows it. */
  private long upper(int bucket) {
    return bucket == 0 ? Math.min(bounds[0], 2 * nanos / count) : bounds[bucket];
  }

  static double millis(long nanos) {
    return Math.round(nanos / 1e3) / 1e3;
  }
}
