package dev.atalaya.agent.library.reactivestreams;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.weave.Captured;
import dev.atalaya.agent.weave.Coverage;
import dev.atalaya.agent.weave.LibraryInstrumentation;
import dev.atalaya.agent.weave.Weaver;

/**
 * What a chain of operators does belongs where it was subscribed, also on a source's thread: a
 * driver's, another request's.
 *
 * <p>The subscriber right behind the source remembers the context; nothing is wrapped, so what
 * libraries look for in each other's subscribers (fusion, their own types) is there. Sources of the
 * libraries that have a folder are named there.
 */
@AutoService(LibraryInstrumentation.class)
public final class ReactiveStreamsInstrumentation extends LibraryInstrumentation {

  private static final Class<?> HOOKS = ReactiveStreamsHooks.class;
  private static final String INTERFACES = "org.reactivestreams:reactive-streams:1.0.4";

  public ReactiveStreamsInstrumentation() {
    super("reactivestreams");
  }

  @Override
  public Coverage coverage() {
    return Coverage.of(Captured.CONTEXT)
        .library(
            "Reactive Streams",
            INTERFACES,
            "io.projectreactor:reactor-core:3.8.8", // subscribers,
            "io.lettuce:lettuce-core:7.7.0.RELEASE", // and publishers
            INTERFACES);
  }

  @Override
  public void weave(Weaver weaver) {
    weaver
        .inSubtypesOf("org.reactivestreams.Publisher")
        // There it is what subscribes to the chain's last, or all of them do through one method.
        .except(
            "reactor.core.publisher.",
            "io.smallrye.mutiny.operators.AbstractMulti",
            "io.reactivex.Flowable",
            "io.reactivex.rxjava3.core.Flowable")
        .weave("subscribe", "(Lorg/reactivestreams/Subscriber;)V", Subscribe.class);
    weaver
        .inSubtypesOf("org.reactivestreams.Subscriber")
        .marked("onNext")
        .marked("onComplete")
        .marked("(Lorg/reactivestreams/Subscription;)V") // what others extend, and dispose
        .bracket("onNext", "(Ljava/lang/Object;)V", HOOKS, "signal", "left")
        .bracket("tryOnNext", "(Ljava/lang/Object;)Z", HOOKS, "signal", "left")
        .bracket("onError", "(Ljava/lang/Throwable;)V", HOOKS, "ends", "left")
        .bracket("onComplete", "()V", HOOKS, "ends", "left")
        .bracket("cancel", "()V", HOOKS, "cancelled", "left")
        .bracket("dispose", "()V", HOOKS, "cancelled", "left");
  }
}
