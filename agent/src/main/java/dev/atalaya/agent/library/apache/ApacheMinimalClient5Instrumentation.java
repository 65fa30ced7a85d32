package dev.atalaya.agent.library.apache;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.weave.Captured;
import dev.atalaya.agent.weave.Coverage;
import dev.atalaya.agent.weave.HookNumber;
import dev.atalaya.agent.weave.LibraryInstrumentation;
import dev.atalaya.agent.weave.Weaver;
import dev.atalaya.bridge.Tracing;
import java.util.concurrent.CancellationException;
import net.bytebuddy.asm.Advice;
import org.apache.hc.core5.http.HttpResponse;

/**
 * Requests that are sent by connection: those of Apache HttpClient 5's minimal clients, of what
 * they lease, and of HttpCore 5's requester. Each has a handler, made on the thread that sends,
 * which is told all that becomes of it.
 */
@AutoService(LibraryInstrumentation.class)
public final class ApacheMinimalClient5Instrumentation extends LibraryInstrumentation {
  private static final String CORE = "Lorg/apache/hc/core5/http/";
  private static final String SUPPORT = "org.apache.hc.core5.http.nio.support.";

  public ApacheMinimalClient5Instrumentation() {
    super("apacheminimalclient5");
  }

  @Override
  public Coverage coverage() {
    return Coverage.of(Captured.SPANS, Captured.ERRORS, Captured.CONTEXT)
        .library(
            "Apache HttpClient 5, minimal asynchronous",
            "org.apache.httpcomponents.client5:httpclient5:5.0.4",
            "org.apache.httpcomponents.client5:httpclient5:5.6.5")
        .limit(
            "A request that names no host, or whose handler or producer is the application's own,"
                + " leaves no span.");
  }

  @Override
  public void weave(Weaver weaver) {
    weaver
        .in(SUPPORT + "BasicRequestProducer")
        .weave(
            "<init>",
            "(" + CORE + "HttpRequest;" + CORE + "nio/AsyncEntityProducer;)V",
            Produce.class)
        .stateHolder();
    weaver
        .in("org.apache.hc.client5.http.impl.async.AbstractMinimalHttpAsyncClientBase$1")
        .weave("<init>", null, Answer.class)
        .stateHolder();
    weaver
        .in(SUPPORT + "BasicClientExchangeHandler")
        .weave("<init>", null, Make.class)
        .weave(
            "consumeResponse",
            "("
                + CORE
                + "HttpResponse;"
                + CORE
                + "EntityDetails;"
                + CORE
                + "protocol/HttpContext;)V",
            ConsumeResponse.class)
        .weave("failed", "(Ljava/lang/Exception;)V", Failed.class)
        .weave("cancel", "()V", Cancelled.class)
        .stateHolder();
    weaver
        .in(SUPPORT + "BasicClientExchangeHandler$1")
        .stateHolder()
        .weave("<init>", null, Hear.class)
        .weave("completed", "(Ljava/lang/Object;)V", Completed.class)
        .weave("failed", "(Ljava/lang/Exception;)V", Failed.class)
        .weave("cancelled", "()V", Cancelled.class);
  }

  static final class Produce {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @HookNumber(in = ApacheMinimalHooks.class, event = "has") int has,
        @Advice.This Object producer,
        @Advice.Argument(0) Object request) {
      Tracing.hook(has, producer, request);
    }
  }

  /**
   * The callback that the handler tells of the end; it has the future that the application may
   * cancel.
   */
  static final class Answer {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @HookNumber(in = ApacheMinimalHooks.class, event = "has") int has,
        @Advice.This Object callback,
        @Advice.Argument(1) Object future) {
      Tracing.hook(has, callback, future);
    }
  }

  static final class Make {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @HookNumber(in = ApacheMinimalHooks.class, event = "make") int make,
        @Advice.This Object handler,
        @Advice.Argument(0) Object producer,
        @Advice.Argument(2) Object callback) {
      Tracing.hook(make, handler, producer, callback);
    }
  }

  static final class ConsumeResponse {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = ApacheMinimalHooks.class, event = "status") int status,
        @Advice.This Object handler,
        @Advice.Argument(0) HttpResponse response) {
      Tracing.hook(status, handler, response.getCode());
    }
  }

  /** The part of the handler that hears of the response's body. */
  static final class Hear {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @HookNumber(in = ApacheMinimalHooks.class, event = "hear") int hear,
        @Advice.This Object part,
        @Advice.Argument(0) Object handler) {
      Tracing.hook(hear, part, handler);
    }
  }

  static final class Completed {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Object enter(
        @HookNumber(in = ApacheMinimalHooks.class, event = "end") int end,
        @HookNumber(in = ApacheMinimalHooks.class, event = "resume") int resume,
        @Advice.This Object handler) {
      Tracing.undo(end, handler);
      return Tracing.hook(resume, handler);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter Object previous) {
      Tracing.restore(previous);
    }
  }

  static final class Failed {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Object enter(
        @HookNumber(in = ApacheMinimalHooks.class, event = "end") int end,
        @HookNumber(in = ApacheMinimalHooks.class, event = "resume") int resume,
        @Advice.This Object handler,
        @Advice.Argument(0) Exception error) {
      Tracing.undo(end, handler, error);
      return Tracing.hook(resume, handler);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter Object previous) {
      Tracing.restore(previous);
    }
  }

  static final class Cancelled {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Object enter(
        @HookNumber(in = ApacheMinimalHooks.class, event = "end") int end,
        @HookNumber(in = ApacheMinimalHooks.class, event = "resume") int resume,
        @Advice.This Object handler) {
      Tracing.undo(end, handler, new CancellationException());
      return Tracing.hook(resume, handler);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter Object previous) {
      Tracing.restore(previous);
    }
  }
}
