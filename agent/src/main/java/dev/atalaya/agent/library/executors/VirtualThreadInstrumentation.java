package dev.atalaya.agent.library.executors;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.weave.Captured;
import dev.atalaya.agent.weave.Coverage;
import dev.atalaya.agent.weave.LibraryInstrumentation;
import dev.atalaya.agent.weave.Weaver;
import dev.atalaya.bridge.Tracing;
import net.bytebuddy.asm.Advice;

/**
 * A virtual thread, and a thread that an executor makes for one task, carries its maker's context.
 * So does what a StructuredTaskScope forks, on whatever threads its factory makes.
 */
@AutoService(LibraryInstrumentation.class)
public final class VirtualThreadInstrumentation extends LibraryInstrumentation {
  private static final String RUNNABLE = "Ljava/lang/Runnable;";

  public VirtualThreadInstrumentation() {
    super("virtualthread");
  }

  @Override
  public Coverage coverage() {
    return Coverage.of(Captured.CONTEXT)
        .jdk("Virtual threads", 21, 26)
        .jdk("StructuredTaskScope", 21, 26);
  }

  @Override
  public void weave(Weaver weaver) {
    weaver
        .in("java.lang.ThreadBuilders") // behind Thread.ofVirtual and its factories
        .weave(
            "newVirtualThread",
            "(Ljava/util/concurrent/Executor;Ljava/lang/String;I"
                + RUNNABLE
                + ")Ljava/lang/Thread;",
            MakeVirtual.class);
    weaver
        .in("java.util.concurrent.ThreadPerTaskExecutor")
        .weave("newThread", "(" + RUNNABLE + ")Ljava/lang/Thread;", Make.class);
    for (String scope : new String[] {"StructuredTaskScope", "StructuredTaskScopeImpl"}) {
      weaver // of the first up to JDK 24
          .in("java.util.concurrent." + scope + "$SubtaskImpl")
          .stateHolder()
          .weave("<init>", null, ForkJoinInstrumentation.Made.class)
          .weave("run", "()V", ForkJoinInstrumentation.Run.class);
    }
  }

  static final class MakeVirtual {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(value = 3, readOnly = false) Runnable task) {
      task = Tracing.carry(task);
    }
  }

  static final class Make {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(value = 0, readOnly = false) Runnable task) {
      task = Tracing.carry(task);
    }
  }
}
