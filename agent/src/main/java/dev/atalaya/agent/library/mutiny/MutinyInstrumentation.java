package dev.atalaya.agent.library.mutiny;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.library.reactivestreams.ReactiveStreamsHooks;
import dev.atalaya.agent.weave.Captured;
import dev.atalaya.agent.weave.Coverage;
import dev.atalaya.agent.weave.HookNumber;
import dev.atalaya.agent.weave.LibraryInstrumentation;
import dev.atalaya.agent.weave.Weaver;
import dev.atalaya.bridge.Tracing;
import net.bytebuddy.asm.Advice;

/**
 * What a chain of Mutiny's operators does belongs where it was subscribed. Its schedulers are the
 * JDK's executors, or pass on to them.
 *
 * <p>Each operator subscribes to the one above it: to a Uni with a subscriber that interceptors may
 * exchange before, and to a Multi by the method of any publisher, which makes the library's own
 * subscriber of another, or, with such a one at hand, through the group {@code subscribe()}.
 */
@AutoService(LibraryInstrumentation.class)
public final class MutinyInstrumentation extends LibraryInstrumentation {
  private static final String MUTINY = "io.smallrye.mutiny.";
  private static final String UNI_SUBSCRIBER = "Lio/smallrye/mutiny/subscription/UniSubscriber;";
  private static final String MULTI_SUBSCRIBER =
      "Lio/smallrye/mutiny/subscription/MultiSubscriber;";
  private static final String SUBSCRIBE_MULTI = "subscribe(" + MULTI_SUBSCRIBER + ")V";
  private static final Class<?> HOOKS = ReactiveStreamsHooks.class;

  public MutinyInstrumentation() {
    super("mutiny");
  }

  @Override
  public Coverage coverage() {
    return Coverage.of(Captured.CONTEXT)
        .library(
            "Mutiny",
            "io.smallrye.reactive:mutiny:1.0.0",
            "io.smallrye.reactive:mutiny:2.0.0",
            "io.smallrye.reactive:mutiny:3.1.1");
  }

  @Override
  public void weave(Weaver weaver) {
    weaver
        .in(MUTINY + "infrastructure.Infrastructure")
        .weave(
            "onUniSubscription",
            "(Lio/smallrye/mutiny/Uni;" + UNI_SUBSCRIBER + ")" + UNI_SUBSCRIBER,
            OnUniSubscription.class);
    weaver
        .in(MUTINY + "operators.AbstractMulti")
        .beforeCall(
            "subscribe",
            "(Lorg/reactivestreams/Subscriber;)V", // of 1
            SUBSCRIBE_MULTI,
            MutinyHooks.class,
            "subscribes")
        .beforeCall(
            "subscribe",
            "(Ljava/util/concurrent/Flow$Subscriber;)V",
            SUBSCRIBE_MULTI,
            MutinyHooks.class,
            "subscribes");
    weaver
        .in(MUTINY + "groups.MultiSubscribe")
        .weave(
            "withSubscriber",
            "(" + MULTI_SUBSCRIBER + ")" + MULTI_SUBSCRIBER,
            WithSubscriber.class);
    weaver
        .inSubtypesOf(MUTINY + "subscription.UniSubscriber")
        .marked("onItem")
        .marked("(Lio/smallrye/mutiny/subscription/UniSubscription;)V")
        .bracket("onItem", "(Ljava/lang/Object;)V", HOOKS, "ends", "left")
        .bracket("onFailure", "(Ljava/lang/Throwable;)V", HOOKS, "ends", "left")
        .bracket("cancel", "()V", HOOKS, "cancelled", "left");
    weaver
        .inSubtypesOf(MUTINY + "subscription.MultiSubscriber")
        .marked("onItem")
        .marked("onCompletion")
        .bracket("onItem", "(Ljava/lang/Object;)V", HOOKS, "signal", "left")
        .bracket("onFailure", "(Ljava/lang/Throwable;)V", HOOKS, "ends", "left")
        .bracket("onCompletion", "()V", HOOKS, "ends", "left")
        .bracket("cancel", "()V", HOOKS, "cancelled", "left");
  }

  /** Asked for the subscriber that the source is to be subscribed to with. */
  static final class OnUniSubscription {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @HookNumber(in = MutinyHooks.class, event = "subscribes") int subscribes,
        @Advice.Argument(0) Object source,
        @Advice.Return Object subscriber) {
      Tracing.hook(subscribes, subscriber, source);
    }
  }

  /** The library's own, as most of its operators do. */
  static final class WithSubscriber {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = MutinyHooks.class, event = "subscribes") int subscribes,
        @Advice.FieldValue("upstream") Object source,
        @Advice.Argument(0) Object subscriber) {
      Tracing.hook(subscribes, subscriber, source);
    }
  }
}
