package dev.atalaya.agent.library.micronaut;

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
 * The templates that Micronaut's controllers are mapped to, and the exceptions that they end with.
 * The requests are Netty's.
 */
@AutoService(LibraryInstrumentation.class)
public final class MicronautInstrumentation extends LibraryInstrumentation {
  private static final String SERVER = "io.micronaut.http.server.";
  private static final String REQUEST = "Lio/micronaut/http/HttpRequest;";
  private static final String HANDLE = "(Lio/netty/channel/ChannelHandlerContext;" + REQUEST + ")V";
  private static final String MATCH = "(" + REQUEST + "Lio/micronaut/web/router/UriRouteMatch;)V";

  public MicronautInstrumentation() {
    super("micronaut");
  }

  @Override
  public Coverage coverage() {
    return Coverage.of(Captured.ROUTE, Captured.ERRORS)
        .library(
            "Micronaut",
            "io.micronaut:micronaut-http-server-netty:3.0.0",
            "io.micronaut:micronaut-http-server-netty:3.10.19",
            "io.micronaut:micronaut-http-server-netty:4.10.37")
        .limit("In a servlet container, and Micronaut 5, it was not tried.");
  }

  @Override
  public void weave(Weaver weaver) {
    weaver.in("io.micronaut.http.uri.UriMatchTemplate").stateHolder();
    weaver // 3
        .in(SERVER + "netty.RoutingInBoundHandler")
        .ofSomeVersions()
        .weave("channelRead0", HANDLE, NextRequest.class)
        .weave("handleRouteMatch", null, Match.class);
    weaver
        .in(SERVER + "RouteExecutor")
        .weave("setRouteAttributes", MATCH, NamedMatch.class) // from 4 on
        .weave("findErrorRoute", null, Fail.class);
  }

  static final class Match {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = MicronautHooks.class, event = "matched") int matched,
        @Advice.Argument(0) Object match) {
      Tracing.hook(matched, match);
    }
  }

  static final class NamedMatch {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = MicronautHooks.class, event = "matched") int matched,
        @Advice.Argument(1) Object match) {
      Tracing.hook(matched, match);
    }
  }

  /** Asked of each exception, taken out of what a future wrapped it in, before anything else is. */
  static final class Fail {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(0) Throwable error) {
      Tracing.caught(error);
    }
  }
}
