package dev.atalaya.agent.trace;

import java.util.ArrayList;
import java.util.List;
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
 * five times a second. A full queue drops the request's spans and counts them.
 */
public final class Worker {
  /** A room that looks at what ended. Called on the worker's thread alone. */
  public interface Consumer {
    /** {@code latest} and those behind {@link Span#next} ended since the last call for it. */
    void accept(Request request, Span latest);

    /** Called about five times a second, and once {@code closing}, when it must finish. */
    default void tick(boolean closing) {}
  }

  /** Spans that may wait, some 10 MB, and of one request that is waiting already. */
  private static final int MOST_SPANS = 100_000;

  private static final int MOST_SPANS_OF_ONE = 8 * Request.PORTION;

  private static final long PERIOD_NANOS = 200_000_000L;
  private static final long CLOCK_PERIOD_NANOS = 60_000_000_000L;

  private final int bound;
  private final Consumer[] consumers;
  private final AtomicReference<@Nullable Request> newest = new AtomicReference<>();
  private final AtomicInteger size = new AtomicInteger();
  private final AtomicInteger spans = new AtomicInteger();
  private final AtomicLong droppedSpans = new AtomicLong();
  private volatile boolean closing;
  private volatile @Nullable Thread thread;
  private volatile @Nullable Throwable fault;

  public Worker(int bound, Consumer... consumers) {
    this.bound = bound;
    this.consumers = consumers;
  }

  public synchronized void start() {
    if (thread != null) return;
    Thread worker = new Thread(null, this::run, "atalaya-worker", 256 * 1024);
    worker.setDaemon(true);
    worker.setContextClassLoader(null);
    thread = worker;
    worker.start();
  }

  /** Requests that wait. */
  public int size() {
    return size.get();
  }

  public long droppedSpans() {
    return droppedSpans.get();
  }

  /** The last exception that a consumer threw, or null. */
  public @Nullable Throwable fault() {
    return fault;
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
    if (!request.enqueue()) {
      // It waits already, and the worker does not come: what it has grown to since goes.
      if (request.waiting() > MOST_SPANS_OF_ONE) drop(request);
      return;
    }
    request.offered = request.waiting();
    int waiting = size.incrementAndGet();
    if (waiting > bound || spans.addAndGet(request.offered) > MOST_SPANS) {
      size.decrementAndGet();
      if (waiting <= bound) spans.addAndGet(-request.offered);
      request.dequeued();
      drop(request);
      return;
    }
    Request behind;
    do {
      behind = newest.get();
      request.nextQueued = behind;
    } while (!newest.compareAndSet(behind, request));
    if (waiting == bound / 2) LockSupport.unpark(thread);
  }

  private void drop(Request request) {
    long dropped = 0;
    for (Span span = request.take(); span != null; span = span.next()) dropped++;
    droppedSpans.addAndGet(dropped);
  }

  private void run() {
    Open.mute();
    long clockSet = System.nanoTime();
    boolean last;
    do {
      last = closing;
      drain(last);
      for (Consumer consumer : consumers) {
        try {
          consumer.tick(last);
        } catch (Throwable error) {
          fault = error;
        }
      }
      if (System.nanoTime() - clockSet > CLOCK_PERIOD_NANOS) {
        Clock.adjust();
        clockSet = System.nanoTime();
      }
      if (!last && size.get() < bound / 2) LockSupport.parkNanos(this, PERIOD_NANOS);
    } while (!last);
  }

  /** Hands over all that is queued on the calling thread; for where no worker runs. */
  public void drain() {
    drain(true);
  }

  private void drain(boolean unsettledToo) {
    Request oldest = reversed(newest.getAndSet(null));
    List<Request> later = new ArrayList<>(0);
    for (Request request = oldest; request != null; ) {
      Request following = request.nextQueued;
      request.nextQueued = null;
      request.dequeued();
      if (!unsettledToo && request.isUnsettled()) later.add(request);
      else take(request);
      spans.addAndGet(-request.offered);
      size.decrementAndGet();
      request = following;
    }
    for (Request request : later) offer(request);
  }

  private void take(Request request) {
    if (request.rootEnded()) request.settle();
    Span latest = request.take();
    if (latest == null) return;
    for (Consumer consumer : consumers) {
      try {
        consumer.accept(request, latest);
      } catch (Throwable error) {
        fault = error;
      }
    }
    // A statement that is kept for later holds its last span, which must not hold all others.
    // What was drained by hand is looked at by who did.
    boolean done =
        Thread.currentThread() == thread
            && request.rootEnded()
            && request.kind() != Request.Kind.IMPLICIT;
    if (done) request.scope().forget();
    for (Span span = latest; span != null; ) {
      Span next = span.next();
      span.next(null);
      if (done) span.tally = null;
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
