package shop.report;

import java.util.Collection;

/**
 * How long answers took, in milliseconds.
 *
 * @param p50 half of them took no longer
 */
record Times(long count, double mean, double p50, double p95, double p99, double max) {

  static Times of(Collection<Long> millis) {
    long[] sorted = millis.stream().mapToLong(Long::longValue).sorted().toArray();
    double sum = 0;
    for (long time : sorted) {
      sum += time;
    }
    return new Times(
        sorted.length,
        sorted.length == 0 ? 0 : sum / sorted.length,
        quantile(sorted, 0.5),
        quantile(sorted, 0.95),
        quantile(sorted, 0.99),
        quantile(sorted, 1));
  }

  /** The nearest rank: always a time that was measured; 0 where there is none. */
  static double quantile(long[] sorted, double share) {
    if (sorted.length == 0) {
      return 0;
    }
    int rank = (int) Math.ceil(share * sorted.length);
    return sorted[Math.max(0, rank - 1)];
  }
}
