package dev.atalaya.agent.library.servlet;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.weave.Captured;
import dev.atalaya.agent.weave.Coverage;
import dev.atalaya.agent.weave.HookNumber;
import dev.atalaya.agent.weave.LibraryInstrumentation;
import dev.atalaya.agent.weave.Weaver;
import dev.atalaya.bridge.Call;
import dev.atalaya.bridge.Tracing;
import javax.servlet.ServletRequest;
import javax.servlet.ServletResponse;
import javax.servlet.http.HttpServletRequest;
import net.bytebuddy.asm.Advice;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.jspecify.annotations.NullUnmarked;

/**
 * Requests that a servlet container serves, javax or jakarta: from the first filter or servlet
 * until the response is complete.
 *
 * <p>On Tomcat from its engine on: error pages come after the filters, and what no servlet is
 * mapped to never reaches one. Jetty and Undertow have instrumentations of their own around this.
 */
@NullUnmarked // as other advice, which has no annotations but its own
@AutoService(LibraryInstrumentation.class)
public final class ServletInstrumentation extends LibraryInstrumentation {
  private static final String SERVE =
      "(Ljavax/servlet/ServletRequest;Ljavax/servlet/ServletResponse;)V";
  private static final String FILTER =
      "(Ljavax/servlet/ServletRequest;Ljavax/servlet/ServletResponse;"
          + "Ljavax/servlet/FilterChain;)V";
  private static final String START_WITH =
      "(Ljavax/servlet/ServletRequest;Ljavax/servlet/ServletResponse;)";
  private static final String ASYNC = "Ljavax/servlet/AsyncContext;";
  private static final String ADAPT =
      "(Lorg/apache/coyote/Request;Lorg/apache/catalina/connector/Request;"
          + "Lorg/apache/coyote/Response;Lorg/apache/catalina/connector/Response;)Z";
  private static final String VALVE =
      "(Lorg/apache/catalina/connector/Request;Lorg/apache/catalina/connector/Response;)V";

  public ServletInstrumentation() {
    super("servlet");
  }

  @Override
  public Coverage coverage() {
    return Coverage.of(Captured.SPANS, Captured.ROUTE, Captured.ERRORS, Captured.CONTEXT)
        .library(
            "Tomcat",
            "org.apache.tomcat.embed:tomcat-embed-core:7.0.109",
            "org.apache.tomcat.embed:tomcat-embed-core:9.0.123",
            "org.apache.tomcat.embed:tomcat-embed-core:10.1.59",
            "org.apache.tomcat.embed:tomcat-embed-core:11.0.27")
        .limit(
            "Of a servlet container that no other row is for, the status is what its filters and"
                + " servlets leave; where they throw, it is what the specification says.");
  }

  @Override
  public void weave(Weaver weaver) {
    weaver.inSubtypesOf("javax.servlet.Servlet").weave("service", SERVE, Serve.class).andJakarta();
    weaver.inSubtypesOf("javax.servlet.Filter").weave("doFilter", FILTER, Serve.class).andJakarta();
    weaver
        .inSubtypesOf("javax.servlet.ServletRequest")
        .weave("startAsync", "()" + ASYNC, StartAsync.class)
        .weave("startAsync", START_WITH + ASYNC, StartAsync.class)
        .andJakarta();
    weaver
        .in("org.apache.catalina.core.StandardEngineValve")
        .weave("invoke", VALVE, ServeTomcat.class);
    weaver
        .in("org.apache.catalina.connector.CoyoteAdapter")
        .weave("postParseRequest", ADAPT, AnswerEarly.class);
  }

  static final class Serve {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Call enter(
        @HookNumber(in = ServletHooks.class, event = "held") int heldBy,
        @HookNumber(in = ServletHooks.class, event = "again") int again,
        @HookNumber(in = ServletHooks.class, event = "serving") int mapped,
        @Advice.This Object servletOrFilter,
        @Advice.Argument(0) ServletRequest request) {
      Call call = null;
      if (!Tracing.serving() && request instanceof HttpServletRequest) {
        HttpServletRequest http = (HttpServletRequest) request;
        Object held = Tracing.hook(heldBy, http);
        call =
            held != null
                ? (Call) Tracing.hook(again, held)
                : Tracing.serve(
                    http,
                    http.getMethod(),
                    http.getScheme(),
                    http.getServerName(),
                    http.getServerPort(),
                    http.getRequestURI(),
                    http.getQueryString());
      }
      Tracing.hook(mapped, servletOrFilter, request);
      return call;
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @HookNumber(in = ServletHooks.class, event = "served") int served,
        @HookNumber(in = ServletHooks.class, event = "passed") int passed,
        @Advice.Enter Call call,
        @Advice.Argument(0) ServletRequest request,
        @Advice.Argument(1) ServletResponse response,
        @Advice.Thrown Throwable error) {
      if (error != null) Tracing.caught(error);
      if (call != null) Tracing.hook(served, call, request, response, error);
      else Tracing.hook(passed, request);
    }
  }

  static final class StartAsync {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @HookNumber(in = ServletHooks.class, event = "asyncStarted") int asyncStarted,
        @Advice.This Object request) {
      Tracing.hook(asyncStarted, request);
    }
  }

  /** Takes Tomcat's own request class: one advice for javax and jakarta. */
  static final class ServeTomcat {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Call enter(
        @HookNumber(in = ServletHooks.class, event = "held") int heldBy,
        @HookNumber(in = ServletHooks.class, event = "again") int again,
        @Advice.Argument(0) Request request) {
      if (Tracing.serving()) return null;
      Object held = Tracing.hook(heldBy, request);
      return held != null
          ? (Call) Tracing.hook(again, held)
          : Tracing.serve(
              request,
              request.getMethod(),
              request.getScheme(),
              request.getServerName(),
              request.getServerPort(),
              request.getRequestURI(),
              request.getQueryString());
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @HookNumber(in = ServletHooks.class, event = "served") int served,
        @Advice.Enter Call call,
        @Advice.Argument(0) Request request,
        @Advice.Argument(1) Response response,
        @Advice.Thrown Throwable error) {
      if (call != null) Tracing.hook(served, call, request, response, error);
    }
  }

  /**
   * Requests that Tomcat answers before its engine: redirects to a folder's slash, refused paths,
   * and up to version 8 paths of no context.
   */
  static final class AnswerEarly {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @HookNumber(in = ServletHooks.class, event = "served") int served,
        @Advice.Argument(1) Request request,
        @Advice.Argument(3) Response response,
        @Advice.Return boolean goesOn) {
      if (goesOn || Tracing.serving()) return;
      Call call =
          Tracing.serve(
              request,
              request.getMethod(),
              request.getScheme(),
              request.getServerName(),
              request.getServerPort(),
              request.getRequestURI(),
              request.getQueryString());
      if (call != null) Tracing.hook(served, call, request, response);
    }
  }
}
