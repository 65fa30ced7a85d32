package dev.atalaya.agent.trace;

import com.blogspot.mydailyjava.weaklockfree.WeakConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The hand-overs of one task that waits in queues as itself, and the context they have in common.
 *
 * <p>A task that waits twice, for two requests, runs in no context: none is better than the wrong
 * one. A hand-over whose end is never seen (the application empties the queue by itself) costs the
 * later ones of that object their context.
 */
final class WaitingTask {
  private static final WeakConcurrentMap<Runnable, WaitingTask> TASKS =
      new WeakConcurrentMap.WithInlinedExpunction<>();
  private static final Object[] LOCKS = new Object[16];

  static {
    for (int i = 0; i < LOCKS.length; i++) LOCKS[i] = new Object();
  }

  private @Nullable Span context;
  private int count;

  private WaitingTask() {}

  /**
   * Counts every hand-over: one from outside any request must not run in another's. The context's
   * unit of work waits for it until it is taken, or is known not to run in it.
   */
  static void add(Runnable task, @Nullable Span context) {
    synchronized (lock(task)) {
      WaitingTask waiting = TASKS.getIfPresent(task);
      if (waiting == null) {
        waiting = new WaitingTask();
        waiting.context = context;
        TASKS.put(task, waiting);
      } else if (waiting.context != context) {
        waiting.forgetContext();
      }
      waiting.count++;
      if (waiting.context != null) waiting.context.request().unit.taskMade();
    }
  }

  private void forgetContext() {
    Span before = context;
    context = null;
    if (before == null) return;
    for (int i = 0; i < count; i++) before.request().unit.taskRan();
  }

  /** The task waits no more, once; the caller counts that in the context's unit of work. */
  static @Nullable Span take(Runnable task) {
    if (TASKS.getIfPresent(task) == null) return null;
    synchronized (lock(task)) {
      WaitingTask waiting = TASKS.getIfPresent(task);
      if (waiting == null) return null;
      if (--waiting.count == 0) TASKS.remove(task);
      return waiting.context;
    }
  }

  private static Object lock(Runnable task) {
    return LOCKS[System.identityHashCode(task) & (LOCKS.length - 1)];
  }
}
