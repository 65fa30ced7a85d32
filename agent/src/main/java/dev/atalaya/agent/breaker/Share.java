package dev.atalaya.agent.breaker;

/** The share that a part has in a whole, of what both have grown in the last five seconds. */
final class Share {
  static final long WINDOW_NANOS = 5_000_000_000L;

  private boolean begun;
  private long since;
  private double partBefore;
  private double wholeBefore;
  private double share = Double.NaN;

  /**
   * The share in the last full window, NaN before its end; 0 where the part grew by less than
   * {@code leastPart}.
   */
  double of(double part, double whole, long now, double leastPart) {
    if (!begun) {
      begun = true;
      mark(part, whole, now);
      return share;
    }
    if (now - since < WINDOW_NANOS) return share;
    double grown = part - partBefore;
    double meanwhile = whole - wholeBefore;
    share = grown < leastPart || meanwhile <= 0 ? 0 : grown / meanwhile;
    mark(part, whole, now);
    return share;
  }

  private void mark(double part, double whole, long now) {
    partBefore = part;
    wholeBefore = whole;
    since = now;
  }
}
