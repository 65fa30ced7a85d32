package dev.atalaya.agent.library.webflux;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.library.springrouter.RouterException;
import dev.atalaya.agent.weave.Captured;
import dev.atalaya.agent.weave.Coverage;
import dev.atalaya.agent.weave.HookNumber;
import dev.atalaya.agent.weave.LibraryInstrumentation;
import dev.atalaya.agent.weave.Weaver;
import dev.atalaya.bridge.Tracing;
import net.bytebuddy.asm.Advice;

/**
 * The templates that Spring WebFlux' handlers are mapped to, annotated and functional ones, and the
 * exceptions that they end with.
 */
@AutoService(LibraryInstrumentation.class)
public final class WebFluxInstrumentation extends LibraryInstrumentation {
  private static final String WEB = "org.springframework.web.reactive.";
  private static final String FUNCTIONS = WEB + "function.server.";
  private static final String EXCHANGE = "Lorg/springframework/web/server/ServerWebExchange;";
  private static final String ANSWER =
      "Ljava/util/function/BiFunction;)"
          + "Lorg/springframework/web/reactive/function/server/RouterFunctions$Builder;";
  private static final String THROWABLE = "Ljava/lang/Throwable;";
  private static final String MONO = "Lreactor/core/publisher/Mono;";
  private static final String METHOD = "Lorg/springframework/web/method/HandlerMethod;";
  private static final String BINDING = "Lorg/springframework/web/reactive/BindingContext;";

  public WebFluxInstrumentation() {
    super("spring-webflux");
  }

  @Override
  public Coverage coverage() {
    return Coverage.of(Captured.ROUTE, Captured.ERRORS)
        .library(
            "Spring WebFlux",
            "org.springframework:spring-webflux:5.2.25.RELEASE",
            "org.springframework:spring-webflux:7.0.10")
        .limit(
            "Functional routes that were built before the agent was attached do not tell which"
                + " exceptions their `onError` answers.");
  }

  @Override
  public void weave(Weaver weaver) {
    String handle = "(" + EXCHANGE + "Ljava/lang/Object;)" + MONO;
    weaver
        .in(WEB + "DispatcherHandler")
        .weave("invokeHandler", handle, Match.class)
        .weave("handleRequestWith", handle, Match.class); // 6.0 and newer
    weaver
        .in(FUNCTIONS + "RouterFunctions$DefaultRouterFunction")
        .weave("route", "(L" + FUNCTIONS.replace('.', '/') + "ServerRequest;)" + MONO, Route.class);
    weaver
        .in(FUNCTIONS + "RouterFunctionBuilder")
        .weave("onError", "(Ljava/util/function/Predicate;" + ANSWER, RouterException.class)
        .weave("onError", "(Ljava/lang/Class;" + ANSWER, RouterException.class);
    weaver
        .in(WEB + "result.method.annotation.RequestMappingHandlerAdapter")
        .weave(
            "handleException",
            "(" + THROWABLE + METHOD + BINDING + EXCHANGE + ")" + MONO,
            OldHandlerException.class)
        .weave(
            "handleException",
            "(" + EXCHANGE + THROWABLE + METHOD + BINDING + ")" + MONO,
            HandlerException.class);
    weaver
        .inSubtypesOf("org.springframework.web.server.WebExceptionHandler")
        .weave("handle", "(" + EXCHANGE + THROWABLE + ")" + MONO, HandlerException.class);
  }

  static final class Match {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = WebFluxHooks.class, event = "matched") int matched,
        @Advice.Argument(0) Object exchange) {
      Tracing.hook(matched, exchange);
    }
  }

  /** Below a DispatcherHandler or not: each function that has the request's handler. */
  static final class Route {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @HookNumber(in = WebFluxHooks.class, event = "routed") int routed,
        @Advice.Argument(0) Object request,
        @Advice.Return Object handler) {
      Tracing.hook(routed, request, handler);
    }
  }

  static final class HandlerException {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(1) Throwable error) {
      Tracing.caught(error);
    }
  }

  static final class OldHandlerException {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(0) Throwable error) {
      Tracing.caught(error);
    }
  }
}
