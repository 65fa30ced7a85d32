package dev.atalaya.agent.library.executors;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.weave.Captured;
import dev.atalaya.agent.weave.Coverage;
import dev.atalaya.agent.weave.HookNumber;
import dev.atalaya.agent.weave.LibraryInstrumentation;
import dev.atalaya.agent.weave.Weaver;
import dev.atalaya.bridge.Tracing;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import net.bytebuddy.asm.Advice;

/**
 * Tasks given to a ThreadPoolExecutor carry the context they were handed over in.
 *
 * <p>A FutureTask is one submission and remembers where it was made. A plain Runnable may be one
 * object for many requests, so each hand-over counts; a lambda is wrapped, but only while it waits:
 * rejection handlers, {@code beforeExecute}, {@code remove} and {@code shutdownNow} see the
 * application's own. What unwraps stays woven whatever happens, as wrapped tasks may wait still.
 */
@AutoService(LibraryInstrumentation.class)
public final class ExecutorInstrumentation extends LibraryInstrumentation {
  private static final String RUNNABLE = "Ljava/lang/Runnable;";
  private static final String POOL = "java.util.concurrent.ThreadPoolExecutor";

  public ExecutorInstrumentation() {
    super("executor");
  }

  @Override
  public Coverage coverage() {
    return Coverage.of(Captured.CONTEXT)
        .jdk("Executors", 8, 25)
        .library("Spring's SimpleAsyncTaskExecutor", "org.springframework:spring-webmvc:5.3.39");
  }

  @Override
  public void weave(Weaver weaver) {
    weaver.in(POOL).weave("execute", "(" + RUNNABLE + ")V", Execute.class);
    weaver
        .in(POOL)
        .stays()
        .weave("getTask", "()" + RUNNABLE, GetTask.class)
        .weave("reject", "(" + RUNNABLE + ")V", Reject.class)
        .weave("remove", "(" + RUNNABLE + ")Z", Remove.class)
        .weave("drainQueue", "()Ljava/util/List;", DrainQueue.class);
    weaver.in(POOL + "$Worker").stays().weave("run", "()V", RunWorker.class);
    weaver
        .in("java.util.concurrent.FutureTask")
        .stateHolder()
        .weave("<init>", "(Ljava/util/concurrent/Callable;)V", Made.class)
        .weave("<init>", "(" + RUNNABLE + "Ljava/lang/Object;)V", Made.class)
        .weave("run", "()V", Run.class)
        .weave("cancel", "(Z)Z", Cancel.class);
    weaver
        .in("org.springframework.core.task.SimpleAsyncTaskExecutor")
        .weave("doExecute", "(" + RUNNABLE + ")V", Start.class);
  }

  static final class Execute {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.Argument(value = 0, readOnly = false) Runnable task,
        @Advice.FieldValue("workQueue") BlockingQueue<Runnable> queue) {
      task = Tracing.enqueue(task, queue);
    }
  }

  /** A pool's thread comes here between two tasks. */
  static final class GetTask {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter() {
      Tracing.idle();
    }

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Return(readOnly = false) Runnable task) {
      task = Tracing.dequeue(task);
    }
  }

  /** A thread's first task is not queued, but handed over with the thread. */
  static final class RunWorker {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.FieldValue(value = "firstTask", readOnly = false) Runnable task) {
      task = Tracing.dequeue(task);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit() {
      Tracing.idle();
    }
  }

  static final class Reject {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(value = 0, readOnly = false) Runnable task) {
      task = Tracing.unwrap(task);
    }
  }

  static final class Remove {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @HookNumber(in = ExecutorHooks.class, event = "sought") int sought,
        @Advice.Argument(0) Runnable task,
        @Advice.Return(readOnly = false) boolean removed,
        @Advice.FieldValue("workQueue") BlockingQueue<Runnable> queue) {
      if (removed) Tracing.unwrap(task);
      else removed = queue.remove(Tracing.undo(sought, task));
    }
  }

  static final class DrainQueue {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @HookNumber(in = ExecutorHooks.class, event = "drained") int drained,
        @Advice.Return List<Runnable> tasks) {
      Tracing.undo(drained, tasks);
    }
  }

  static final class Made {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This Object task) {
      Tracing.attach(task);
    }
  }

  /** Not {@code runAndReset}, which is a periodic run. */
  static final class Run {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Object enter(@Advice.This Object task) {
      Object previous = Tracing.resumeAttached(task);
      if (previous != null) Tracing.detach(task);
      return previous;
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter Object previous) {
      Tracing.restore(previous);
    }
  }

  /** What is cancelled before it has run never runs, even if it stays in the queue. */
  static final class Cancel {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This Object task, @Advice.Return boolean cancelled) {
      if (cancelled) Tracing.detach(task);
    }
  }

  /** A thread for one task. */
  static final class Start {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(value = 0, readOnly = false) Runnable task) {
      task = Tracing.carry(task);
    }
  }
}
