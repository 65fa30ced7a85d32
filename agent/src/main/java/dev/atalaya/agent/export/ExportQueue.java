package dev.atalaya.agent.export;

import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The batches on their way to one target: what waits, what is under way, what has to be sent again.
 *
 * <p>A few batches are under way at a time. While the target is away or overloaded only one is,
 * after an exponential backoff as OTLP asks for; the others wait, within bounds of items and bytes
 * that drop the oldest first.
 */
final class ExportQueue {
  static final int MOST_UNDER_WAY = 4;
  private static final long FIRST_BACKOFF = TimeUnit.SECONDS.toNanos(1);
  private static final long LONGEST_BACKOFF = TimeUnit.SECONDS.toNanos(5);
  private static final int MOST_SPARE = 8;
  private static final long SPARE_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final int MOST_SPARE_BYTES = 1 << 20;
  private static final long CLOSING_STEP_MILLIS = 100;

  /** What is delivered, and what the bounds are. */
  static final class Terms {
    /** In the log: "spans", "points". */
    String items = "spans";

    /** Whether the user named this target, or it is only the default. */
    boolean configured;

    int mostItems = 20_480;
    long mostBytes = 16L << 20;
    long timeoutNanos = TimeUnit.SECONDS.toNanos(30);
  }

  private final ExportTarget target;
  private final Terms terms;
  private final Drops drops;
  private final AtomicLong delivered = new AtomicLong();

  // Guarded by this. A linked deque is whole also when there was no memory to add to it.
  private final Deque<Batch> waiting = new LinkedBlockingDeque<>();
  private final Deque<Batch> spare = new LinkedBlockingDeque<>();
  private long spareUsed;
  private int itemsHeld;
  private long bytesWaiting;
  private final List<Batch> underWay = new ArrayList<>(MOST_UNDER_WAY);
  private int failures;
  private long notBefore;
  private boolean closing;
  private boolean hopeless;
  private boolean closed;
  private final TargetHealth health;

  ExportQueue(ExportTarget target, Terms terms, Drops drops) {
    this.target = target;
    this.terms = terms;
    this.drops = drops;
    health = new TargetHealth(target.address(), terms.items);
  }

  /** Takes over a sealed batch. */
  void add(Batch batch) {
    synchronized (this) {
      waiting.addLast(batch);
      itemsHeld += batch.items;
      bytesWaiting += batch.buffer.bytes.length;
      enforceBounds();
    }
    pump();
  }

  /** To be called now and then: sends what was put off, breaks off what hangs. */
  void tick() {
    long now = System.nanoTime();
    target.expire(now);
    synchronized (this) {
      if (spare.size() > 1 && now - spareUsed > SPARE_NANOS) spare.pollLast();
    }
    pump();
  }

  private void pump() {
    for (Batch batch; (batch = next()) != null; ) {
      Batch sent = batch;
      try {
        target.send(batch, outcome -> completed(sent, outcome));
      } catch (Throwable error) {
        completed(sent, Outcome.UNSENT);
      }
    }
  }

  private synchronized @Nullable Batch next() {
    long now = System.nanoTime();
    if (underWay.size() >= (failures == 0 ? MOST_UNDER_WAY : 1)) return null;
    if (failures > 0 && now - notBefore < 0) return null;
    Batch batch = waiting.pollFirst();
    if (batch == null) return null;
    bytesWaiting -= batch.buffer.bytes.length;
    underWay.add(batch);
    if (batch.attempts++ == 0) batch.sent = now;
    return batch;
  }

  private void completed(Batch batch, Outcome outcome) {
    synchronized (this) {
      if (!underWay.remove(batch) || closed) return; // what became of a batch counts once
      long dropped = drops.total();
      switch (outcome.kind) {
        case DELIVERED:
          failures = 0;
          delivered.addAndGet(batch.items - outcome.rejected);
          drops.add(Drops.Reason.REJECTED, outcome.rejected);
          done(batch);
          health.becomes(TargetHealth.State.UP, "", drops.total());
          break;
        case REFUSED:
          failures = 0;
          giveUp(batch, Drops.Reason.REJECTED);
          health.becomes(TargetHealth.State.REFUSING, outcome.reason, dropped);
          break;
        case UNREACHABLE:
          boolean unknown = !terms.configured && !health.hasAnswered();
          backOff();
          putBack(batch);
          hopeless = closing;
          health.becomes(
              unknown ? TargetHealth.State.NOBODY : TargetHealth.State.AWAY,
              outcome.reason,
              dropped);
          break;
        case BROKEN:
        case RETRY:
          boolean stale = outcome.kind == Outcome.Kind.BROKEN && batch.attempts == 1;
          if (stale && failures == 0) {
            putBack(batch); // on a connection that was kept open for too long
            break;
          }
          backOff();
          pause(batch, outcome.pauseNanos);
          boolean late = System.nanoTime() - batch.sent > terms.timeoutNanos;
          if (late) giveUp(batch, Drops.Reason.TIMEOUT);
          else putBack(batch);
          health.becomes(TargetHealth.State.AWAY, outcome.reason, dropped);
          break;
      }
      notifyAll();
    }
    pump();
  }

