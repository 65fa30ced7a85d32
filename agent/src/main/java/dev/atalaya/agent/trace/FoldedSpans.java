package dev.atalaya.agent.trace;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * The spans of one operation that are held back: the slowest of them, and what the others come to.
 * Any thread may add. A lost race may lose a shortest, longest, first or last, never a count.
 */
final class FoldedSpans {
  private static final AtomicIntegerFieldUpdater<FoldedSpans> COUNT =
      AtomicIntegerFieldUpdater.newUpdater(FoldedSpans.class, "count");
  private static final AtomicLongFieldUpdater<FoldedSpans> NANOS =
      AtomicLongFieldUpdater.newUpdater(FoldedSpans.class, "nanos");
  private static final AtomicReferenceFieldUpdater<FoldedSpans, @Nullable Span> SLOWEST =
      AtomicReferenceFieldUpdater.newUpdater(FoldedSpans.class, Span.class, "slowest");

  private volatile @Nullable Span slowest;
  private volatile int count;
  private volatile long nanos;
  private @Nullable Span first;
  private long startNanos;
  private long endNanos;
  private long leastNanos = Long.MAX_VALUE;
  private long mostNanos;
  boolean failureShown;

  /** Takes the span as the slowest, or folds it; of two the slower stays. */
  void add(Span span) {
    for (; ; ) {
      Span slow = slowest;
      if (slow != null && slow.durationNanos() >= span.durationNanos()) {
        fold(span);
        return;
      }
      if (SLOWEST.compareAndSet(this, slow, span)) {
        if (slow != null) fold(slow);
        return;
      }
    }
  }

  private void fold(Span span) {
    long duration = span.durationNanos();
    COUNT.incrementAndGet(this);
    NANOS.addAndGet(this, duration);
    if (duration < leastNanos) leastNanos = duration;
    if (duration > mostNanos) mostNanos = duration;
    // Not in the order they came: a slow one was kept for long before it gave its place away.
    boolean alone = first == null;
    if (alone) first = span;
    if (alone || span.startNanos() - startNanos < 0) startNanos = span.startNanos();
    if (alone || span.endNanos() - endNanos > 0) endNanos = span.endNanos();
    span.recordRows();
  }

  @Nullable Span slowest() {
    return slowest;
  }

  /** One span for all others, or null where there are none. */
  @Nullable Span others() {
    Span folded = first;
    if (folded == null) return null;
    long end = endNanos - startNanos > 0 ? endNanos : startNanos; // after a lost race
    return folded.folded(count, nanos, leastNanos, mostNanos, startNanos, end);
  }
}
