package dev.atalaya.agent.library.executors;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.weave.Captured;
import dev.atalaya.agent.weave.Coverage;
import dev.atalaya.agent.weave.HookNumber;
import dev.atalaya.agent.weave.LibraryInstrumentation;
import dev.atalaya.agent.weave.Weaver;
import dev.atalaya.bridge.Call;
import dev.atalaya.bridge.Tracing;
import java.lang.reflect.Method;
import net.bytebuddy.asm.Advice;

/** Each run of a periodic task is a job of its own; also Spring's {@code @Scheduled} methods. */
@AutoService(LibraryInstrumentation.class)
public final class ScheduledInstrumentation extends LibraryInstrumentation {
  private static final String PERIODIC =
      "(Ljava/lang/Runnable;JJLjava/util/concurrent/TimeUnit;)"
          + "Ljava/util/concurrent/ScheduledFuture;";

  public ScheduledInstrumentation() {
    super("scheduled");
  }

  @Override
  public Coverage coverage() {
    return Coverage.of(Captured.SPANS, Captured.CONTEXT)
        .jdk("Scheduled executors", 8, 25)
        .library("Spring's @Scheduled", "org.springframework:spring-webmvc:5.3.39");
  }

  @Override
  public void weave(Weaver weaver) {
    weaver
        .in("java.util.concurrent.ScheduledThreadPoolExecutor")
        .weave("scheduleAtFixedRate", PERIODIC, Schedule.class)
        .weave("scheduleWithFixedDelay", PERIODIC, Schedule.class);
    weaver // from JDK 25 on
        .in("java.util.concurrent.ForkJoinPool")
        .ofSomeVersions()
        .weave("scheduleAtFixedRate", PERIODIC, Schedule.class)
        .weave("scheduleWithFixedDelay", PERIODIC, Schedule.class);
    // A cron trigger submits itself again and again as a one-shot task.
    weaver
        .in("org.springframework.scheduling.support.ScheduledMethodRunnable")
        .around("run", "()V", RunMethod.class);
  }

  static final class Schedule {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = ExecutorHooks.class, event = "schedule") int schedule,
        @Advice.Argument(value = 0, readOnly = false) Runnable task) {
      Object periodic = Tracing.hook(schedule, task);
      if (periodic != null) task = (Runnable) periodic;
    }

    /** The future was made in a request, perhaps, and outlives it. */
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Return Object future) {
      Tracing.detach(future);
    }
  }

  static final class RunMethod {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Call enter(@Advice.FieldValue("method") Method method) {
      return Tracing.job(method.getDeclaringClass().getName() + "#" + method.getName());
    }
  }
}
