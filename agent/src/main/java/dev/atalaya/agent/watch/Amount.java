package dev.atalaya.agent.watch;

import dev.atalaya.agent.trace.Distribution;

/** Something that calls have so much of: rows, statements, bytes. */
final class Amount {
  private final long calls;
  private final long sum;

  private Amount(long calls, long sum) {
    this.calls = calls;
    this.sum = sum;
  }

  static final Amount NONE = new Amount(0, 0);

  Amount plus(Distribution more) {
    long counted = calls;
    for (int i = 0; i <= more.bounds().length; i++) counted += more.count(i);
    return new Amount(counted, sum + more.sum());
  }

  Amount minus(Amount earlier) {
    return new Amount(calls - earlier.calls, sum - earlier.sum);
  }

  long sum() {
    return sum;
  }

  /** Of one call on average, in tenths; 0 where it was counted of none. */
  double each() {
    return calls <= 0 ? 0 : Math.round(10.0 * sum / calls) / 10.0;
  }
}
