package dev.atalaya.agent.trace;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that takes what application threads recorded and hands it to its consumers.
 *
 * <p>The queue is a lock-free list with a bound on its requests and on their spans: putting one
 * there is two atomic operations and wakes nobody, unless the queue is half full; the worker looks
 * five times a second, or as often as its starter says. A full queue drops the request's spans and
 * counts them, as does one that nobody empties.
 *
 * <p>A request on the queue counts for as many spans as it says itself, from {@link
 * Request#enqueue} to {@link Request#dequeued}, which hands back that number with the right to
 * change it: what is subtracted is what was added.
 */
public final class Worker {
  /** A room that looks at what ended. Called on the worker's thread alone. */
  public interface Consumer {
    /** {@code latest} and those behind {@link Span#next} ended since the last call for it. */
    void accept(Request request, Span latest);

    /** Called as often as the worker looks, and once {@code closing}, when it must finish. */
    default void tick(boolean closing) {}

    /** What its faults are counted under. */
    default String part() {
      return "worker";
    }
  }

  /** Spans that may wait, some 10 MB, and of one request that is waiting already. */
  private static final int MOST_SPANS = 100_000;

  private static final int MANY_SPANS = MOST_SPANS / 2;
  private static final int MOST_SPANS_OF_ONE = 8 * Request.PORTION;

  private static final long PERIOD_NANOS = 200_000_000L;
  private static final long SHORTEST_PERIOD_NANOS = 20_000_000L;
  private static final long CLOCK_PERIOD_NANOS = 60_000_000_000L;

  private final int bound;
  private final Faults faults;
  private final Consumer[] consumers;
  private final AtomicReference<@Nullable Request> newest = new AtomicReference<>();
  private final AtomicInteger size = new AtomicInteger();
  private final AtomicInteger spans = new AtomicInteger();
  private final AtomicLong droppedSpans = new AtomicLong();
  private volatile boolean closing;
  private volatile boolean down;
  private volatile @Nullable Thread thread;
  private volatile long periodNanos = PERIOD_NANOS;

  // Used by the thread that drains. Kept here, so that what an error leaves undone is done later.
  private @Nullable Request taken;
  private @Nullable Request unsettled;
  private int unsettledCount;
  private int unsettledSpans;
  private long clockSet = System.nanoTime();

  public Worker(int bound, Faults faults, Consumer... consumers) {
    this.bound = bound;
    this.faults = faults;
    this.consumers = consumers;
  }

  /**
   * Throws where the JVM has no thread left; then what is offered is dropped until it has.
   *
   * @param wantedNanos how long a consumer wants to wait at most for what ended; it may wait longer
   *     where that is too short to be worth waking up for
   */
  public void start(long wantedNanos) {
    periodNanos = Math.max(SHORTEST_PERIOD_NANOS, Math.min(PERIOD_NANOS, wantedNanos));
    start();
  }

  /** The same, where nobody waits. */
  public synchronized void start() {
    if (thread != null) return;
    for (Consumer consumer : consumers) faults.expect(consumer.part());
    Thread worker = new Thread(null, this::run, "atalaya-worker", 256 * 1024);
    worker.setDaemon(true);
    worker.setContextClassLoader(null);
    thread = worker;
    boolean started = false;
    try {
      worker.start();
      started = true;
    } finally {
      down = !started;
      if (!started) thread = null;
    }
  }

  /** Requests that wait. */
  public int size() {
    return size.get();
  }

  /** Spans that the waiting requests came with. */
  int spans() {
    return spans.get();
  }

  public long droppedSpans() {
    return droppedSpans.get();
  }

  Faults faults() {
    return faults;
  }

  /** Hands over all that is queued, lets consumers finish, and waits for that at most so long. */
  public void close(long timeoutMillis) {
    closing = true;
    Thread worker = thread;
    if (worker == null || worker == Thread.currentThread()) return;
    LockSupport.unpark(worker);
    try {
      worker.join(timeoutMillis);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** The request has spans to take. Never blocks. */
  void offer(Request request) {
    if (down) {
      drop(request);
      return;
    }
    if (!request.enqueue()) {
      // It waits already, and the worker does not come: what has been added since is dropped.
      if (request.waiting() > MOST_SPANS_OF_ONE) drop(request);
      return;
    }
    int waiting = size.incrementAndGet();
    int own = request.offered();
    int all = spans.addAndGet(own);
    if (all > MOST_SPANS || waiting > bound) {
      leaves(request);
      drop(request);
      return;
    }
    Request behind;
    do {
      behind = newest.get();
      request.nextQueued = behind;
    } while (!newest.compareAndSet(behind, request));
    boolean half = waiting == bound / 2 || all >= MANY_SPANS && all - own < MANY_SPANS;
    if (half) LockSupport.unpark(thread);
  }

  private void leaves(Request request) {
    spans.addAndGet(-request.dequeued());
    size.decrementAndGet();
  }

  private void drop(Request request) {
    long dropped = 0;
    for (Span span = request.take(); span != null; span = span.next()) dropped++;
    if (dropped > 0) droppedSpans.addAndGet(dropped);
  }

  /**
   * Runs until the agent closes. In a full heap even the first call of a method may fail, so the
   * last catch calls none.
   */
  private void run() {
    boolean last = false;
    while (!last) {
      try {
        last = step();
      } catch (Throwable lost) {
        // The next step begins with a rest.
      }
    }
    down = true;
  }

  /** Rests, and does a round, whose errors are counted. Returns whether it was the last. */
  private boolean step() {
    // Requests that wait for their tasks do not count as filling the queue.
    boolean few =
        size.get() - unsettledCount < bound / 2 && spans.get() - unsettledSpans < MANY_SPANS;
    if (few && !closing) LockSupport.parkNanos(this, periodNanos);
    boolean last = closing;
    try {
      round(last);
    } catch (Throwable error) {
      faults.add("worker", error);
    }
    return last;
  }

  private void round(boolean last) {
    Open.mute();
    Thread.interrupted(); // an interrupted thread would not rest any more
    drain(last);
    for (Consumer consumer : consumers) {
      try {
        consumer.tick(last);
      } catch (Throwable error) {
        faults.add(consumer.part(), error);
      }
    }
    if (System.nanoTime() - clockSet > CLOCK_PERIOD_NANOS) {
      Clock.adjust();
      clockSet = System.nanoTime();
    }
  }

  /** Hands over all that is queued on the calling thread; for where no worker runs. */
  public void drain() {
    drain(true);
  }

  private void drain(boolean unsettledToo) {
    takeAll(unsettledToo); // where an error kept the last round from its end
    taken = reversed(unsettled);
    unsettled = null;
    unsettledCount = 0;
    unsettledSpans = 0;
    takeAll(unsettledToo);
    taken = reversed(newest.getAndSet(null));
    takeAll(unsettledToo);
  }

  private void takeAll(boolean unsettledToo) {
    for (Request request; (request = taken) != null; ) {
      taken = request.nextQueued;
      // At most half of the queue may wait for tasks, so that new requests need not be dropped.
      boolean room = unsettledCount < bound / 2 && unsettledSpans < MANY_SPANS;
      if (!unsettledToo && room && request.isUnsettled()) {
        request.nextQueued = unsettled;
        unsettled = request;
        unsettledCount++;
        spans.addAndGet(request.offeredAgain());
        unsettledSpans += request.offered();
      } else {
        request.nextQueued = null;
        leaves(request);
        take(request);
      }
    }
  }

  private void take(Request request) {
    try {
      if (request.rootEnded()) request.settle();
    } catch (Throwable error) {
      faults.add("worker", error);
    }
    Span latest = request.take();
    if (latest == null) return;
    for (Consumer consumer : consumers) {
      try {
        consumer.accept(request, latest);
      } catch (Throwable error) {
        faults.add(consumer.part(), error);
      }
    }
    // A statement that is kept for later holds its last span, which must not hold all others.
    // Whoever drains by hand wants to look at it afterwards.
    boolean done =
        Thread.currentThread() == thread
            && request.rootEnded()
            && request.kind() != Request.Kind.IMPLICIT;
    if (done) request.unit().forget();
    for (Span span = latest; span != null; ) {
      Span next = span.next();
      span.next(null);
      if (done) span.statistics = null;
      span = next;
    }
  }

  private static @Nullable Request reversed(@Nullable Request newest) {
    Request oldest = null;
    while (newest != null) {
      Request behind = newest.nextQueued;
      newest.nextQueued = oldest;
      oldest = newest;
      newest = behind;
    }
    return oldest;
  }
}
