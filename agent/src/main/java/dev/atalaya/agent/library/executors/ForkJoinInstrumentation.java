package dev.atalaya.agent.library.executors;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.weave.Captured;
import dev.atalaya.agent.weave.Coverage;
import dev.atalaya.agent.weave.LibraryInstrumentation;
import dev.atalaya.agent.weave.Weaver;
import dev.atalaya.bridge.Tracing;
import net.bytebuddy.asm.Advice;

/**
 * Fork/join tasks, among them what CompletableFuture and {@code ForkJoinPool.submit} make, run in
 * the context they were made in, also where another request's thread helps out.
 */
@AutoService(LibraryInstrumentation.class)
public final class ForkJoinInstrumentation extends LibraryInstrumentation {
  public ForkJoinInstrumentation() {
    super("forkjoin");
  }

  @Override
  public Coverage coverage() {
    return Coverage.of(Captured.CONTEXT).jdk("Fork/join", 8, 25);
  }

  @Override
  public void weave(Weaver weaver) {
    weaver
        .in("java.util.concurrent.ForkJoinTask")
        .stateHolder()
        .weave("<init>", "()V", Made.class)
        .weave("doExec", null, Run.class) // returned int up to 17, then nothing
        .weave("cancel", "(Z)Z", ExecutorInstrumentation.Cancel.class);
    weaver // what a pool is given, from JDK 22 on
        .in("java.util.concurrent.ForkJoinTask$InterruptibleTask")
        .weave("cancel", "(Z)Z", ExecutorInstrumentation.Cancel.class);
  }

  static final class Made {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This Object task) {
      Tracing.attach(task);
    }
  }

  static final class Run {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Object enter(@Advice.This Object task) {
      return Tracing.resumeAttached(task);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter Object previous) {
      Tracing.restore(previous);
    }
  }
}
