package dev.atalaya.agent.trace;

import dev.atalaya.agent.callsite.CallSite;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * A unit of work and its trace: what one incoming request, one job, or one call outside any did.
 *
 * <p>Spans hang themselves on a lock-free list as they end, on whatever thread; the worker takes
 * the list when the root has ended, when it has grown long, and again for what ends later.
 */
public final class Request {
  /** What opened the unit of work. */
  public enum Kind {
    REQUEST,
    JOB,
    IMPLICIT
  }

  /** A long job's spans leave in portions of this size. */
  static final int PORTION = 512;

  private static final long READING_NANOS = 1_000_000_000L;

  /** How long after its end a request's tasks still count as its work. */
  private static final long TASKS_NANOS = 2_000_000_000L;

  private static final int MOST_SLOW = 64;

  private static final int KEPT = 1;
  private static final int GONE = 2;

  private static final AtomicReferenceFieldUpdater<Request, @Nullable Span> HEAD =
      AtomicReferenceFieldUpdater.newUpdater(Request.class, Span.class, "head");
  private static final AtomicReferenceFieldUpdater<Request, @Nullable SlowCall> SLOW =
      AtomicReferenceFieldUpdater.newUpdater(Request.class, SlowCall.class, "slow");
  private static final AtomicIntegerFieldUpdater<Request> QUEUED =
      AtomicIntegerFieldUpdater.newUpdater(Request.class, "queued");
  private static final AtomicIntegerFieldUpdater<Request> STATEMENTS =
      AtomicIntegerFieldUpdater.newUpdater(Request.class, "statements");
  private static final AtomicIntegerFieldUpdater<Request> ADDED =
      AtomicIntegerFieldUpdater.newUpdater(Request.class, "added");
  private static final AtomicIntegerFieldUpdater<Request> WAITING =
      AtomicIntegerFieldUpdater.newUpdater(Request.class, "waiting");

  /** Where its spans go when they end. */
  final SpanListener ends;

  private final long traceIdHigh;
  private final long traceIdLow;
  private final boolean sampled;

  /** What the caller sent, to be passed on. */
  final RemoteParent remote;

  /** What it adds to; calls outside of requests and jobs share their thread's. */
  final UnitOfWork unit;

  /** Requests that the user excludes: neither they nor what they call are recorded. */
  final boolean excluded;

  @Nullable Span root;
  @Nullable String route;
  @Nullable String fallbackRoute;
  long allocatedBefore = -1;

  /** The count of requests in progress that it is a part of; null for none. */
  @Nullable AtomicInteger countedIn;

  /** What a framework's handler caught and made a response of. */
  @Nullable Throwable caught;

  private volatile @Nullable Span head;
  private volatile boolean discarded;
  private volatile int queued;
  private volatile int statements;
  private volatile int waiting; // spans on the list, and those about to be

  private volatile int added; // of the calls that were sampled, in ns

  private volatile @Nullable SlowCall slow;
  private byte fate; // bits; written by the worker's thread alone

  /** What detection found in it, for the exporter; set before the spans get there. */
  public @Nullable Object findings;

  /**
   * The spans it counts for on the worker's queue. Written by whoever puts it there, then by the
   * worker.
   */
  private int offered;

  /** The next on the worker's queue; written by the same. */
  @Nullable Request nextQueued;

  Request(
      SpanListener ends,
      UnitOfWork unit,
      long traceIdHigh,
      long traceIdLow,
      RemoteParent remote,
      boolean sampled,
      boolean excluded) {
    this.ends = ends;
    this.unit = unit;
    this.traceIdHigh = traceIdHigh;
    this.traceIdLow = traceIdLow;
    this.remote = remote;
    this.sampled = sampled;
    this.excluded = excluded;
  }

  public Kind kind() {
    return unit.kind();
  }

  public long traceIdHigh() {
    return traceIdHigh;
  }

  public long traceIdLow() {
    return traceIdLow;
  }

  /** The caller's span, or 0. */
  public long remoteParent() {
    return remote.spanId;
  }

  public boolean sampled() {
    return sampled;
  }

  /** Its own unit of work, or its thread's for a call outside of requests and jobs. */
  public UnitOfWork unit() {
    return unit;
  }

  /** Has it exported though it was not sampled; for the worker's thread. */
  public void keep() {
    fate |= KEPT;
  }

  /** Whether its spans are exported: it was sampled, or is kept. */
  public boolean isExported() {
    return sampled || (fate & KEPT) != 0;
  }

  /** The exporter let its spans go; for the worker's thread. */
  public void letGo() {
    fate |= GONE;
  }

  /** Whether it is too late to have it exported. */
  public boolean isGone() {
    return (fate & GONE) != 0;
  }

  /** Its slow calls that are not analyzed yet, and perhaps some that are; the latest first. */
  public @Nullable SlowCall slow() {
    return slow;
  }

  void slow(Span span, @Nullable CallSite site, long poolWaitNanos, long thresholdNanos) {
    SlowCall known;
    SlowCall unanalyzed;
    do {
      known = slow;
      int count = 0;
      for (SlowCall one = known; one != null; one = one.next) {
        if (one.span == span || !one.isAnalyzed && ++count == MOST_SLOW) return;
      }
      unanalyzed = known; // the others need not be kept
      while (unanalyzed != null && unanalyzed.isAnalyzed) unanalyzed = unanalyzed.next;
    } while (!SLOW.compareAndSet(
        this, known, new SlowCall(span, site, poolWaitNanos, thresholdNanos, unanalyzed)));
  }

