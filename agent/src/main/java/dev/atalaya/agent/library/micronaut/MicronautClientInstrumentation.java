package dev.atalaya.agent.library.micronaut;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.weave.Captured;
import dev.atalaya.agent.weave.Coverage;
import dev.atalaya.agent.weave.HookNumber;
import dev.atalaya.agent.weave.LibraryInstrumentation;
import dev.atalaya.agent.weave.Weaver;
import dev.atalaya.bridge.Tracing;
import net.bytebuddy.asm.Advice;

/**
 * For whom Micronaut's HTTP client works, and the line that asks: it is called on one thread, and
 * sends on a connection's. The spans are Netty's.
 *
 * <p>Up to 4.0 it waits for a connection by Reactor's operators, or by listeners of Netty's
 * futures, which have the context. Later it has flows of its own: each step of one is run in the
 * context in which it was added. So is each response read, which may lead to another request.
 */
@AutoService(LibraryInstrumentation.class)
public final class MicronautClientInstrumentation extends LibraryInstrumentation {
  private static final String CLIENT = "io.micronaut.http.client.netty.";
  private static final String REQUEST = "Lio/micronaut/http/HttpRequest;";
  private static final String FLOW = "Lio/micronaut/core/execution/ExecutionFlow;";
  private static final String[] STEPS = {"Map", "FlatMap", "Then", "OnErrorResume", "OnComplete"};
  private static final String STEP = "(" + FLOW + ")" + FLOW;
  private static final String HANDLER = "SimpleChannelInboundHandlerInstrumented";
  private static final String READ =
      "(Lio/netty/channel/ChannelHandlerContext;Ljava/lang/Object;)V";
  private static final Class<?> HOOKS = MicronautClientHooks.class;

  public MicronautClientInstrumentation() {
    super("micronaut-client");
  }

  @Override
  public Coverage coverage() {
    return Coverage.of(Captured.CONTEXT)
        .library(
            "Micronaut's HTTP client",
            "io.micronaut:micronaut-http-client:3.0.0",
            "io.micronaut:micronaut-http-client:3.10.19",
            "io.micronaut:micronaut-http-client:4.0.0",
            "io.micronaut:micronaut-http-client:4.10.37")
        .limit("A request for which there is no connection is no span. HTTP/2 was not tried.")
        .limit("In 3, what is asked for as a stream begins a trace of its own.");
  }

  @Override
  public void weave(Weaver weaver) {
    weaver.in(CLIENT + "NettyClientHttpRequest").stateHolder();
    weaver
        .in(CLIENT + "DefaultHttpClient")
        .weave("resolveRequestURI", "(" + REQUEST + "Z)Lorg/reactivestreams/Publisher;", Ask.class)
        .weave("resolveRequestURI", "(" + REQUEST + "Z)" + FLOW, Ask.class)
        .weave("setRedirectHeaders", null, Redirect.class)
        .weave("sendRequestThroughChannel", null, Send.class) // up to 4.0
        .weave("sendRawRequest0", null, SendRaw.class);
    for (String step : STEPS) { // from 4.0 on
      pieces(weaver, "io.micronaut.core.execution.DelayedExecutionFlowImpl$" + step, "apply", STEP);
    }
    pieces(weaver, CLIENT + HANDLER, "channelRead0", READ);
    pieces(weaver, CLIENT + "DefaultHttpClient$" + HANDLER, "channelRead0", READ); // up to 3.0
  }

  /** An object made for a request, and its method that goes on with that. */
  private static void pieces(Weaver weaver, String type, String method, String descriptor) {
    weaver.in(type).weave("<init>", null, Make.class);
    weaver.in(type).bracket(method, descriptor, HOOKS, "goesOn", "left");
  }

  /** On the thread that asks, whichever way it does. */
  static final class Ask {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = MicronautClientHooks.class, event = "asked") int asked,
        @Advice.Argument(0) Object request) {
      Tracing.hook(asked, request);
    }
  }

  static final class Redirect {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = MicronautClientHooks.class, event = "redirected") int redirected,
        @Advice.Argument(0) Object request,
        @Advice.Argument(1) Object next) {
      Tracing.hook(redirected, request, next);
    }
  }

  /** Before 3.1 it is given what holds the request. */
  static final class Send {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = MicronautClientHooks.class, event = "sends") int sends,
        @Advice.Argument(0) Object request) {
      Tracing.hook(sends, request);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@HookNumber(in = MicronautClientHooks.class, event = "sent") int sent) {
      Tracing.undo(sent, null);
    }
  }

  static final class SendRaw {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = MicronautClientHooks.class, event = "sends") int sends,
        @Advice.Argument(1) Object request) {
      Tracing.hook(sends, request);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@HookNumber(in = MicronautClientHooks.class, event = "sent") int sent) {
      Tracing.undo(sent, null);
    }
  }

  static final class Make {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @HookNumber(in = MicronautClientHooks.class, event = "added") int added,
        @Advice.This Object step) {
      Tracing.hook(added, step);
    }
  }
}
