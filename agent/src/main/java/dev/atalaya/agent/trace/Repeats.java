package dev.atalaya.agent.trace;

import dev.atalaya.agent.callsite.CallSite;
import dev.atalaya.agent.callsite.Callers;
import dev.atalaya.agent.privacy.Hash;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a repeated operation: of all its executions but the first, whose span tells its
 * own. Of fixed size; a lost race may lose a gap or a vote, never a count.
 *
 * <p>Spans past the first twenty are held back. Of those the last and the slowest stay, the others
 * fold into one: each execution takes the place of the last, which then either takes that of the
 * slowest or folds.
 */
public final class Repeats {
  /** Spans of one operation that are shown as they are, but for the last and the slowest. */
  static final int SHOWN = 20;

  /** Executions, the first included, of which is known when each began. */
  public static final int STARTS = 4;

  private static final AtomicIntegerFieldUpdater<Repeats> ENDED =
      AtomicIntegerFieldUpdater.newUpdater(Repeats.class, "ended");
  private static final AtomicIntegerFieldUpdater<Repeats> ERRORS =
      AtomicIntegerFieldUpdater.newUpdater(Repeats.class, "errors");
  private static final AtomicIntegerFieldUpdater<Repeats> OVERLAPS =
      AtomicIntegerFieldUpdater.newUpdater(Repeats.class, "overlaps");
  private static final AtomicLongFieldUpdater<Repeats> NANOS =
      AtomicLongFieldUpdater.newUpdater(Repeats.class, "nanos");
  private static final AtomicLongFieldUpdater<Repeats> ROWS =
      AtomicLongFieldUpdater.newUpdater(Repeats.class, "rows");
  private static final AtomicReferenceFieldUpdater<Repeats, @Nullable Span> LAST =
      AtomicReferenceFieldUpdater.newUpdater(Repeats.class, Span.class, "last");
  private static final AtomicReferenceFieldUpdater<Repeats, @Nullable FoldedSpans> FOLDED =
      AtomicReferenceFieldUpdater.newUpdater(Repeats.class, FoldedSpans.class, "folded");

  private volatile int ended;
  private volatile int errors;
  private volatile int overlaps;
  private volatile long nanos;
  private volatile long rows;
  private volatile @Nullable Span last;

  /** Of spans held back, but for the last; null until there are any. */
  private volatile @Nullable FoldedSpans folded;

  private long secondNanos;
  private long thirdNanos;
  private long fourthNanos;
  private long lastEndNanos;
  private long gapNanos;
  private int listMembers;
  private int lists;
  private final Distinct distinct = new Distinct();

  /** By position, of the second execution: eight bits of each hash, the first position lowest. */
  private long values;

  /** The same of the positions behind the eighth. */
  private byte @Nullable [] furtherValues;

  private long varied;
  private boolean positioned;

  /** What the second execution was about, as a hash, and whether a later one was of another. */
  private int subject = Hash.UNKNOWN;

  private boolean severalSubjects;

  /** The fingerprint of the finding that it is a part of; set by detection. */
  volatile @Nullable String finding;

  private final Callers callers = new Callers();
  private volatile @Nullable CallSite once;

  Repeats(int firstValues) {
    distinct.add(firstValues);
  }

  // ---- Read by detection ------------------------------------------------------------------------

  /** When the execution of that number began, from 2 to 4; 0 where that is not known. */
  long startNanos(int number) {
    return number == 2 ? secondNanos : number == 3 ? thirdNanos : fourthNanos;
  }

  /** How many executions, from the second to the fourth, had begun by then. */
  int begunBefore(long nanos) {
    int begun = 0;
    for (int number = 2; number <= STARTS; number++) {
      long start = startNanos(number);
      if (start != 0 && start - nanos < 0) begun++;
    }
    return begun;
  }

  /** Executions that have ended. */
  public int ended() {
    return ended;
  }

  public int errors() {
    return errors;
  }

  /** Executions that began before another had ended. */
  public int overlaps() {
    return overlaps;
  }

  public long nanos() {
    return nanos;
  }

  /** Rows read so far. */
  public long rows() {
    Span latest = last;
    return rows + (latest == null ? 0 : Math.max(0, latest.rows()));
  }

  /** Between the end of an execution and the start of the next, on average; 0 where all overlap. */
  public long gapNanos() {
    int gaps = ended - overlaps;
    return gaps <= 0 ? 0 : gapNanos / gaps;
  }

  /**
   * About how many sets of values the operation ran with, the first execution's included; 0 where a
   * value was not seen.
   */
  public int distinct() {
    return distinct.estimate();
  }

  /**
   * The positions whose value ever differed from the second execution's, or was not seen; bit i is
   * position i.
   */
  public long varied() {
    return varied;
  }