  /** Whether what opened it has failed. */
  public boolean isFailed() {
    Span top = root;
    return top != null && top.failure() != null;
  }

  /** 32 hex digits. */
  public String traceId() {
    return Ids.trace(traceIdHigh, traceIdLow);
  }

  public @Nullable Span root() {
    return root;
  }

  public @Nullable String traceState() {
    return remote.traceState;
  }

  /** The framework's template, else the servlet mapping, else empty; never a raw path. */
  public String route() {
    String best = route != null ? route : fallbackRoute;
    return best == null ? "" : best;
  }

  /** Whether a template or a mapping is known, or that there is none. */
  public boolean knowsRoute() {
    return route != null || fallbackRoute != null;
  }

  /** The first counts; empty where it is known that there is none. */
  public void fallbackRoute(String mapping) {
    if (fallbackRoute == null) fallbackRoute = mapping;
  }

  /**
   * What a server's own router found, which may lead to another: the innermost counts. Null says
   * nothing, and lets what follows tell.
   */
  public void innerRoute(@Nullable String mapping) {
    fallbackRoute = mapping;
  }

  /** An exception that was caught for it, and will be its answer; the first counts. */
  public void caught(Throwable error) {
    if (caught == null) caught = error;
  }

  /** What it is known by beside its HTTP method: the route, or a job's name. */
  String entryName() {
    Span top = root;
    return kind() == Kind.JOB && top != null ? top.name() : route();
  }

  /** The HTTP method that it was asked by; empty where it is none. */
  String entryMethod() {
    Span top = root;
    HttpExchange http = top == null ? null : top.http();
    return http == null ? "" : http.method;
  }

  /** Whether the user excludes it. */
  public boolean isExcluded() {
    return excluded;
  }

  /** Statements and commands sent so far; exact, also parallel ones. */
  public int statements() {
    return statements;
  }

  /** Drops its spans, and those to come: its route, known only at its end, is excluded. */
  public void discard() {
    discarded = true;
    take();
  }

  boolean discarded() {
    return discarded;
  }

  /** Spans on the list, and those that are just being hung there. */
  int waiting() {
    return waiting;
  }

  /**
   * A statement outside any unit of work, whose rows are still being read; for a second at most.
   */
  boolean isReading() {
    Span top = root;
    return kind() == Kind.IMPLICIT && top != null && top.isReading(READING_NANOS);
  }

  /** Whether the span that opened it has ended. */
  public boolean rootEnded() {
    Span top = root;
    return top != null && top.endNanos() != 0;
  }

  /** More may come that is a part of what has ended: rows, or tasks that were handed over. */
  public boolean isUnsettled() {
    if (isReading()) return true;
    Span top = root;
    return top != null
        && top.endNanos() != 0
        && !unit.isClosed()
        && unit.hasTasks()
        && System.nanoTime() - top.endNanos() < TASKS_NANOS;
  }

  /** Closes its unit of work, and puts the spans that were held back on the list. */
  void settle() {
    if (kind() == Kind.IMPLICIT || unit.isClosed()) return;
    unit.close();
    unit.show(this);
  }

  /** Recording one of {@link Overhead#ONE_IN} calls took so long. */
  void added(int nanos) {
    ADDED.addAndGet(this, nanos);
  }

  /** What recording it took on the application's threads, as estimated from samples, in ns. */
  public long addedNanos() {
    return Integer.toUnsignedLong(added) * Overhead.ONE_IN;
  }

  void countStatement() {
    STATEMENTS.getAndIncrement(this);
  }

  /** Hangs an ended span on the list; true where the list has grown to a portion. */
  boolean add(Span span) {
    int count = WAITING.incrementAndGet(this); // first, so that it is never less than there are
    for (; ; ) {
      Span first = head;
      span.next(first);
      if (HEAD.compareAndSet(this, first, span)) break;
    }
    return count >= PORTION;
  }

  /** Takes the list: the spans ended since it was last taken, the latest first. */
  @Nullable Span take() {
    Span latest = HEAD.getAndSet(this, null);
    int taken = 0;
    for (Span span = latest; span != null; span = span.next()) taken++;
    if (taken > 0) WAITING.addAndGet(this, -taken);
    return latest;
  }

  /** True for the one caller who has to put the request on the queue. */
  boolean enqueue() {
    if (queued != 0 || !QUEUED.compareAndSet(this, 0, 1)) return false;
    offered = waiting;
    return true;
  }

  /** The spans that it counts for while it is on the queue. */
  int offered() {
    return offered;
  }

  /** It stays on the queue, with as many spans as it has by now; returns how many more. */
  int offeredAgain() {
    int more = waiting - offered;
    offered += more;
    return more;
  }

  /**
   * Lets it be put on the queue again, before {@link #take}, so that no span is overlooked. Returns
   * the spans it counted for: from here on they are the next caller's to write.
   */
  int dequeued() {
    int counted = offered;
    queued = 0;
    return counted;
  }
}
