package dev.atalaya.agent.library.ktor;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.weave.Captured;
import dev.atalaya.agent.weave.Coverage;
import dev.atalaya.agent.weave.HookNumber;
import dev.atalaya.agent.weave.LibraryInstrumentation;
import dev.atalaya.agent.weave.Weaver;
import dev.atalaya.bridge.Tracing;
import net.bytebuddy.asm.Advice;

/**
 * Calls to a Ktor server, its routes, and the exceptions that its plugins answer.
 *
 * <p>Each engine makes a call, an ApplicationCall, and executes its pipeline with that in a
 * coroutine of the call's own. Where the call is made in a request that somebody has seen (Netty,
 * Jetty, a servlet container), the coroutine works for that; else it is a request itself, until the
 * coroutine ends.
 */
@AutoService(LibraryInstrumentation.class)
public final class KtorInstrumentation extends LibraryInstrumentation {
  private static final String CONTINUATION = "Lkotlin/coroutines/Continuation;";
  private static final String OBJECT = "Ljava/lang/Object;";
  private static final String PIPELINE = "io.ktor.util.pipeline.";
  private static final String ROUTING = "io.ktor.server.routing.";

  public KtorInstrumentation() {
    super("ktor");
  }

  @Override
  public Coverage coverage() {
    return Coverage.of(Captured.SPANS, Captured.ROUTE, Captured.ERRORS, Captured.CONTEXT)
        .library(
            "Ktor",
            "io.ktor:ktor-server-netty-jvm:2.0.0",
            "io.ktor:ktor-server-cio-jvm:2.3.13",
            "io.ktor:ktor-server-netty-jvm:3.5.2",
            "io.ktor:ktor-server-cio-jvm:3.6.1")
        .limit("A request to the CIO engine is seen where `coroutines` are, too.");
  }

  @Override
  public void weave(Weaver weaver) {
    weaver
        .in("io.ktor.server.engine.BaseApplicationCall")
        .stateHolder()
        .weave("<init>", null, Arrive.class);
    weaver
        .in(PIPELINE + "Pipeline")
        .weave("execute", "(" + OBJECT + OBJECT + CONTINUATION + ")" + OBJECT, Execute.class);
    weaver
        .in(PIPELINE + "SuspendFunctionGun")
        .weave("resumeRootWith", "(" + OBJECT + ")V", Resume.class);
    weaver
        .in(PIPELINE + "DebugPipelineContext") // in its place, in development
        .weave("proceedLoop", "(" + CONTINUATION + ")" + OBJECT, Proceed.class);
    weaver.in(ROUTING + "Routing").weave("executeResult", null, Match.class);
    weaver.in(ROUTING + "RoutingRoot").weave("executeResult", null, Match.class); // from 3 on
    weaver.in(ROUTING + "Route").stateHolder();
    weaver.in(ROUTING + "RoutingNode").stateHolder();
    weaver
        .in("io.ktor.server.cio.CIOApplicationResponse")
        .weave("respondUpgrade", null, Upgrade.class);
  }

  static final class Arrive {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @HookNumber(in = KtorHooks.class, event = "arrived") int arrived,
        @Advice.This Object call) {
      Tracing.hook(arrived, call);
    }
  }

  /** The first of a call's pipelines is the engine's. */
  static final class Execute {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Object enter(
        @HookNumber(in = KtorHooks.class, event = "executes") int executes,
        @Advice.Argument(0) Object call,
        @Advice.Argument(2) Object continuation) {
      return Tracing.hook(executes, call, continuation);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter Object previous) {
      if (previous != null) Tracing.restore(previous);
    }
  }

  /** A pipeline ends, or what follows one of its interceptors does. */
  static final class Resume {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = KtorHooks.class, event = "ended") int ended,
        @Advice.This Object pipeline,
        @Advice.Argument(0) Object result) {
      Tracing.hook(ended, pipeline, result);
    }
  }

  static final class Proceed {
    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @HookNumber(in = KtorHooks.class, event = "failed") int failed,
        @Advice.This Object pipeline,
        @Advice.Thrown Throwable error) {
      if (error != null) Tracing.hook(failed, pipeline, error);
    }
  }

  static final class Match {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = KtorHooks.class, event = "matched") int matched,
        @Advice.Argument(1) Object route) {
      Tracing.hook(matched, route);
    }
  }

  /** The coroutine lasts as long as the web socket that it becomes. */
  static final class Upgrade {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@HookNumber(in = KtorHooks.class, event = "upgraded") int upgraded) {
      Tracing.hook(upgraded, null);
    }
  }
}
