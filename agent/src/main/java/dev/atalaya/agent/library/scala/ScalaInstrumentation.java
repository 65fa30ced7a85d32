package dev.atalaya.agent.library.scala;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.weave.Captured;
import dev.atalaya.agent.weave.Coverage;
import dev.atalaya.agent.weave.HookNumber;
import dev.atalaya.agent.weave.LibraryInstrumentation;
import dev.atalaya.agent.weave.Weaver;
import dev.atalaya.bridge.Tracing;
import net.bytebuddy.asm.Advice;

/**
 * What is chained to a Scala future, its body included, runs in the context it was chained in, on
 * whatever executor, and whoever completes the future.
 */
@AutoService(LibraryInstrumentation.class)
public final class ScalaInstrumentation extends LibraryInstrumentation {
  public ScalaInstrumentation() {
    super("scala");
  }

  @Override
  public Coverage coverage() {
    return Coverage.of(Captured.CONTEXT)
        .library(
            "Scala's futures",
            "org.scala-lang:scala-library:2.12.20",
            "org.scala-lang:scala-library:2.13.18");
  }

  @Override
  public void weave(Weaver weaver) {
    weaver
        .in("scala.concurrent.impl.Promise$Transformation")
        .stateHolder()
        .weave("<init>", null, Chain.class)
        .weave("run", "()V", Run.class);
    weaver // of 2.12
        .in("scala.concurrent.impl.CallbackRunnable")
        .stateHolder()
        .weave("<init>", null, Chain.class)
        .weave("run", "()V", Run.class);
  }

  static final class Chain {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @HookNumber(in = ScalaHooks.class, event = "chained") int chained,
        @Advice.This Object task) {
      Tracing.hook(chained, task);
    }
  }

  static final class Run {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Object enter(
        @HookNumber(in = ScalaHooks.class, event = "runs") int runs, @Advice.This Object task) {
      return Tracing.hook(runs, task);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @HookNumber(in = ScalaHooks.class, event = "ran") int ran,
        @Advice.This Object task,
        @Advice.Enter Object previous) {
      if (previous != null) Tracing.restore(previous);
      Tracing.undo(ran, task);
    }
  }
}
