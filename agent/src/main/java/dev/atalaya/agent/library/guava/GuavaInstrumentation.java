package dev.atalaya.agent.library.guava;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.weave.Captured;
import dev.atalaya.agent.weave.Coverage;
import dev.atalaya.agent.weave.HookNumber;
import dev.atalaya.agent.weave.LibraryInstrumentation;
import dev.atalaya.agent.weave.Weaver;
import dev.atalaya.bridge.Tracing;
import net.bytebuddy.asm.Advice;

/**
 * What listens to a ListenableFuture is run in the context in which it was added, on whatever
 * thread completes the future.
 *
 * <p>All callbacks and transformations are listeners. One is handed to its executor in its context:
 * what becomes of that on another thread is the executor's business.
 */
@AutoService(LibraryInstrumentation.class)
public final class GuavaInstrumentation extends LibraryInstrumentation {
  private static final String LISTENER = "(Ljava/lang/Runnable;Ljava/util/concurrent/Executor;)V";
  private static final String CONCURRENT = "com.google.common.util.concurrent.";

  public GuavaInstrumentation() {
    super("guava");
  }

  @Override
  public Coverage coverage() {
    return Coverage.of(Captured.CONTEXT)
        .library(
            "Guava's futures", "com.google.guava:guava:15.0", "com.google.guava:guava:33.7.2-jre")
        .limit(
            "A listener that is neither Guava's own nor a lambda, added by addListener, runs in the"
                + " context of who completes the future.");
  }

  @Override
  public void weave(Weaver weaver) {
    weaver
        .in(CONCURRENT + "AbstractFuture")
        .weave("addListener", LISTENER, Add.class)
        .weave("executeListener", LISTENER, Run.class); // up to 18 it has an ExecutionList
    weaver
        .in(CONCURRENT + "ExecutionList")
        .weave("add", LISTENER, Add.class)
        .weave("executeListener", LISTENER, Run.class);
  }

  static final class Add {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = GuavaHooks.class, event = "added") int added,
        @Advice.Argument(value = 0, readOnly = false) Runnable listener) {
      Object carrying = Tracing.hook(added, listener);
      if (carrying != null) listener = (Runnable) carrying;
    }
  }

  static final class Run {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Object enter(@Advice.Argument(0) Runnable listener) {
      return Tracing.resumeAttached(listener);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter Object previous) {
      if (previous != null) Tracing.restore(previous);
    }
  }
}
