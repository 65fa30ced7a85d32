package dev.atalaya.agent.library.reactor;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.library.reactivestreams.ReactiveStreamsHooks;
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
 * it, and only the source is subscribed to, at the end of the loop: there the subscriber behind it
 * is known. The sources are hundreds of classes. Some operators end the loop though they are one,
 * because many chains share what they hold.
 */
@AutoService(LibraryInstrumentation.class)
public final class ReactorInstrumentation extends LibraryInstrumentation {
  private static final String PUBLISHER = "reactor.core.publisher.";
  private static final String SUBSCRIBER = "Lreactor/core/CoreSubscriber;";
  private static final String[] SHARED = {
    "MonoCacheTime", "MonoCacheInvalidateIf", "MonoCacheInvalidateWhen", "FluxReplay"
  };
  private static final String SUBSCRIBE = "subscribe(" + SUBSCRIBER + ")V";

  /** Where the loop ends, and what subscribes by itself with a subscriber of its own. */
  private static final String[] SUBSCRIBING = {
    "Flux subscribe",
    "Mono subscribe",
    "InternalFluxOperator subscribe",
    "InternalMonoOperator subscribe",
    "InternalConnectableFluxOperator subscribe",
    "FluxFromMonoOperator subscribe",
    "MonoFromFluxOperator subscribe",
    "FluxRepeat$RepeatSubscriber resubscribe",
    "FluxRepeatPredicate$RepeatPredicateSubscriber resubscribe",
    "FluxRepeatWhen$RepeatWhenMainSubscriber resubscribe",
    "FluxRetry$RetrySubscriber resubscribe",
    "FluxRetryPredicate$RetryPredicateSubscriber resubscribe", // of 3.3
    "FluxRetryWhen subscribe",
    "FluxRetryWhen$RetryWhenMainSubscriber resubscribe",
    "FluxSubscribeOn$SubscribeOnSubscriber run",
    "FluxDelaySubscription accept",
    "MonoDelaySubscription accept",
    "FluxScanSeed$ScanSeedCoordinator onComplete",
    "FluxTimeout$TimeoutMainSubscriber onNext",
    "FluxUsing subscribe",
    "MonoUsing subscribe",
    "MonoUsingWhen subscribe",
    "MonoUsingWhen$ResourceSubscriber onNext",
    "MonoDelayUntil subscribe",
    "MonoFlatMap$FlatMapMain onNext",
    "MonoIgnoreThen$ThenIgnoreMain drain", // up to 3.3
    "MonoIgnoreThen$ThenIgnoreMain subscribeNext",
    "FluxRefCount subscribe",
    "FluxRefCountGrace subscribe",
    "FluxPublish connect",
    "FluxReplay connect",
    "FluxReplay subscribe",
    "MonoPublishMulticast subscribeOrReturn",
    "MonoCacheTime subscribeOrReturn",
    "MonoCacheInvalidateWhen subscribeOrReturn",
    "MonoCacheInvalidateWhen$CoordinatorSubscriber cacheLoad",
    "MonoCacheInvalidateIf$CoordinatorSubscriber delayedSubscribe",
  };

  private static final Class<?> HOOKS = ReactiveStreamsHooks.class;
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
    for (String place : SUBSCRIBING) {
      int method = place.indexOf(' ');
      weaver
          .in(PUBLISHER + place.substring(0, method))
          .beforeCall(place.substring(method + 1), null, SUBSCRIBE, HOOKS, "subscribed");
    }
    weaver
        .in(PUBLISHER + "MonoZip$ZipCoordinator")
        .ofSomeVersions() // others subscribe in the loop
        .beforeCall("request", null, SUBSCRIBE, HOOKS, "subscribed");
    weaver
        .in(PUBLISHER + "BaseSubscriber")
        .weave("onSubscribe", "(Lorg/reactivestreams/Subscription;)V", OnSubscribe.class);
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

  /** The application's own subscriber, which may be subscribed to a source directly. */
  static final class OnSubscribe {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = ReactiveStreamsHooks.class, event = "subscribed") int subscribed,
        @Advice.This Object subscriber) {
      Tracing.hook(subscribed, subscriber);
    }
  }

  static final class Scheduled {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This Object task, @Advice.FieldValue("fixedRatePeriod") long period) {
      if (period < 0) Tracing.attach(task); // a periodic task belongs to no request
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
