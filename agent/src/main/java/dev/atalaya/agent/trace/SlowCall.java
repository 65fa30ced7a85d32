package dev.atalaya.agent.trace;

import dev.atalaya.agent.callsite.CallSite;
import org.jspecify.annotations.Nullable;

/** A call that took longer than it may. */
public final class SlowCall {
  public final Span span;

  /** Null where no frame was the application's. */
  public final @Nullable CallSite site;

  /** How long the thread had waited for its connection; 0 where it had not. */
  public final long poolWaitNanos;

  /** What it was measured against, in ns. */
  public final long thresholdNanos;

  public final @Nullable SlowCall next;

  /** Whether detection has seen it; only detection sets it. */
  public boolean isAnalyzed;

  SlowCall(
      Span span,
      @Nullable CallSite site,
      long poolWaitNanos,
      long thresholdNanos,
      @Nullable SlowCall next) {
    this.span = span;
    this.site = site;
    this.poolWaitNanos = poolWaitNanos;
    this.thresholdNanos = thresholdNanos;
    this.next = next;
  }
}
