package dev.atalaya.agent.library.executors;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.weave.Captured;
import dev.atalaya.agent.weave.Coverage;
import dev.atalaya.agent.weave.LibraryInstrumentation;
import dev.atalaya.agent.weave.Weaver;
import dev.atalaya.bridge.Tracing;
import net.bytebuddy.asm.Advice;

/**
 * What was chained to a CompletableFuture runs in the context it was chained in, on whatever thread
 * completes the future.
 *
 * <p>Tasks and completions are fork/join tasks, which {@link ForkJoinInstrumentation} makes
 * remember their context; here is where they run when no fork/join pool runs them.
 */
@AutoService(LibraryInstrumentation.class)
public final class CompletableFutureInstrumentation extends LibraryInstrumentation {
  private static final String FUTURE = "java.util.concurrent.CompletableFuture$";
  private static final String[] TASKS = {"AsyncRun", "AsyncSupply"};
  private static final String[] COMPLETIONS = {
    "UniApply",
    "UniAccept",
    "UniRun",
    "UniWhenComplete",
    "UniHandle",
    "UniExceptionally",
    "UniCompose",
    "UniComposeExceptionally",
    "BiApply",
    "BiAccept",
    "BiRun",
    "OrApply",
    "OrAccept",
    "OrRun"
  };

  public CompletableFutureInstrumentation() {
    super("completablefuture");
  }

  @Override
  public Coverage coverage() {
    return Coverage.of(Captured.CONTEXT).jdk("CompletableFuture", 8, 25);
  }

  @Override
  public void weave(Weaver weaver) {
    for (String task : TASKS) weaver.in(FUTURE + task).weave("run", "()V", Run.class);
    for (String completion : COMPLETIONS) {
      weaver.in(FUTURE + completion).weave("tryFire", null, Run.class);
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