  /**
   * Whether all executions but the first were about one subject, such as a key; false where that is
   * unknown.
   */
  public boolean hasOneSubject() {
    return subject != Hash.UNKNOWN && !severalSubjects;
  }

  /** Members of the longest list on average; 0 where there was none. */
  public double listLength() {
    return lists == 0 ? 0 : (double) listMembers / lists;
  }

  /** Where it was called from. */
  public Callers callers() {
    return callers;
  }

  /** The line of the first execution, where it was looked for. */
  public @Nullable CallSite once() {
    return once;
  }

  void once(CallSite site) {
    once = site;
  }

  public @Nullable Span last() {
    return last;
  }

  /** Its spans belong to that finding. */
  public void finding(String fingerprint) {
    finding = fingerprint;
  }

  // ---- On the application's threads ------------------------------------------------------------

  /** Whether the stack is to be walked at this execution: 2, 3, 5, 8, 16, 32, ... */
  static boolean isWalked(int number) {
    return number < 8 ? number == 2 || number == 3 || number == 5 : (number & (number - 1)) == 0;
  }

  void began(int number, long nanos) {
    if (number == 2) secondNanos = nanos;
    else if (number == 3) thirdNanos = nanos;
    else if (number == 4) fourthNanos = nanos;
  }

  void value(int hash) {
    distinct.add(hash);
  }

  /** One execution more was about that. */
  void about(int hash) {
    if (subject == Hash.UNKNOWN) subject = hash;
    else if (subject != hash) severalSubjects = true;
  }

  /** Hashes of what an execution was given, by position. */
  void positions(int[] given, int count, int listLength) {
    if (listLength > 0) {
      lists++;
      listMembers += listLength;
    }
    long first = 0;
    for (int i = Math.min(count, 8) - 1; i >= 0; i--) first = first << 8 | given[i] & 0xFF;
    long differ = 0;
    for (int i = 0; i < count; i++) if (given[i] == Hash.UNKNOWN) differ |= 1L << i;
    if (!positioned) {
      positioned = true;
      values = first;
      if (count > 8) furtherValues = bytes(given, count);
      varied |= differ;
      return;
    }
    for (long bits = values ^ first; bits != 0; ) {
      int position = Long.numberOfTrailingZeros(bits) >> 3;
      differ |= 1L << position;
      bits &= ~(0xFFL << 8 * position);
    }
    byte[] further = furtherValues;
    if (further != null) {
      for (int i = 8; i < Math.min(count, further.length); i++) {
        if (further[i] != (byte) given[i]) differ |= 1L << i;
      }
    }
    if ((varied | differ) != varied) varied |= differ;
  }

  private static byte[] bytes(int[] given, int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) bytes[i] = (byte) given[i];
    return bytes;
  }

  /**
   * Returns whether the span is to be shown; else it is held back here.
   *
   * @param folds whether spans are kept to be folded; else only the last one is held back, and what
   *     it displaces is only counted
   */
  boolean end(Span span, Span first, boolean folds) {
    int number = ENDED.incrementAndGet(this);
    NANOS.addAndGet(this, span.durationNanos());
    if (span.failure() != null) ERRORS.incrementAndGet(this);
    long end = span.endNanos();
    long before = number == 1 ? first.endNanos() : lastEndNanos;
    long gap = before == 0 ? -1 : span.startNanos() - before;
    if (gap < 0) {
      OVERLAPS.incrementAndGet(this);
    } else {
      gapNanos += gap;
    }
    if (before == 0 || end - before > 0) lastEndNanos = end;
    boolean show = folds && number < SHOWN || !span.mayFold() || isFirstFailure(span);
    if (!show) span.holdBack();
    Span displaced = LAST.getAndSet(this, span);
    if (displaced != null) {
      ROWS.addAndGet(this, Math.max(0, displaced.rows()));
      if (displaced.isHeldBack()) {
        if (folds) folded().add(displaced);
        else displaced.recordRows();
      }
    }
    return show;
  }

  /** The first failure past the first twenty spans is shown, whatever those were. */
  private boolean isFirstFailure(Span span) {
    if (span.failure() == null || folded().failureShown) return false;
    return folded().failureShown = true;
  }

  private FoldedSpans folded() {
    FoldedSpans known = folded;
    if (known != null) return known;
    FoldedSpans made = new FoldedSpans();
    return FOLDED.compareAndSet(this, null, made) ? made : folded();
  }

  boolean holdsBack() {
    Span latest = last;
    return folded != null || latest != null && latest.isHeldBack();
  }

  /**
   * The spans that were held back, once nothing is added any more: the slowest, one for all others,
   * and the last; null where there is none.
   */
  @Nullable Span[] heldBack() {
    FoldedSpans held = folded;
    Span latest = last;
    if (latest != null && !latest.show()) latest = null;
    if (held == null) return new Span[] {latest};
    return new Span[] {held.slowest(), held.others(), latest};
  }
}
