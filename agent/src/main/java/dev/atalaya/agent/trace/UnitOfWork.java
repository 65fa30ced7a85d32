package dev.atalaya.agent.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A unit of work as detection sees it: how often it did what.
 *
 * <p>That of an incoming request or a job lives as long as its {@link Request}; calls outside of
 * any share one of their thread's, until the thread has rested or its pool's task has ended.
 * Threads share it as they share the request. Its statistics are a tree without locks: a key's
 * bits, lowest first, lead to its place, and nothing ever moves.
 */
public final class UnitOfWork {
  private static final int MOST_KEYS = 128;

  /**
   * An older transaction is taken for over: its connection may have been closed with no commit
   * seen.
   */
  private static final long HELD_NANOS = 60_000_000_000L;

  /** Less is no waiting, and not worth adding up. */
  private static final long WAITING_NANOS = 1_000_000;

  private static final AtomicReferenceFieldUpdater<UnitOfWork, @Nullable OperationStatistics> ROOT =
      AtomicReferenceFieldUpdater.newUpdater(UnitOfWork.class, OperationStatistics.class, "root");
  private static final AtomicIntegerFieldUpdater<UnitOfWork> KEYS =
      AtomicIntegerFieldUpdater.newUpdater(UnitOfWork.class, "keys");
  private static final AtomicIntegerFieldUpdater<UnitOfWork> BEYOND =
      AtomicIntegerFieldUpdater.newUpdater(UnitOfWork.class, "beyond");
  private static final AtomicLongFieldUpdater<UnitOfWork> POOL_WAIT =
      AtomicLongFieldUpdater.newUpdater(UnitOfWork.class, "poolWaitNanos");
  private static final AtomicLongFieldUpdater<UnitOfWork> HELD_MEANWHILE =
      AtomicLongFieldUpdater.newUpdater(UnitOfWork.class, "heldMeanwhileNanos");
  private static final AtomicIntegerFieldUpdater<UnitOfWork> TASKS =
      AtomicIntegerFieldUpdater.newUpdater(UnitOfWork.class, "tasks");

  private static final AtomicIntegerFieldUpdater<UnitOfWork> ASSEMBLED =
      AtomicIntegerFieldUpdater.newUpdater(UnitOfWork.class, "assembled");

  private final Request.Kind kind;

  /** The thread's, of what belongs to no request or job; else null. */
  private final @Nullable String threadName;

  private final long startNanos = System.nanoTime();
  private volatile @Nullable OperationStatistics root;
  private volatile int keys;
  private volatile int beyond;
  private volatile int tasks;
  private volatile int assembled;
  private volatile long poolWaitNanos;
  private volatile long heldMeanwhileNanos;

  /** The last call begun. */
  @Nullable Span latest;

  /** When it last did anything; of a thread's own unit. */
  volatile long lastNanos = startNanos;

  /** A transaction is open: a thread's own unit does not end by a rest. */
  volatile boolean held;

  private volatile boolean closed;

  /** See {@link #isOwn}; if not, its calls are not counted. */
  private final boolean own;

  /** The list of those that ended before their thread did. */
  @Nullable UnitOfWork nextEnded;

  /** How far detection has analyzed it, as detection keeps it; for the worker's thread. */
  public @Nullable Object progress;

  UnitOfWork(Request.Kind kind, @Nullable String threadName) {
    this(kind, threadName, true);
  }

  private UnitOfWork(Request.Kind kind, @Nullable String threadName, boolean own) {
    this.kind = kind;
    this.threadName = threadName;
    this.own = own;
  }

  /** Of what a thread does outside of requests and jobs. */
  static UnitOfWork ofThread(String name, boolean own) {
    return new UnitOfWork(Request.Kind.IMPLICIT, name, own);
  }

  /**
   * Whether it is one piece of work. What a server's thread does outside of requests that are known
   * is many pieces: nothing in it repeats.
   */
  public boolean isOwn() {
    return own;
  }

  public Request.Kind kind() {
    return kind;
  }

  public @Nullable String threadName() {
    return threadName;
  }

  public long startNanos() {
    return startNanos;
  }

