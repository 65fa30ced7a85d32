package dev.atalaya.agent.library.undertow;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.weave.Captured;
import dev.atalaya.agent.weave.Coverage;
import dev.atalaya.agent.weave.LibraryInstrumentation;
import dev.atalaya.agent.weave.Weaver;
import dev.atalaya.bridge.Call;
import dev.atalaya.bridge.Tracing;
import io.undertow.server.HttpServerExchange;
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
    return Coverage.of(Captured.SPANS, Captured.ERRORS, Captured.CONTEXT)
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
        .weave("invokeExchangeCompleteListeners", "()V", Complete.class);
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

  static final class Complete {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This HttpServerExchange exchange) {
      Tracing.completed(exchange, exchange.getStatusCode());
    }
  }
}
