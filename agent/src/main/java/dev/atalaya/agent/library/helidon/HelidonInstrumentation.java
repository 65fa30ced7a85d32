package dev.atalaya.agent.library.helidon;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.weave.Captured;
import dev.atalaya.agent.weave.Coverage;
import dev.atalaya.agent.weave.HookNumber;
import dev.atalaya.agent.weave.LibraryInstrumentation;
import dev.atalaya.agent.weave.Weaver;
import dev.atalaya.bridge.Call;
import dev.atalaya.bridge.Tracing;
import net.bytebuddy.asm.Advice;

/**
 * Requests to Helidon 4's own server, of HTTP/1.1 and HTTP/2, from its filters on; the paths of its
 * routes; and the exceptions that its error handlers answer. A request has a thread to itself.
 *
 * <p>A route does not know what it is registered below. So a service tells its routes where they
 * are, before the first of them is asked whether a request is for it.
 */
@AutoService(LibraryInstrumentation.class)
public final class HelidonInstrumentation extends LibraryInstrumentation {
  private static final String HTTP = "io.helidon.webserver.http.";
  private static final String PATHS = "io.helidon.http.PathMatchers";
  private static final String CREATE = "(Ljava/lang/String;)Lio/helidon/http/PathMatcher;";

  public HelidonInstrumentation() {
    super("helidon");
  }

  @Override
  public Coverage coverage() {
    return Coverage.of(Captured.SPANS, Captured.ROUTE, Captured.ERRORS)
        .library(
            "Helidon",
            "io.helidon.webserver:helidon-webserver:4.0.0",
            "io.helidon.webserver:helidon-webserver:4.5.0")
        .limit(
            "A request that is refused before it is routed, or asks for a websocket, is no span.")
        .limit("Helidon 3, which is on Netty, was not tried.");
  }

  @Override
  public void weave(Weaver weaver) {
    weaver.in(HTTP + "Filters").weave("filter", null, Filter.class);
    weaver
        .in(HTTP + "ErrorHandlers")
        .weave("handleError", null, HandleError.class)
        .weave("unhandledError", null, HandleError.class);
    weaver.in(HTTP + "HttpRouteBase").stateHolder();
    weaver.in(HTTP + "ServiceRoute").weave("acceptsPrefix", null, Descend.class);
    weaver.in(HTTP + "HttpRouteImpl").weave("accepts", null, Accept.class);
    weaver
        .in(PATHS)
        .weave("create", CREATE, CreatePath.class)
        .weave("pattern", CREATE, CreatePath.class)
        .weave("prefix", CREATE, CreatePath.class)
        .weave("exact", CREATE, CreatePath.class);
    for (String kind : new String[] {"Pattern", "Prefix", "Exact"}) {
      weaver.in(PATHS + "$" + kind + "PathMatcher").stateHolder();
    }
  }

  static final class Filter {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Call enter(
        @HookNumber(in = HelidonHooks.class, event = "asked") int asked,
        @Advice.Argument(1) Object request) {
      return (Call) Tracing.hook(asked, request);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @HookNumber(in = HelidonHooks.class, event = "answered") int answered,
        @Advice.Argument(2) Object response,
        @Advice.Enter Call call,
        @Advice.Thrown Throwable error) {
      if (call != null) Tracing.undo(answered, call, response);
      Tracing.end(call, error);
    }
  }

  static final class HandleError {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(3) Throwable error) {
      Tracing.caught(error);
    }
  }

  /** Before the routes of a service are asked. */
  static final class Descend {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = HelidonHooks.class, event = "descends") int descends,
        @Advice.This Object service,
        @Advice.FieldValue("pathMatcher") Object path,
        @Advice.FieldValue("routes") Object routes) {
      Tracing.hook(descends, service, path, routes);
    }
  }

  /** A handler runs right after its route has accepted a request. */
  static final class Accept {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @HookNumber(in = HelidonHooks.class, event = "accepted") int accepted,
        @Advice.This Object route,
        @Advice.FieldValue("pathMatcher") Object path,
        @Advice.Return Object result) {
      Tracing.hook(accepted, route, path, result);
    }
  }

  static final class CreatePath {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @HookNumber(in = HelidonHooks.class, event = "created") int created,
        @Advice.Argument(0) String source,
        @Advice.Return Object path) {
      Tracing.hook(created, path, source);
    }
  }
}
