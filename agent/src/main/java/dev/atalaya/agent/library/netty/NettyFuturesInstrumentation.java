package dev.atalaya.agent.library.netty;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.weave.Captured;
import dev.atalaya.agent.weave.Coverage;
import dev.atalaya.agent.weave.HookNumber;
import dev.atalaya.agent.weave.LibraryInstrumentation;
import dev.atalaya.agent.weave.Weaver;
import dev.atalaya.bridge.Tracing;
import net.bytebuddy.asm.Advice;

/**
 * What listens to a future of Netty's is told in the context in which it was added, whoever
 * completes the future; so is a task run that an event loop is given.
 *
 * <p>Netty adds listeners of its own to all that it does, which need none: the advice sees by their
 * names that there is nothing to ask.
 */
@AutoService(LibraryInstrumentation.class)
public final class NettyFuturesInstrumentation extends LibraryInstrumentation {
  private static final String CONCURRENT = "io.netty.util.concurrent.";
  private static final String LISTENER = "Lio/netty/util/concurrent/GenericFutureListener;";

  public NettyFuturesInstrumentation() {
    super("netty-futures");
  }

  @Override
  public Coverage coverage() {
    return Coverage.of(Captured.CONTEXT)
        .library(
            "Netty's futures",
            "io.netty:netty-codec-http2:4.1.34.Final",
            "io.netty:netty-codec-http2:4.2.14.Final")
        .limit(
            "Listeners, and tasks of event loops, have the context where they are the application's"
                + " or an HTTP client's; tasks that are submitted or scheduled have none.");
  }

  @Override
  public void weave(Weaver weaver) {
    weaver
        .in(CONCURRENT + "DefaultPromise")
        .stateHolder()
        .weave("addListener0", "(" + LISTENER + ")V", Add.class)
        .weave("removeListener0", "(" + LISTENER + ")V", Remove.class)
        .weave(
            "notifyListener0", "(Lio/netty/util/concurrent/Future;" + LISTENER + ")V", Tell.class);
    weaver
        .in(CONCURRENT + "SingleThreadEventExecutor")
        .weave("execute", "(Ljava/lang/Runnable;)V", Execute.class);
  }

  static final class Add {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = NettyFutureHooks.class, event = "added") int added,
        @Advice.This Object promise,
        @Advice.Argument(0) Object listener) {
      if (listener.getClass().getName().startsWith("io.netty.")) return;
      Tracing.hook(added, promise, listener);
    }
  }

  static final class Remove {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = NettyFutureHooks.class, event = "removed") int removed,
        @Advice.This Object promise,
        @Advice.Argument(0) Object listener) {
      Tracing.undo(removed, promise, listener);
    }
  }

  static final class Tell {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Object enter(
        @HookNumber(in = NettyFutureHooks.class, event = "told") int told,
        @Advice.Argument(0) Object future,
        @Advice.Argument(1) Object listener) {
      if (listener.getClass().getName().startsWith("io.netty.")) return null;
      return Tracing.hook(told, future, listener);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @HookNumber(in = NettyFutureHooks.class, event = "left") int left,
        @Advice.Enter Object previous) {
      if (previous != null) Tracing.undo(left, previous);
    }
  }

  static final class Execute {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = NettyFutureHooks.class, event = "handed") int handed,
        @Advice.Argument(value = 0, readOnly = false) Runnable task) {
      if (task == null || task.getClass().getName().startsWith("io.netty.")) return;
      Object carrying = Tracing.hook(handed, task);
      if (carrying != null) task = (Runnable) carrying;
    }
  }
}
