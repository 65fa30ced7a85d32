package dev.atalaya.agent.detect;

import dev.atalaya.agent.trace.Request;

/** How sure it is that an operation is of its kind, from 0 to 1. */
final class Confidence {
  /** Below this nothing is reported. */
  static final double REPORTED = 0.5;

  /** Below this nobody is alerted. */
  static final double ALERTED = 0.7;

  /** In a loop over rows, what the application does between two of them takes less. */
  private static final long LONG_GAP_NANOS = 10_000_000L;

  private Confidence() {}

  static double of(OperationSummary s, Request.Kind unit) {
    double confidence = 0.5;
    if (s.kind == Kind.DUPLICATE_QUERY) {
      if (s.distinct == 1) confidence += 0.3; // the same answer again: no guess
    } else if (s.isMatched()) {
      confidence += 0.3;
    }
    if (s.siteShare > 0.99) confidence += 0.15;
    if (s.traits == null || s.traits.point) confidence += 0.1;
    if (s.site != null && s.site.isLoading()) confidence += 0.1;
    if (unit != Request.Kind.REQUEST) confidence -= 0.2;
    if (s.gapNanos > Math.max(s.averageNanos(), LONG_GAP_NANOS)) confidence -= 0.2;
    return Math.round(Math.max(0, Math.min(1, confidence)) * 100) / 100.0;
  }
}
