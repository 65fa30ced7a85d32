package dev.atalaya.agent.trace;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * What one unit of work did with one operation.
 *
 * <p>Of an operation that does not repeat only its span is kept; the figures come with the second
 * execution. Written by the threads of the unit of work, read by the worker at any time.
 */
public final class OperationStatistics {
  // 48 bytes with compressed references: every different statement of a request has one.
  private static final AtomicIntegerFieldUpdater<OperationStatistics> COUNT =
      AtomicIntegerFieldUpdater.newUpdater(OperationStatistics.class, "count");
  private static final AtomicReferenceFieldUpdater<
          OperationStatistics, @Nullable OperationStatistics>
      LEFT =
          AtomicReferenceFieldUpdater.newUpdater(
              OperationStatistics.class, OperationStatistics.class, "left");
  private static final AtomicReferenceFieldUpdater<
          OperationStatistics, @Nullable OperationStatistics>
      RIGHT =
          AtomicReferenceFieldUpdater.newUpdater(
              OperationStatistics.class, OperationStatistics.class, "right");
  private static final AtomicReferenceFieldUpdater<OperationStatistics, @Nullable Repeats> REPEATS =
      AtomicReferenceFieldUpdater.newUpdater(OperationStatistics.class, Repeats.class, "repeats");

  final long key;
  private final Span first;
  volatile @Nullable OperationStatistics left;
  volatile @Nullable OperationStatistics right;
  private volatile int count;
  private volatile @Nullable Repeats repeats;
  private final int firstValues;
  private boolean source;

  OperationStatistics(long key, Span first, int firstValues) {
    this.key = key;
    this.first = first;
    this.firstValues = firstValues;
  }

  /** The first execution. */
  public Span first() {
    return first;
  }

  /** Whether it reads rows or members that later operations may follow from. */
  public boolean isSource() {
    return source;
  }

  void reads() {
    source = true;
  }

  /** When the execution of that number began, from 1 to {@link Repeats#STARTS}. */
  public long startNanos(int number) {
    Repeats more = repeats;
    long known = number == 1 || more == null ? 0 : more.startNanos(number);
    return known == 0 ? first.startNanos() : known;
  }

  /** How many of the first {@link Repeats#STARTS} executions had begun by then. */
  public int begunBefore(long nanos) {
    Repeats more = repeats;
    int begun = more == null ? 0 : more.begunBefore(nanos);
    return first.startNanos() - nanos < 0 ? begun + 1 : begun;
  }

  /** Executions begun; exact. */
  public int count() {
    return count;
  }

  /** Null where there was but one execution, unless its line was looked for. */
  public @Nullable Repeats repeats() {
    return repeats;
  }

  /** The fingerprint of the finding that its spans belong to; null where there is none. */
  public @Nullable String finding() {
    Repeats more = repeats;
    return more == null ? null : more.finding;
  }

  /** Rows read by all executions so far, below 0 where none were counted. */
  public long rows() {
    Repeats more = repeats;
    long rows = first.rows();
    return more == null ? rows : Math.max(rows, 0) + more.rows();
  }

  boolean grow(boolean toTheRight, OperationStatistics child) {
    return (toTheRight ? RIGHT : LEFT).compareAndSet(this, null, child);
  }

  /** One execution more begins; returns its number, from 1. */
  int begin(Span span, int values) {
    int number = COUNT.incrementAndGet(this);
    if (span != first) {
      Repeats more = more();
      more.value(values);
      if (number <= Repeats.STARTS) more.began(number, span.startNanos());
    }
    return number;
  }

  Repeats more() {
    Repeats known = repeats;
    if (known != null) return known;
    REPEATS.compareAndSet(this, null, new Repeats(firstValues));
    Repeats made = repeats;
    return made == null ? new Repeats(firstValues) : made;
  }

  /**
   * An execution has ended; false where its span is held back, to be folded with others like it, or
   * only to be counted.
   */
  boolean end(Span span, boolean folds) {
    return span == first || more().end(span, first, folds);
  }
}
