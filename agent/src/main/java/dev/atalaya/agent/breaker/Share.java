package dev.atalaya.agent.breaker;

/** What a part that only grows was of a whole that only grows, over the last five seconds. */
final class Share {
  static final long WINDOW_NANOS = 5_000_000_000L;

  private boolean begun;
  private long since;
  private double partBefore;
  private double wholeBefore;
  private double share = Double.NaN;

  /** The share over the last full window; of too small a whole, or part, it is 0. */
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
