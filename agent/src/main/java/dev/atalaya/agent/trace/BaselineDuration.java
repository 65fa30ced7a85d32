package dev.atalaya.agent.trace;

/**
 * How long a statement mostly takes: what is far above is slow even where the threshold is not
 * reached. Learned by the worker from the spans that it sees, asked for by any thread.
 *
 * <p>Buckets grow by the square root of two from 1 ms on; at 64 executions, and at each doubling,
 * the 95th percentile is read off, and from 4,096 on all counts are halved, so that it follows.
 */
final class BaselineDuration {
  /** Nobody waits for less. */
  private static final long LEAST_NANOS = 100_000_000L;

  private static final int TIMES = 5;
  private static final int FIRST = 64;
  private static final int MOST = 4_096;
  private static final int BUCKETS = 32;

  /** Null until something takes longer than the first bucket. */
  private int[] counts = {0};

  private int count;
  private int next = FIRST;

  /** Above this an execution is slow; in ns. */
  private volatile long slowNanos = Long.MAX_VALUE;

  long slowNanos() {
    return slowNanos;
  }

  void learn(long nanos) {
    int bucket = bucket(nanos);
    if (bucket >= counts.length) counts = java.util.Arrays.copyOf(counts, BUCKETS);
    counts[bucket]++;
    if (++count < next) return;
    slowNanos = Math.max(LEAST_NANOS, TIMES * p95());
    if (count < MOST) {
      next = 2 * count;
    } else {
      count = 0;
      for (int i = 0; i < counts.length; i++) count += counts[i] /= 2;
      next = MOST;
    }
  }

  private long p95() {
    int above = count - count * 95 / 100;
    int bucket = counts.length - 1;
    for (; bucket > 0 && (above -= counts[bucket]) > 0; bucket--) continue;
    return (long) (1e6 * Math.pow(2, bucket / 2.0));
  }

  private static int bucket(long nanos) {
    if (nanos <= 1_000_000) return 0;
    double half = 2 * Math.log(nanos / 1e6) / Math.log(2);
    return Math.min(BUCKETS - 1, 1 + (int) half);
  }
}
