package dev.atalaya.agent.library.vertx;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.weave.Captured;
import dev.atalaya.agent.weave.Coverage;
import dev.atalaya.agent.weave.HookNumber;
import dev.atalaya.agent.weave.LibraryInstrumentation;
import dev.atalaya.agent.weave.Weaver;
import dev.atalaya.bridge.Call;
import dev.atalaya.bridge.Tracing;
import net.bytebuddy.asm.Advice;

/**
 * Whose work Vert.x does. From 4.0 on each request, and each message, has a context of its own, a
 * duplicate, and whatever it leads to is dispatched on that, on whatever thread: what is remembered
 * is in a private field of it. Tasks that have none, and all of 3.9, carry where they were made.
 *
 * <p>The requests' spans are Netty's.
 */
@AutoService(LibraryInstrumentation.class)
public final class VertxInstrumentation extends LibraryInstrumentation {
  private static final String CORE = "io.vertx.core.impl.";
  private static final String OLD_CONTEXT = "Lio/vertx/core/impl/ContextInternal;";
  private static final String NEW_CONTEXT = "Lio/vertx/core/internal/ContextInternal;";
  private static final String HTTP = "io.vertx.core.http.impl.";
  private static final String RUNNABLE = "Ljava/lang/Runnable;";

  public VertxInstrumentation() {
    super("vertx");
  }

  @Override
  public Coverage coverage() {
    return Coverage.of(Captured.CONTEXT)
        .library(
            "Vert.x",
            "io.vertx:vertx-web:3.9.16",
            "io.vertx:vertx-web:4.0.3",
            "io.vertx:vertx-web:4.5.32",
            "io.vertx:vertx-web:5.1.6")
        .limit("HTTP/2 is not seen where 5.1 is told to have a channel for each stream.");
  }

  @Override
  public void weave(Weaver weaver) {
    weaver
        .in(CORE + "DuplicatedContext") // from 4.0 on
        .stateHolder()
        .weave("<init>", null, MakeContext.class);
    weaver
        .in(CORE + "AbstractContext") // up to 4.2
        .weave("beginDispatch", "()" + OLD_CONTEXT, BeginOnContext.class)
        .weave("endDispatch", "(" + OLD_CONTEXT + ")V", End.class);
    for (String context : new String[] {OLD_CONTEXT, NEW_CONTEXT}) {
      weaver
          .in(CORE + "VertxImpl")
          .ofSomeVersions()
          .weave("beginDispatch", "(" + context + ")" + context, Begin.class)
          .weave("endDispatch", "(" + context + ")V", End.class);
    }
    // Up to 3.9, where a request that came before the answer to another has to wait.
    weaver
        .in(HTTP + "HttpServerRequestImpl")
        .ofSomeVersions() // another class from 5.1 on
        .stateHolder()
        .weave(
            "<init>",
            "(Lio/vertx/core/http/impl/Http1xServerConnection;"
                + "Lio/netty/handler/codec/http/HttpRequest;)V",
            MakeContext.class);
    weaver
        .in(HTTP + "Http1xServerConnection")
        .ofSomeVersions()
        .weave("handleNext", "(Lio/vertx/core/http/impl/HttpServerRequestImpl;)V", Next.class);
    // Up to 3.9, where a pool of connections calls whoever waited in the context of who gave back.
    weaver
        .in(HTTP + "HttpClientRequestImpl")
        .ofSomeVersions()
        .needs("connected")
        .stateHolder()
        .weave(
            "<init>",
            "(Lio/vertx/core/http/impl/HttpClientImpl;ZLio/vertx/core/http/HttpMethod;"
                + "Lio/vertx/core/net/SocketAddress;Ljava/lang/String;ILjava/lang/String;"
                + "Lio/vertx/core/impl/VertxInternal;)V",
            MakeContext.class)
        .weave(
            "connected",
            "(Lio/vertx/core/Handler;Lio/vertx/core/http/impl/HttpClientStream;)V",
            GoOn.class)
        .weave("handleResponse", "(Lio/vertx/core/http/HttpClientResponse;J)V", GoOn.class);
    weaver
        .in(HTTP + "HttpClientResponseImpl")
        .weave("handleChunk", "(Lio/vertx/core/buffer/Buffer;)V", GoOnWithRequest.class)
        .weave("handleEnd", "(Lio/vertx/core/MultiMap;)V", GoOnWithRequest.class)
        .weave("handleException", "(Ljava/lang/Throwable;)V", GoOnWithRequest.class);
    weaver
        .in(CORE + "TaskQueue")
        .weave("execute", "(" + RUNNABLE + "Ljava/util/concurrent/Executor;)V", Queue.class);
    weaver
        .in(CORE + "WorkerTask") // from 4.5 on
        .stateHolder()
        .weave("<init>", null, MakeTask.class)
        .around("run", "()V", Run.class);
    weaver
        .in(CORE + "VertxImpl$InternalTimerHandler")
        .stateHolder()
        .weave("<init>", null, SetTimer.class)
        .weave("cancel", null, Cancel.class)
        .around("handle", "(Ljava/lang/Void;)V", Run.class);
    weaver
        .in("io.netty.util.concurrent.SingleThreadEventExecutor")
        .weave("execute", "(" + RUNNABLE + ")V", Loop.class);
  }

