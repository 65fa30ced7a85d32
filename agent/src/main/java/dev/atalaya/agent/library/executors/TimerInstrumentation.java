package dev.atalaya.agent.library.executors;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.weave.Captured;
import dev.atalaya.agent.weave.Coverage;
import dev.atalaya.agent.weave.HookNumber;
import dev.atalaya.agent.weave.LibraryInstrumentation;
import dev.atalaya.agent.weave.Weaver;
import dev.atalaya.bridge.Call;
import dev.atalaya.bridge.Tracing;
import java.util.TimerTask;
import net.bytebuddy.asm.Advice;

/** A java.util.Timer's one-shot tasks carry their context; its periodic ones are jobs. */
@AutoService(LibraryInstrumentation.class)
public final class TimerInstrumentation extends LibraryInstrumentation {
  private static final String TASK = "java/util/TimerTask";

  public TimerInstrumentation() {
    super("timer");
  }

  @Override
  public Coverage coverage() {
    return Coverage.of(Captured.SPANS, Captured.CONTEXT).jdk("Timer", 8, 25);
  }

  @Override
  public void weave(Weaver weaver) {
    weaver.in("java.util.Timer").weave("sched", "(L" + TASK + ";JJ)V", Schedule.class);
    weaver.in("java.util.TimerTask").weave("cancel", "()Z", ExecutorInstrumentation.Cancel.class);
    weaver.inSubtypesOf("java.util.TimerTask").marked(TASK).around("run", "()V", Run.class);
  }

  static final class Schedule {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(0) Object task, @Advice.Argument(2) long period) {
      if (period == 0) Tracing.attach(task);
    }
  }

  static final class Run {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Call enter(
        @HookNumber(in = ExecutorHooks.class, event = "run") int run, @Advice.This TimerTask task) {
      return (Call) Tracing.hook(run, task);
    }
  }
}
