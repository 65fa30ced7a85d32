package dev.atalaya.agent.detect;

/** How severe a finding is, from its figures; durations in ns. */
enum SeverityRule {
  /** By what it wastes, also as a share of the unit of work, and by how often it runs. */
  COST {
    @Override
    Severity of(int count, long total, long wasted, long unitOfWork, long threshold) {
      boolean share = wasted >= CRITICAL_SHARE_NANOS && 2 * wasted >= unitOfWork;
      if (wasted >= CRITICAL_NANOS || share || count >= CRITICAL_COUNT) return Severity.CRITICAL;
      boolean warning = wasted >= WARNING_NANOS || count >= WARNING_COUNT;
      return warning ? Severity.WARNING : Severity.INFO;
    }
  },

  /** By how many times its threshold it took. */
  THRESHOLD {
    @Override
    Severity of(int count, long total, long wasted, long unitOfWork, long threshold) {
      return total >= CRITICAL_TIMES * threshold ? Severity.CRITICAL : Severity.WARNING;
    }
  },

  /** Worth knowing, whatever its figures. */
  ALWAYS_INFO {
    @Override
    Severity of(int count, long total, long wasted, long unitOfWork, long threshold) {
      return Severity.INFO;
    }
  };

  private static final long CRITICAL_NANOS = 250_000_000L;
  private static final long CRITICAL_SHARE_NANOS = 50_000_000L;
  private static final long WARNING_NANOS = 20_000_000L;
  private static final int WARNING_COUNT = 10;
  private static final int CRITICAL_COUNT = 500;
  private static final int CRITICAL_TIMES = 5;

  abstract Severity of(int count, long total, long wasted, long unitOfWork, long threshold);
}
