package dev.atalaya.agent.library.vertx;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.weave.Captured;
import dev.atalaya.agent.weave.Coverage;
import dev.atalaya.agent.weave.HookNumber;
import dev.atalaya.agent.weave.LibraryInstrumentation;
import dev.atalaya.agent.weave.Weaver;
import dev.atalaya.bridge.Tracing;
import java.util.regex.Pattern;
import net.bytebuddy.asm.Advice;

/** The routes of Vert.x Web, and the exceptions that it answers for its handlers. */
@AutoService(LibraryInstrumentation.class)
public final class VertxWebInstrumentation extends LibraryInstrumentation {
  private static final String WEB = "io.vertx.ext.web.impl.";
  private static final String CONTEXT = "Lio/vertx/ext/web/impl/RoutingContextImplBase;";

  public VertxWebInstrumentation() {
    super("vertx-web");
  }

  @Override
  public Coverage coverage() {
    return Coverage.of(Captured.ROUTE, Captured.ERRORS)
        .library(
            "Vert.x Web",
            "io.vertx:vertx-web:3.9.16",
            "io.vertx:vertx-web:4.0.3",
            "io.vertx:vertx-web:4.5.32",
            "io.vertx:vertx-web:5.1.6")
        .limit("A request that a route for all paths answers, without a path, has no route.");
  }

  @Override
  public void weave(Weaver weaver) {
    weaver.in(WEB + "RouteState").weave("handleContext", "(" + CONTEXT + ")V", Handle.class);
    weaver.in(WEB + "RoutingContextImplBase").stateHolder();
    weaver.in(WEB + "RoutingContextWrapper").weave("<init>", null, Mount.class);
    weaver
        .in(WEB + "RoutingContextImpl")
        .weave("checkHandleNoMatch", "()V", NoMatch.class)
        .weave("fail", "(ILjava/lang/Throwable;)V", Fail.class);
  }

  static final class Handle {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = VertxWebHooks.class, event = "handles") int handles,
        @Advice.Argument(0) Object context,
        @Advice.FieldValue("path") String path,
        @Advice.FieldValue("pattern") Pattern pattern,
        @Advice.FieldValue("exactPath") boolean exact) {
      Tracing.hook(handles, context, path, pattern, exact);
    }
  }

  /** By the handler of the route that it is mounted on. */
  static final class Mount {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @HookNumber(in = VertxWebHooks.class, event = "mounted") int mounted,
        @Advice.This Object context) {
      Tracing.hook(mounted, context);
    }
  }

  /** All routes passed it on, or it has failed and no handler is for that. */
  static final class NoMatch {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = VertxWebHooks.class, event = "unmatched") int unmatched,
        @Advice.This Object context,
        @Advice.FieldValue("statusCode") int status,
        @Advice.FieldValue("failure") Throwable failure) {
      Tracing.hook(unmatched, context, status, failure);
    }
  }

  static final class Fail {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(1) Throwable error) {
      if (error != null) Tracing.caught(error);
    }
  }
}
