package dev.atalaya.agent.library.rxjava;

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
 * What a chain of RxJava's operators does belongs where it was subscribed. Its schedulers are the
 * JDK's executors.
 *
 * <p>Each operator subscribes to the one above it, and whatever source that is, asks the plugins
 * for the observer before: one small class, where the observer behind a source is known.
 * Subscribers of a Flowable are those of reactive streams.
 */
@AutoService(LibraryInstrumentation.class)
public final class RxJavaInstrumentation extends LibraryInstrumentation {
  private static final Class<?> HOOKS = ReactiveStreamsHooks.class;

  public RxJavaInstrumentation() {
    super("rxjava");
  }

  @Override
  public Coverage coverage() {
    return Coverage.of(Captured.CONTEXT)
        .library(
            "RxJava 2", "io.reactivex.rxjava2:rxjava:2.2.0", "io.reactivex.rxjava2:rxjava:2.2.21")
        .library(
            "RxJava 3", "io.reactivex.rxjava3:rxjava:3.0.0", "io.reactivex.rxjava3:rxjava:3.1.12");
  }

  @Override
  public void weave(Weaver weaver) {
    chains(weaver, "io.reactivex.", "io.reactivex.");
    chains(weaver, "io.reactivex.rxjava3.", "io.reactivex.rxjava3.core.");
  }

  private static void chains(Weaver weaver, String library, String types) {
    Weaver.Target subscribing = weaver.in(library + "plugins.RxJavaPlugins");
    subscribing(subscribing, types + "Flowable", "org.reactivestreams.Subscriber");
    for (String source : new String[] {"Observable", "Single", "Maybe", "Completable"}) {
      String observer = types + (source.equals("Observable") ? "" : source) + "Observer";
      subscribing(subscribing, types + source, observer);
      weaver
          .inSubtypesOf(observer)
          .marked("onNext")
          .marked("onSuccess")
          .marked("onComplete")
          .marked("(" + type(library + "disposables.Disposable") + ")V") // to extend; may dispose
          .bracket("onNext", "(Ljava/lang/Object;)V", HOOKS, "signal", "left")
          .bracket("onSuccess", "(Ljava/lang/Object;)V", HOOKS, "ends", "left")
          .bracket("onError", "(Ljava/lang/Throwable;)V", HOOKS, "ends", "left")
          .bracket("onComplete", "()V", HOOKS, "ends", "left")
          .bracket("dispose", "()V", HOOKS, "cancelled", "left");
    }
  }

  private static void subscribing(Weaver.Target plugins, String source, String observer) {
    plugins.weave(
        "onSubscribe",
        "(" + type(source) + type(observer) + ")" + type(observer),
        OnSubscribe.class);
  }

  private static String type(String name) {
    return "L" + name.replace('.', '/') + ";";
  }

  /** Asked for the observer that the source is to be subscribed to with. */
  static final class OnSubscribe {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @HookNumber(in = RxJavaHooks.class, event = "subscribes") int subscribes,
        @Advice.Argument(0) Object source,
        @Advice.Return Object observer) {
      Tracing.hook(subscribes, observer, source);
    }
  }
}