  /** Executions of operations for which there was no room for statistics. */
  public int beyond() {
    return beyond;
  }

  /** No more is added; what comes later is ignored. */
  public void close() {
    closed = true;
  }

  /**
   * Lets go of what was analyzed: a statement that the application keeps holds its last span, and
   * so this.
   */
  void forget() {
    ROOT.set(this, null);
    latest = null;
  }

  public boolean isClosed() {
    return closed;
  }

  /** Whether its thread has done nothing for so long, or longer with a transaction open. */
  public boolean isIdle(long nanos) {
    long rested = System.nanoTime() - lastNanos;
    return rested >= nanos && (!held || rested >= HELD_NANOS);
  }

  /** It waited for a pool's connection. */
  void waited(long nanos) {
    if (nanos >= WAITING_NANOS) POOL_WAIT.addAndGet(this, nanos);
  }

  /** How long it waited for connections in all, in ns; that of parallel threads adds up. */
  public long poolWaitNanos() {
    return poolWaitNanos;
  }

  /** It waited for another service with a transaction open. */
  void heldMeanwhile(long nanos) {
    HELD_MEANWHILE.addAndGet(this, nanos);
  }

  /** How long other services took that were called with a transaction open, in ns. */
  public long heldMeanwhileNanos() {
    return heldMeanwhileNanos;
  }

  /** A task of it begins to wait, or to run; each is undone by {@link #taskRan}. */
  void taskMade() {
    TASKS.incrementAndGet(this);
  }

  void taskRan() {
    TASKS.decrementAndGet(this);
  }

  /** Which call it is that is made now to be sent later: 1 for the first. */
  int assembled() {
    return ASSEMBLED.incrementAndGet(this);
  }

  /** Whether tasks were made in it that have not run to their end, as far as is known. */
  boolean hasTasks() {
    return tasks > 0;
  }

  /** Statistics of all operations, in the order in which their first executions began. */
  public List<OperationStatistics> operations() {
    List<OperationStatistics> all = new ArrayList<>();
    visit(root, all::add);
    all.sort((a, b) -> Long.signum(a.first().startNanos() - b.first().startNanos()));
    return all;
  }

  /** Visits the statistics of all operations, in no order. */
  public void visit(Consumer<OperationStatistics> visitor) {
    visit(root, visitor);
  }

  private static void visit(
      @Nullable OperationStatistics statistics, Consumer<OperationStatistics> visitor) {
    if (statistics == null) return;
    visitor.accept(statistics);
    visit(statistics.left, visitor);
    visit(statistics.right, visitor);
  }

  /** Puts the spans that were held back on the list of that request. */
  void show(Request request) {
    show(root, request);
  }

  private static void show(@Nullable OperationStatistics statistics, Request request) {
    if (statistics == null) return;
    Repeats more = statistics.repeats();
    if (more != null && more.holdsBack()) {
      for (Span span : more.heldBack()) if (span != null) request.add(span);
    }
    show(statistics.left, request);
    show(statistics.right, request);
  }

  /**
   * The statistics of {@code key}, whose first execution is {@code span} where it is new; null
   * where there is no room for another. Threads that take the last room at once may all have it.
   */
  @Nullable OperationStatistics statistics(long key, Span span, int values) {
    if (closed) return null;
    OperationStatistics statistics = root;
    if (statistics == null) {
      OperationStatistics made = new OperationStatistics(key, span, values);
      if (ROOT.compareAndSet(this, null, made)) KEYS.incrementAndGet(this);
      statistics = root;
    }
    for (long bits = key; statistics != null; bits >>>= 1) {
      if (statistics.key == key) return statistics;
      boolean right = (bits & 1) != 0;
      OperationStatistics next = right ? statistics.right : statistics.left;
      if (next == null) {
        if (keys >= MOST_KEYS) {
          BEYOND.incrementAndGet(this);
          return null;
        }
        if (statistics.grow(right, new OperationStatistics(key, span, values)))
          KEYS.incrementAndGet(this);
        next = right ? statistics.right : statistics.left;
      }
      statistics = next;
    }
    return null;
  }
}