  /** What stands for a request, or for what else leads to work of its own. */
  static final class MakeContext {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @HookNumber(in = VertxHooks.class, event = "made") int made, @Advice.This Object context) {
      Tracing.hook(made, context);
    }
  }

  static final class Next {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Object enter(
        @HookNumber(in = VertxHooks.class, event = "comes") int comes,
        @Advice.Argument(0) Object request) {
      return Tracing.hook(comes, request);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter Object previous) {
      if (previous != null) Tracing.restore(previous);
    }
  }

  static final class GoOn {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Object enter(
        @HookNumber(in = VertxHooks.class, event = "comes") int comes,
        @Advice.This Object request) {
      return Tracing.hook(comes, request);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter Object previous) {
      if (previous != null) Tracing.restore(previous);
    }
  }

  static final class GoOnWithRequest {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Object enter(
        @HookNumber(in = VertxHooks.class, event = "comes") int comes,
        @Advice.FieldValue("request") Object request) {
      return Tracing.hook(comes, request);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter Object previous) {
      if (previous != null) Tracing.restore(previous);
    }
  }

  static final class BeginOnContext {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @HookNumber(in = VertxHooks.class, event = "begun") int begun,
        @Advice.This Object context,
        @Advice.Return Object previous) {
      Tracing.hook(begun, context, previous);
    }
  }

  static final class Begin {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @HookNumber(in = VertxHooks.class, event = "begun") int begun,
        @Advice.Argument(0) Object context,
        @Advice.Return Object previous) {
      Tracing.hook(begun, context, previous);
    }
  }

  static final class End {
    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @HookNumber(in = VertxHooks.class, event = "ended") int ended,
        @Advice.Argument(0) Object previous) {
      Tracing.undo(ended, previous);
    }
  }

  /**
   * The queue's own task runs those of many requests. One of a class of its own remembers where it
   * was made, and is cast to that class.
   */
  static final class Queue {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(value = 0, readOnly = false) Runnable task) {
      if (task == null || !task.getClass().getName().contains("$$Lambda")) return;
      task = Tracing.carry(task);
    }
  }

  static final class MakeTask {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This Object task) {
      Tracing.attach(task);
    }
  }

  static final class Run {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Call enter(
        @HookNumber(in = VertxHooks.class, event = "runs") int runs, @Advice.This Object task) {
      return (Call) Tracing.hook(runs, task);
    }
  }

  /** One that runs again and again is nobody's. */
  static final class SetTimer {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This Object timer, @Advice.FieldValue("periodic") boolean periodic) {
      if (!periodic) Tracing.attach(timer);
    }
  }

  static final class Cancel {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This Object timer) {
      Tracing.detach(timer);
    }
  }

  /** Of the tasks of an event loop, which may be anybody's, Vert.x' own. */
  static final class Loop {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(value = 0, readOnly = false) Runnable task) {
      if (task == null || !task.getClass().getName().startsWith("io.vertx.core.")) return;
      task = Tracing.carry(task);
    }
  }
}
