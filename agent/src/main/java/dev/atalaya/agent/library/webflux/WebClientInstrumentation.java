package dev.atalaya.agent.library.webflux;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.weave.Captured;
import dev.atalaya.agent.weave.Coverage;
import dev.atalaya.agent.weave.HookNumber;
import dev.atalaya.agent.weave.LibraryInstrumentation;
import dev.atalaya.agent.weave.Weaver;
import dev.atalaya.bridge.Tracing;
import net.bytebuddy.asm.Advice;

/**
 * The line of code that asks Spring's WebClient for something. It is sent when somebody subscribes,
 * and goes from the request's specification to its builder, to the request, and to the connector,
 * whose client makes the span.
 */
@AutoService(LibraryInstrumentation.class)
public final class WebClientInstrumentation extends LibraryInstrumentation {
  private static final String CLIENT = "org.springframework.web.reactive.function.client.";
  private static final String REQUEST =
      "Lorg/springframework/web/reactive/function/client/ClientRequest;";

  public WebClientInstrumentation() {
    super("spring-webclient");
  }

  @Override
  public Coverage coverage() {
    return Coverage.of(Captured.CONTEXT)
        .library(
            "Spring's WebClient",
            "org.springframework:spring-webflux:5.2.25.RELEASE",
            "org.springframework:spring-webflux:7.0.10")
        .limit("The line of code is that which asks, through Reactor Netty 1.0 and newer.");
  }

  @Override
  public void weave(Weaver weaver) {
    weaver
        .in(CLIENT + "DefaultWebClient$DefaultRequestBodyUriSpec")
        .stateHolder()
        .weave("exchange", "()Lreactor/core/publisher/Mono;", Ask.class)
        .weave("initRequestBuilder", null, Begin.class);
    weaver
        .in(CLIENT + "DefaultClientRequestBuilder")
        .stateHolder()
        .weave("<init>", "(" + REQUEST + ")V", Copy.class)
        .weave("build", "()" + REQUEST, Build.class);
    weaver.in(CLIENT + "DefaultClientRequestBuilder$BodyInserterRequest").stateHolder();
    weaver
        .in(CLIENT + "ExchangeFunctions$DefaultExchangeFunction")
        .weave("exchange", "(" + REQUEST + ")Lreactor/core/publisher/Mono;", Connect.class);
  }

  static final class Ask {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = WebClientHooks.class, event = "asked") int asked,
        @Advice.This Object specification) {
      Tracing.hook(asked, specification);
    }
  }

  static final class Begin {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @HookNumber(in = WebClientHooks.class, event = "passedOn") int passedOn,
        @Advice.This Object specification,
        @Advice.Return Object builder) {
      Tracing.hook(passedOn, specification, builder);
    }
  }

  /** A filter sends another request in place of the one that it has. */
  static final class Copy {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @HookNumber(in = WebClientHooks.class, event = "passedOn") int passedOn,
        @Advice.This Object builder,
        @Advice.Argument(0) Object request) {
      Tracing.hook(passedOn, request, builder);
    }
  }

  static final class Build {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @HookNumber(in = WebClientHooks.class, event = "passedOn") int passedOn,
        @Advice.This Object builder,
        @Advice.Return Object request) {
      Tracing.hook(passedOn, builder, request);
    }
  }

  /** The connector calls its client within this method. */
  static final class Connect {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = WebClientHooks.class, event = "connects") int connects,
        @Advice.Argument(0) Object request) {
      Tracing.hook(connects, request);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@HookNumber(in = WebClientHooks.class, event = "connected") int connected) {
      Tracing.undo(connected, null);
    }
  }
}
