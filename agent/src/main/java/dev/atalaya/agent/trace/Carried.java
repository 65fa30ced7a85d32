package dev.atalaya.agent.trace;

import dev.atalaya.agent.catalogue.Catalogue;
import dev.atalaya.agent.catalogue.Library;
import dev.atalaya.agent.catalogue.Trait;
import dev.atalaya.bridge.Call;
import dev.atalaya.bridge.Tracing;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.FutureTask;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/** A context on its way to another thread: entered there before the task, left after it. */
final class Carried {
  /** What to go back to where the thread had nothing open. */
  private static final Object NOTHING = new Object();

  private static final ClassValue<Boolean> WANTED =
      new ClassValue<Boolean>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          // These are woven themselves: each remembers where it was made.
          if (FutureTask.class.isAssignableFrom(type)) return false;
          if (ForkJoinTask.class.isAssignableFrom(type)) return false;
          if (OwnContext.class.isAssignableFrom(type)) return false;
          // Servers', and those of OkHttp, whose calls remember where they were made.
          Library library = Catalogue.of(type.getName());
          return library == null || !library.is(Trait.OWN_TASKS);
        }
      };

  private Carried() {}

  /**
   * Whether the task is one to wrap.
   *
   * <p>A server's is not: a Tomcat thread, dispatched to from a request, goes on to read the
   * connection's next request in the same run, which would become part of the first.
   */
  static boolean wants(@Nullable Runnable task) {
    return task != null && WANTED.get(task.getClass());
  }

  /**
   * Whether the task may wait in the queue as something else: {@code getQueue()} shows it, and a
   * queue that compares casts it. Nobody casts to a lambda's class.
   */
  static boolean fits(Runnable task, @Nullable Object queue) {
    if (queue instanceof PriorityBlockingQueue || queue instanceof DelayQueue) return false;
    return task.getClass().getName().contains("$$Lambda");
  }

  static Object enter(@Nullable Span context) {
    Open open = Open.get();
    if (context != null) context.request().unit.taskMade();
    Object previous = open.parent == null ? NOTHING : open.parent;
    open.parent = context;
    return previous;
  }

  static void leave(@Nullable Object previous) {
    if (previous == null) return;
    Open open = Open.get();
    Span left = open.parent;
    if (left != null) left.request().unit.taskRan();
    open.parent = previous == NOTHING ? null : (Span) previous;
    if (open.parent == null) open.call = null;
  }

  /** As {@link #enter}, outside advice: no error of the agent's may keep the task from running. */
  private static @Nullable Object begin(Handed task) {
    try {
      Object previous = Tracing.isOn() ? enter(task.context) : null;
      task.waitsNoMore();
      return previous;
    } catch (Throwable error) {
      Tracing.failed(error, "executor");
      return null;
    }
  }

  /** As {@link #leave}, outside advice: nor may one replace what the task threw. */
  private static void end(@Nullable Object previous) {
    try {
      leave(previous);
    } catch (Throwable error) {
      Tracing.failed(error, "executor");
    }
  }

  /**
   * A task that its unit of work counts from when it is made until it runs first, or never will.
   */
  abstract static class Handed {
    private static final AtomicIntegerFieldUpdater<Handed> WAITS =
        AtomicIntegerFieldUpdater.newUpdater(Handed.class, "waits");

    final Span context;
    private volatile int waits = 1;

    Handed(Span context) {
      context.request().unit.taskMade();
      this.context = context;
    }

    final boolean waits() {
      return waits == 1;
    }

    /** Once: what runs again is not waited for again, and must not count for another. */
    final void waitsNoMore() {
      if (waits == 1 && WAITS.compareAndSet(this, 1, 0)) context.request().unit.taskRan();
    }
  }

  /** Runs the task in the context it was made in; equal to nothing but itself. */
  static final class OfRunnable extends Handed implements OwnContext {
    final Runnable task;

    OfRunnable(Runnable task, Span context) {
      super(context);
      this.task = task;
    }

    @Override
    public void run() {
      Object previous = begin(this);
      try {
        task.run();
      } finally {
        end(previous);
      }
    }

    @Override
    public String toString() {
      return task.toString();
    }
  }

  /** Finds a wrapped task in a queue: {@code Collection.remove} asks its argument for equality. */
  static final class Queued {
    private final Object task;

    Queued(Object task) {
      this.task = task;
    }

    @Override
    public boolean equals(@Nullable Object entry) {
      return entry instanceof OfRunnable && ((OfRunnable) entry).task.equals(task);
    }

    @Override
    public int hashCode() {
      return task.hashCode();
    }
  }

  /** Kept with a task, also when it has run: some are run again. */
  static class Attached extends Handed {
    Attached(Span context) {
      super(context);
    }
  }

  /**
   * A call, with a span or without, after which its thread goes back to its context from before.
   */
  static final class OfCall extends Call {
    private final @Nullable Span span;
    private @Nullable Object previous;

    OfCall(@Nullable Span span, @Nullable Object previous) {
      this.span = span;
      this.previous = previous;
    }

    @Override
    public void end(@Nullable Throwable error) {
      if (span != null) span.end(error);
      leave(previous);
      previous = null;
    }

    @Override
    public void status(int code) {
      if (span != null) span.status(code);
    }

    @Override
    public void error(@Nullable String type, @Nullable String message) {
      if (span != null) span.error(type, message);
    }

    @Override
    public void attribute(String key, @Nullable Object value) {
      if (span != null) span.attribute(key, value);
    }

    @Override
    public void detach() {
      if (span != null) span.detach();
      leave(previous);
      previous = null;
    }
  }
}
