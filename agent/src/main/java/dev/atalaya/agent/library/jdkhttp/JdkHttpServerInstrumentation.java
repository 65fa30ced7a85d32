package dev.atalaya.agent.library.jdkhttp;

import com.google.auto.service.AutoService;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsExchange;
import dev.atalaya.agent.weave.Captured;
import dev.atalaya.agent.weave.Coverage;
import dev.atalaya.agent.weave.HookNumber;
import dev.atalaya.agent.weave.LibraryInstrumentation;
import dev.atalaya.agent.weave.Weaver;
import dev.atalaya.bridge.Call;
import dev.atalaya.bridge.Tracing;
import net.bytebuddy.asm.Advice;

/** Requests to the JDK's own HTTP server, from the first filter until the handler has answered. */
@AutoService(LibraryInstrumentation.class)
public final class JdkHttpServerInstrumentation extends LibraryInstrumentation {
  private static final String EXCHANGE = "sun.net.httpserver.HttpExchangeImpl";
  private static final String HTTPS_EXCHANGE = "sun.net.httpserver.HttpsExchangeImpl";

  public JdkHttpServerInstrumentation() {
    super("jdk-httpserver");
  }

  @Override
  public Coverage coverage() {
    return Coverage.of(Captured.SPANS, Captured.ROUTE, Captured.ERRORS, Captured.CONTEXT)
        .jdk("com.sun.net.httpserver", 8, 26)
        .limit("A path without a context is answered by the server itself, and is no span.");
  }

  @Override
  public void weave(Weaver weaver) {
    weaver
        .in("com.sun.net.httpserver.Filter$Chain")
        .weave("doFilter", "(Lcom/sun/net/httpserver/HttpExchange;)V", Handle.class);
    for (String exchange : new String[] {EXCHANGE, HTTPS_EXCHANGE}) {
      weaver
          .in(exchange)
          .weave("sendResponseHeaders", "(IJ)V", SendWithoutBody.class)
          .weave("close", "()V", Close.class);
    }
    weaver.in("sun.net.httpserver.PlaceholderOutputStream").weave("close", "()V", CloseBody.class);
  }

  static final class Handle {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Call enter(
        @HookNumber(in = JdkHttpServerHooks.class, event = "isAgents") int isAgents,
        @Advice.Argument(0) HttpExchange exchange) {
      if (Tracing.serving()) return null;
      Object own = Tracing.hook(isAgents, exchange.getHttpContext().getHandler());
      if (Boolean.TRUE.equals(own)) return Tracing.quiet();
      Call call =
          Tracing.serve(
              exchange.getRequestHeaders(),
              exchange.getRequestMethod(),
              exchange instanceof HttpsExchange ? "https" : "http",
              exchange.getRequestHeaders().getFirst("Host"),
              -1,
              exchange.getRequestURI().getRawPath(),
              exchange.getRequestURI().getRawQuery());
      Tracing.fallbackRoute(exchange.getHttpContext().getPath());
      return call;
    }

    /** No status yet: the handler answers later, on a thread of its own. */
    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @HookNumber(in = JdkHttpServerHooks.class, event = "answerLater") int answerLater,
        @Advice.Enter Call call,
        @Advice.Argument(0) HttpExchange exchange,
        @Advice.Thrown Throwable error) {
      if (call == null) return;
      call.status(exchange.getResponseCode());
      if (error != null || exchange.getResponseCode() > 0) Tracing.end(call, error);
      else Tracing.hook(answerLater, call, exchange, exchange.getResponseBody());
    }
  }

  static final class SendWithoutBody {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @HookNumber(in = JdkHttpServerHooks.class, event = "answered") int answered,
        @Advice.This HttpExchange exchange,
        @Advice.Argument(1) long length) {
      if (length == -1) Tracing.hook(answered, exchange.getResponseBody());
    }
  }

  static final class Close {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @HookNumber(in = JdkHttpServerHooks.class, event = "answered") int answered,
        @Advice.This HttpExchange exchange) {
      Tracing.hook(answered, exchange.getResponseBody());
    }
  }

  static final class CloseBody {
    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @HookNumber(in = JdkHttpServerHooks.class, event = "answered") int answered,
        @Advice.This Object body) {
      Tracing.hook(answered, body);
    }
  }
}
