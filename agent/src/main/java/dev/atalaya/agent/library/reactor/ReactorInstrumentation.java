package dev.atalaya.agent.library.reactor;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.library.reactivestreams.Subscribe;
import dev.atalaya.agent.weave.Captured;
import dev.atalaya.agent.weave.Coverage;
import dev.atalaya.agent.weave.HookNumber;
import dev.atalaya.agent.weave.LibraryInstrumentation;
import dev.atalaya.agent.weave.Weaver;
import dev.atalaya.bridge.Call;
import dev.atalaya.bridge.Tracing;
import net.bytebuddy.asm.Advice;

/**
 * Where Reactor's sources are subscribed to, and its tasks that run on virtual threads. Its other
 * schedulers are the JDK's executors.
 *
 * <p>Reactor takes a chain apart in a loop: each operator makes the subscriber for the one before
 * it, and only what is no such operator is subscribed to. Some operators end the loop though they
 * are one, because many chains share what they hold.
 */
@AutoService(LibraryInstrumentation.class)
public final class ReactorInstrumentation extends LibraryInstrumentation {
  private static final String PUBLISHER = "reactor.core.publisher.";
  private static final String SUBSCRIBER = "Lreactor/core/CoreSubscriber;";
  private static final String[] SHARED = {
    "MonoCacheTime", "MonoCacheInvalidateIf", "MonoCacheInvalidateWhen", "FluxReplay"
  };
  private static final String LOOP = "(" + SUBSCRIBER + ")" + SUBSCRIBER;

  public ReactorInstrumentation() {
    super("reactor");
  }

  @Override
  public Coverage coverage() {
    return Coverage.of(Captured.CONTEXT)
        .library(
            "Reactor",
            "io.projectreactor:reactor-core:3.3.0.RELEASE",
            "io.projectreactor:reactor-core:3.8.8");
  }

  @Override
  public void weave(Weaver weaver) {
    weaver
        .inSubtypesOf("reactor.core.CorePublisher")
        .except(
            PUBLISHER + "InternalFluxOperator",
            PUBLISHER + "InternalMonoOperator",
            PUBLISHER + "InternalConnectableFluxOperator")
        .weave("subscribe", "(" + SUBSCRIBER + ")V", Subscribe.class);
    for (String shared : SHARED) {
      weaver.in(PUBLISHER + shared).weave("subscribeOrReturn", LOOP, Subscribe.class);
    }
    weaver
        .in("reactor.core.scheduler.BoundedElasticThreadPerTaskScheduler$SchedulerTask")
        .stateHolder()
        .weave("<init>", null, Scheduled.class)
        .around("run", "()V", Run.class)
        .weave("dispose", "()V", Disposed.class);
  }

  static final class Scheduled {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This Object task, @Advice.FieldValue("fixedRatePeriod") long period) {
      if (period < 0) Tracing.attach(task); // what runs again and again is nobody's
    }
  }

  static final class Run {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Call enter(
        @HookNumber(in = ReactorHooks.class, event = "run") int run, @Advice.This Object task) {
      return (Call) Tracing.hook(run, task);
    }
  }

  static final class Disposed {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This Object task) {
      Tracing.detach(task);
    }
  }
}
