package dev.atalaya.agent.library.undertow;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.weave.Captured;
import dev.atalaya.agent.weave.Coverage;
import dev.atalaya.agent.weave.HookNumber;
import dev.atalaya.agent.weave.LibraryInstrumentation;
import dev.atalaya.agent.weave.Weaver;
import dev.atalaya.bridge.Call;
import dev.atalaya.bridge.Tracing;
import io.undertow.server.DefaultResponseListener;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.ExceptionHandler;
import io.undertow.util.AttachmentKey;
import io.undertow.util.PathTemplateMatch;
import net.bytebuddy.asm.Advice;

/**
 * Requests that Undertow answers, by servlets, by handlers of another kind, or by none: from its
 * root handler, which runs again on each thread that a request is dispatched to, until complete.
 */
@AutoService(LibraryInstrumentation.class)
public final class UndertowInstrumentation extends LibraryInstrumentation {
  /** Quarkus' fork has classes of these names on Netty's headers; servlets are woven there. */
  private static final String HEADERS = "()Lio/undertow/util/HeaderMap;";

  public UndertowInstrumentation() {
    super("undertow");
  }

  @Override
  public Coverage coverage() {
    return Coverage.of(Captured.SPANS, Captured.ROUTE, Captured.ERRORS, Captured.CONTEXT)
        .library(
            "Undertow",
            "io.undertow:undertow-servlet:2.2.38.Final",
            "io.undertow:undertow-servlet:2.3.20.Final")
        .limit(
            "Where a connection is upgraded to HTTP/2 in clear text, the first request leaves a"
                + " second span, with status 101 and no route.");
  }

  @Override
  public void weave(Weaver weaver) {
    weaver
        .in("io.undertow.server.Connectors")
        .marked(HEADERS)
        .weave(
            "executeRootHandler",
            "(Lio/undertow/server/HttpHandler;Lio/undertow/server/HttpServerExchange;)V",
            Execute.class);
    weaver
        .in("io.undertow.server.HttpServerExchange")
        .marked(HEADERS)
        .stateHolder()
        .weave(
            "dispatch",
            "(Ljava/util/concurrent/Executor;Ljava/lang/Runnable;)"
                + "Lio/undertow/server/HttpServerExchange;",
            Dispatch.class)
        .weave("invokeExchangeCompleteListeners", "()V", Complete.class);
    weaver
        .in("io.undertow.util.AbstractAttachable")
        .weave(
            "putAttachment",
            "(Lio/undertow/util/AttachmentKey;Ljava/lang/Object;)Ljava/lang/Object;",
            Match.class);
  }

  static final class Execute {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Call enter(@Advice.Argument(1) HttpServerExchange exchange) {
      if (Tracing.serving()) return null;
      Call call = Tracing.goesOn(exchange);
      if (call != null || exchange.isComplete()) return call;
      call =
          Tracing.serve(
              exchange.getRequestHeaders(),
              exchange.getRequestMethod().toString(),
              exchange.getRequestScheme(),
              exchange.getRequestHeaders().getFirst("Host"),
              -1,
              exchange.getRequestURI(),
              exchange.getQueryString());
      return Tracing.begun(exchange, call);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter Call call) {
      Tracing.left(call);
    }
  }

  /** A task that is no handler: handlers run through {@link Execute}'s method again. */
  static final class Dispatch {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(value = 1, readOnly = false) Runnable task) {
      task = Tracing.carry(task);
    }
  }

  static final class Complete {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = UndertowHooks.class, event = "failed") int failed,
        @Advice.This HttpServerExchange exchange) {
      Throwable error = exchange.getAttachment(ExceptionHandler.THROWABLE);
      if (error == null) error = exchange.getAttachment(DefaultResponseListener.EXCEPTION);
      if (error != null) Tracing.hook(failed, exchange, error);
      Tracing.completed(exchange, exchange.getStatusCode());
    }
  }

  /**
   * A router attaches the template and the parameters that it found, for the handlers behind it.
   */
  static final class Match {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = UndertowHooks.class, event = "matched") int matched,
        @Advice.This Object exchange,
        @Advice.Argument(0) AttachmentKey<?> key,
        @Advice.Argument(1) Object match) {
      if (key == PathTemplateMatch.ATTACHMENT_KEY) Tracing.hook(matched, exchange, match);
    }
  }
}
