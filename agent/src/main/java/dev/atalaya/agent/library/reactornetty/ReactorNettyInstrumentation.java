package dev.atalaya.agent.library.reactornetty;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.library.netty.NextRequest;
import dev.atalaya.agent.weave.Captured;
import dev.atalaya.agent.weave.Coverage;
import dev.atalaya.agent.weave.HookNumber;
import dev.atalaya.agent.weave.LibraryInstrumentation;
import dev.atalaya.agent.weave.Weaver;
import dev.atalaya.bridge.Tracing;
import net.bytebuddy.asm.Advice;

/**
 * For whom Reactor Netty works where it does so later: a pipelined request waits for the response
 * to the one before, and a request that is sent waits for a connection. The spans are Netty's; the
 * templates are those of its server's own routes, unless a framework above has others.
 */
@AutoService(LibraryInstrumentation.class)
public final class ReactorNettyInstrumentation extends LibraryInstrumentation {
  private static final String SERVER = "reactor.netty.http.server.";
  private static final String CLIENT = "reactor.netty.http.client.";

  public ReactorNettyInstrumentation() {
    super("reactor-netty");
  }

  @Override
  public Coverage coverage() {
    return Coverage.of(Captured.ROUTE, Captured.ERRORS, Captured.CONTEXT)
        .library(
            "Reactor Netty",
            "io.projectreactor.netty:reactor-netty:0.9.25.RELEASE",
            "io.projectreactor.netty:reactor-netty-http:1.3.6")
        .limit("A route that is a predicate of the application's own has no template.");
  }

  @Override
  public void weave(Weaver weaver) {
    weaver
        .in(SERVER + "HttpServerOperations")
        .weave(
            "onInboundNext",
            "(Lio/netty/channel/ChannelHandlerContext;Ljava/lang/Object;)V",
            NextRequest.class)
        .weave("onOutboundError", "(Ljava/lang/Throwable;)V", HandlerException.class);
    String test = "(L" + SERVER.replace('.', '/') + "HttpServerRequest;)Z";
    weaver.in(SERVER + "HttpPredicate").weave("test", test, Match.class);
    weaver.in(SERVER + "HttpPredicate$HttpPrefixPredicate").weave("test", test, MatchStart.class);
    weaver
        .in(CLIENT + "HttpClientConfig") // from 1.0 on
        .stateHolder()
        .weave("<init>", "(L" + CLIENT.replace('.', '/') + "HttpClientConfig;)V", Copy.class);
    weaver.in(CLIENT + "HttpClientFinalizer").weave("uri", null, Ask.class);
    weaver
        .in(CLIENT + "HttpClientConnect$HttpClientHandler")
        .stateHolder()
        .weave("<init>", null, Made.class)
        .weave("requestWithBody", null, Send.class);
  }

  /** What the handler threw, or the publisher that it returned ended with. */
  static final class HandlerException {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(0) Throwable error) {
      Tracing.caught(error);
    }
  }

  /** The first route whose predicate holds is the request's. */
  static final class Match {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @HookNumber(in = ReactorNettyHooks.class, event = "matched") int matched,
        @Advice.FieldValue("uri") String template,
        @Advice.Return boolean holds) {
      if (holds) Tracing.hook(matched, template);
    }
  }

  /** That of a folder: whatever starts so. */
  static final class MatchStart {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @HookNumber(in = ReactorNettyHooks.class, event = "matched") int matched,
        @Advice.FieldValue("prefix") String prefix,
        @Advice.Return boolean holds) {
      if (holds) Tracing.hook(matched, prefix.concat("*"));
    }
  }

  /** What a request is put together with is copied at each step. */
  static final class Copy {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @HookNumber(in = ReactorNettyHooks.class, event = "copied") int copied,
        @Advice.This Object config,
        @Advice.Argument(0) Object from) {
      Tracing.hook(copied, config, from);
    }
  }

  /** The application names what it asks for, or a client above does. */
  static final class Ask {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @HookNumber(in = ReactorNettyHooks.class, event = "asked") int asked,
        @Advice.Return Object client) {
      Tracing.hook(asked, client);
    }
  }

  /** Made by whoever subscribes to the response. */
  static final class Made {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @HookNumber(in = ReactorNettyHooks.class, event = "made") int made,
        @Advice.This Object handler,
        @Advice.Argument(0) Object config) {
      Tracing.hook(made, handler, config);
    }
  }

  /** On the connection that it has got; called again where it is sent on another. */
  static final class Send {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = ReactorNettyHooks.class, event = "sends") int sends,
        @Advice.This Object handler,
        @Advice.Argument(0) Object connection) {
      Tracing.hook(sends, handler, connection);
    }
  }
}
