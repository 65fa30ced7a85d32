package dev.atalaya.agent.library.armeria;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.weave.Captured;
import dev.atalaya.agent.weave.Coverage;
import dev.atalaya.agent.weave.HookNumber;
import dev.atalaya.agent.weave.LibraryInstrumentation;
import dev.atalaya.agent.weave.Weaver;
import dev.atalaya.bridge.Tracing;
import net.bytebuddy.asm.Advice;

/**
 * Requests to Armeria's server, whose spans are Netty's: their routes, the exceptions of their
 * services, and the threads that work for them.
 *
 * <p>Armeria has a context for each request, and pushes it wherever it does something for one:
 * services, their callbacks and executors, subscribers of their streams.
 */
@AutoService(LibraryInstrumentation.class)
public final class ArmeriaInstrumentation extends LibraryInstrumentation {
  private static final String ARMERIA = "com.linecorp.armeria.";
  private static final String SERVER = "Lcom/linecorp/armeria/server/";
  private static final String COMMON = "Lcom/linecorp/armeria/common/";
  private static final String CONTEXT = COMMON + "RequestContext;";
  private static final String SERVICE_CONTEXT = SERVER + "ServiceRequestContext;";
  private static final String ERROR = "Ljava/lang/Throwable;";
  private static final String RESPONSE = COMMON + "HttpResponse;";

  public ArmeriaInstrumentation() {
    super("armeria");
  }

  @Override
  public Coverage coverage() {
    return Coverage.of(Captured.ROUTE, Captured.ERRORS, Captured.CONTEXT)
        .library(
            "Armeria", "com.linecorp.armeria:armeria:1.0.0", "com.linecorp.armeria:armeria:1.40.0")
        .limit("A service that is mapped to all paths has no route.");
  }

  @Override
  public void weave(Weaver weaver) {
    for (String room : new String[] {"server.", "internal.server."}) { // the newer is the second
      weaver
          .in(ARMERIA + room + "DefaultServiceRequestContext")
          .stateHolder()
          .weave("<init>", null, Make.class);
    }
    weaver
        .inSubtypesOf(ARMERIA + "common.RequestContextStorage")
        .weave("push", "(" + CONTEXT + ")" + CONTEXT, Push.class)
        .weave("pop", "(" + CONTEXT + CONTEXT + ")V", Pop.class);
    weaver
        .inSubtypesOf(ARMERIA + "server.annotation.ExceptionHandlerFunction")
        .weave(
            "handleException",
            "(" + SERVICE_CONTEXT + COMMON + "HttpRequest;" + ERROR + ")" + RESPONSE,
            HandleException.class);
    weaver
        .in(ARMERIA + "common.logging.DefaultRequestLog")
        .ofSomeVersions() // else an error handler is asked, or there is none
        .weave("responseCause", "(" + ERROR + ")V", Log.class);
    weaver
        .inSubtypesOf(ARMERIA + "server.ServerErrorHandler")
        .weave(
            "onServiceException",
            "(" + SERVICE_CONTEXT + ERROR + ")" + RESPONSE,
            HandleError.class);
    weaver
        .in(ARMERIA + "server.HttpServerHandler")
        .ofSomeVersions() // without such a handler
        .weave(
            "respond",
            "(Lio/netty/channel/ChannelHandlerContext;"
                + SERVICE_CONTEXT
                + COMMON
                + "HttpStatus;"
                + COMMON
                + "HttpData;"
                + ERROR
                + ")V",
            Respond.class);
    weaver
        .in(ARMERIA + "server.HttpResponseSubscriber")
        .ofSomeVersions() // its parent's in the newer
        .weave("onError", "(" + ERROR + ")V", FailLater.class);
  }

  static final class Make {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @HookNumber(in = ArmeriaHooks.class, event = "made") int made,
        @Advice.This Object context) {
      Tracing.hook(made, context);
    }
  }

  static final class Push {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @HookNumber(in = ArmeriaHooks.class, event = "pushed") int pushed,
        @Advice.Argument(0) Object context) {
      Tracing.hook(pushed, context);
    }
  }

  static final class Pop {
    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @HookNumber(in = ArmeriaHooks.class, event = "popped") int popped,
        @Advice.Argument(0) Object context,
        @Advice.Argument(1) Object restored) {
      Tracing.undo(popped, context, restored);
    }
  }

  static final class HandleException {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = ArmeriaHooks.class, event = "failed") int failed,
        @Advice.Argument(0) Object context,
        @Advice.Argument(2) Throwable error) {
      Tracing.hook(failed, context, error);
    }
  }

  /** Before anybody is asked to answer it. */
  static final class Log {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = ArmeriaHooks.class, event = "failed") int failed,
        @Advice.FieldValue("ctx") Object context,
        @Advice.Argument(0) Throwable error) {
      Tracing.hook(failed, context, error);
    }
  }

  static final class HandleError {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = ArmeriaHooks.class, event = "failed") int failed,
        @Advice.Argument(0) Object context,
        @Advice.Argument(1) Throwable error) {
      Tracing.hook(failed, context, error);
    }
  }

  static final class Respond {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = ArmeriaHooks.class, event = "failed") int failed,
        @Advice.Argument(1) Object context,
        @Advice.Argument(4) Throwable error) {
      if (error != null) Tracing.hook(failed, context, error);
    }
  }

  static final class FailLater {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = ArmeriaHooks.class, event = "failed") int failed,
        @Advice.FieldValue("reqCtx") Object context,
        @Advice.Argument(0) Throwable error) {
      Tracing.hook(failed, context, error);
    }
  }
}
