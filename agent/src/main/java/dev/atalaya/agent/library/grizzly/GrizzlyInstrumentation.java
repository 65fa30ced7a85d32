package dev.atalaya.agent.library.grizzly;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.weave.Captured;
import dev.atalaya.agent.weave.Coverage;
import dev.atalaya.agent.weave.HookNumber;
import dev.atalaya.agent.weave.LibraryInstrumentation;
import dev.atalaya.agent.weave.Weaver;
import dev.atalaya.bridge.Call;
import dev.atalaya.bridge.Tracing;
import net.bytebuddy.asm.Advice;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;

/**
 * Requests to Grizzly's HTTP server, from where it tells its probes that one has come until it
 * tells them that it is complete, or that it is given up.
 */
@AutoService(LibraryInstrumentation.class)
public final class GrizzlyInstrumentation extends LibraryInstrumentation {
  private static final String OF_FILTER =
      "(Lorg/glassfish/grizzly/http/server/HttpServerFilter;Lorg/glassfish/grizzly/Connection;";
  private static final String REQUEST = "Lorg/glassfish/grizzly/http/server/Request;";
  private static final String RESPONSE = "Lorg/glassfish/grizzly/http/server/Response;";

  public GrizzlyInstrumentation() {
    super("grizzly");
  }

  @Override
  public Coverage coverage() {
    return Coverage.of(Captured.SPANS, Captured.ERRORS, Captured.CONTEXT)
        .library(
            "Grizzly",
            "org.glassfish.grizzly:grizzly-http-server:2.4.4",
            "org.glassfish.grizzly:grizzly-http-server:4.1.0")
        .limit("What its own handlers are mapped to is no route; that of Jersey on it is.");
  }

  @Override
  public void weave(Weaver weaver) {
    weaver
        .in("org.glassfish.grizzly.http.server.HttpServerProbeNotifier")
        .weave("notifyRequestReceive", OF_FILTER + REQUEST + ")V", Receive.class)
        .weave("notifyRequestComplete", OF_FILTER + RESPONSE + ")V", Complete.class)
        .weave("notifyRequestCancel", OF_FILTER + REQUEST + ")V", Cancel.class);
    weaver
        .in("org.glassfish.grizzly.http.server.HttpServerFilter")
        .weave(
            "handleRead",
            "(Lorg/glassfish/grizzly/filterchain/FilterChainContext;)"
                + "Lorg/glassfish/grizzly/filterchain/NextAction;",
            Read.class);
    weaver
        .inSubtypesOf("org.glassfish.grizzly.http.server.HttpHandler")
        .weave("service", "(" + REQUEST + RESPONSE + ")V", Service.class);
  }

  static final class Receive {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Argument(2) Request request) {
      Call call =
          Tracing.serve(
              request,
              request.getMethod().getMethodString(),
              request.getScheme(),
              request.getServerName(),
              request.getServerPort(),
              request.getRequestURI(),
              request.getQueryString());
      Tracing.begun(request, call);
    }
  }

  /** Once all is written, and before both are used again. */
  static final class Complete {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(2) Response response) {
      Tracing.completed(response.getRequest(), response.getStatus());
    }
  }

  /** A response that was suspended, and is no more: its client has gone, or its time is over. */
  static final class Cancel {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(2) Request request) {
      Tracing.completed(request, request.getResponse().getStatus());
    }
  }

  /** A request begins in it, unless it only completes one. */
  static final class Read {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static boolean enter() {
      return Tracing.serving();
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @HookNumber(in = GrizzlyHooks.class, event = "read") int read,
        @Advice.Enter boolean serving,
        @Advice.Argument(0) Object context,
        @Advice.Thrown Throwable error) {
      if (!serving) Tracing.undo(read, context, error);
    }
  }

  /** On the same thread, or on one of a pool that the handler has chosen. */
  static final class Service {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Call enter(@Advice.Argument(0) Request request) {
      return Tracing.serving() ? null : Tracing.goesOn(request);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter Call call, @Advice.Thrown Throwable error) {
      if (error != null) Tracing.caught(error);
      Tracing.left(call);
    }
  }
}