  private void putBack(Batch batch) {
    try {
      waiting.addFirst(batch);
    } catch (OutOfMemoryError full) {
      giveUp(batch, Drops.Reason.EXPORT_QUEUE_FULL);
      return;
    }
    bytesWaiting += batch.buffer.bytes.length;
    enforceBounds();
  }

  private void giveUp(Batch batch, Drops.Reason why) {
    drops.add(why, batch.items);
    done(batch);
  }

  /** The batches that were under way together fail together: they count as one. */
  private void backOff() {
    long now = System.nanoTime();
    if (failures > 0 && now - notBefore < 0) return;
    double exponential = FIRST_BACKOFF * Math.pow(1.5, Math.min(failures, 10));
    double jitter = ThreadLocalRandom.current().nextDouble(0.8, 1.2);
    notBefore = now + (long) (Math.min(LONGEST_BACKOFF, exponential) * jitter);
    failures++;
  }

  /** Waits as the target asks; that does not count as the batch's own time. */
  private void pause(Batch batch, long nanos) {
    if (nanos == 0 || closing) return;
    long until = System.nanoTime() + nanos;
    if (until - notBefore > 0) notBefore = until;
    batch.sent += nanos;
  }

  private void done(Batch batch) {
    itemsHeld -= batch.items;
    if (spare.size() < MOST_SPARE && batch.buffer.bytes.length <= MOST_SPARE_BYTES) {
      batch.clear();
      spare.addFirst(batch);
    }
  }

  private void enforceBounds() {
    while (itemsHeld > terms.mostItems || bytesWaiting > terms.mostBytes) {
      Batch oldest = waiting.pollFirst();
      if (oldest == null) return;
      bytesWaiting -= oldest.buffer.bytes.length;
      giveUp(oldest, Drops.Reason.EXPORT_QUEUE_FULL);
    }
  }

  /** A batch to be used again, which was delivered, or null. */
  synchronized @Nullable Batch spare() {
    if (spare.size() <= 1) spareUsed = System.nanoTime(); // all but one were needed
    return spare.pollFirst();
  }

  /**
   * Whether more batches would be encoded for nothing: nobody is there, and one waits to try with.
   */
  synchronized boolean isUseless() {
    return health.is(TargetHealth.State.NOBODY) && itemsHeld > 0;
  }

  synchronized int itemsHeld() {
    return itemsHeld;
  }

  long delivered() {
    return delivered.get();
  }

  /** Sends what is there, waits for it at most so long, and drops the rest. */
  void close(long timeoutNanos) {
    long deadline = System.nanoTime() + timeoutNanos;
    synchronized (this) {
      closing = true;
      health.silence();
      notBefore = System.nanoTime(); // one more try, now
    }
    while (!finished(deadline)) pump();
    target.close();
  }

  private synchronized boolean finished(long deadline) {
    long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    boolean nobody = health.is(TargetHealth.State.NOBODY);
    boolean givenUp = hopeless || nobody && underWay.isEmpty();
    if (itemsHeld > 0 && left > 0 && !givenUp) {
      try {
        if (!underWay.isEmpty() || failures > 0) wait(Math.min(left, CLOSING_STEP_MILLIS));
        return false;
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    if (itemsHeld > 0 && !nobody) health.ends(itemsHeld);
    drops.add(Drops.Reason.SHUTDOWN, itemsHeld);
    itemsHeld = 0;
    waiting.clear();
    closed = true;
    return true;
  }

  /** For the doctor. */
  synchronized String state() {
    return health.toString();
  }
}
