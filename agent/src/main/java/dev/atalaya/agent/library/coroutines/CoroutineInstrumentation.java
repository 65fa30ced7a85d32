package dev.atalaya.agent.library.coroutines;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.weave.Captured;
import dev.atalaya.agent.weave.Coverage;
import dev.atalaya.agent.weave.HookNumber;
import dev.atalaya.agent.weave.LibraryInstrumentation;
import dev.atalaya.agent.weave.Weaver;
import dev.atalaya.bridge.Tracing;
import net.bytebuddy.asm.Advice;

/**
 * A Kotlin coroutine runs in the context that it was started in, on whatever thread it goes on, and
 * leaves each thread as it was.
 *
 * <p>All that goes on after a suspension goes through {@code BaseContinuationImpl.resumeWith},
 * whoever dispatched it or did not. The coroutine it is a part of is known by its CoroutineContext:
 * each coroutine makes one of its own, and all of its continuations have that very object. So what
 * is remembered is in a private field of that, where no application sees it.
 */
@AutoService(LibraryInstrumentation.class)
public final class CoroutineInstrumentation extends LibraryInstrumentation {
  private static final String CONTEXT = "Lkotlin/coroutines/CoroutineContext;";
  private static final String RUNNABLE = "(Ljava/lang/Runnable;)V";

  private static final String[] EXECUTORS = {
    "DispatcherExecutor",
    "scheduling.CoroutineScheduler",
    "scheduling.LimitingDispatcher", // up to 1.5
    "scheduling.DefaultIoScheduler"
  };

  public CoroutineInstrumentation() {
    super("coroutines");
  }

  @Override
  public Coverage coverage() {
    return Coverage.of(Captured.CONTEXT)
        .library(
            "Kotlin coroutines",
            "org.jetbrains.kotlinx:kotlinx-coroutines-core:1.3.9",
            "org.jetbrains.kotlinx:kotlinx-coroutines-core-jvm:1.11.0")
        .limit("`@Traced` on a suspend function is a span for each of its runs on a thread.");
  }

  @Override
  public void weave(Weaver weaver) {
    weaver
        .in("kotlin.coroutines.jvm.internal.BaseContinuationImpl")
        .weave("resumeWith", "(Ljava/lang/Object;)V", Resume.class);
    weaver.in("kotlin.coroutines.CombinedContext").stateHolder();
    weaver.in("kotlin.coroutines.EmptyCoroutineContext").stateHolder();
    weaver
        .in("kotlinx.coroutines.AbstractCoroutine")
        .stateHolder() // where it was started in an empty context, it is its own
        .weave("<init>", "(" + CONTEXT + "Z)V", Make.class) // up to 1.4
        .weave("<init>", "(" + CONTEXT + "ZZ)V", Make.class)
        .weave("onCompletionInternal", null, Complete.class);
    for (String lazy : new String[] {"LazyStandaloneCoroutine", "LazyDeferredCoroutine"}) {
      weaver.in("kotlinx.coroutines." + lazy).weave("onStart", "()V", Start.class);
    }
    weaver // what is collected upstream in another context that has the same dispatcher
        .in("kotlinx.coroutines.flow.internal.ChannelFlowKt")
        .weave("withContextUndispatched", null, Collect.class);
    // Tasks that are none of a coroutine's: a dispatcher as an executor.
    for (String executor : EXECUTORS) {
      weaver.in("kotlinx.coroutines." + executor).weave("execute", RUNNABLE, Execute.class);
    }
  }

  static final class Resume {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Object enter(
        @HookNumber(in = CoroutineHooks.class, event = "goesOn") int goesOn,
        @Advice.This Object continuation) {
      return Tracing.hook(goesOn, continuation);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter Object previous) {
      if (previous != null) Tracing.restore(previous);
    }
  }

  static final class Make {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @HookNumber(in = CoroutineHooks.class, event = "begun") int begun,
        @Advice.FieldValue("context") Object context) {
      Tracing.hook(begun, context);
    }
  }

  static final class Complete {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @HookNumber(in = CoroutineHooks.class, event = "ended") int ended,
        @Advice.FieldValue("context") Object context) {
      Tracing.undo(ended, context);
    }
  }

  static final class Start {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = CoroutineHooks.class, event = "started") int started,
        @Advice.This Object coroutine) {
      Tracing.hook(started, coroutine);
    }
  }

  static final class Collect {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = CoroutineHooks.class, event = "within") int within,
        @Advice.Argument(0) Object context) {
      Tracing.hook(within, context);
    }
  }

  static final class Execute {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(value = 0, readOnly = false) Runnable task) {
      task = Tracing.carry(task);
    }
  }
}
