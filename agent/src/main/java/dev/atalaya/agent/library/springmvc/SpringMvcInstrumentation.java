package dev.atalaya.agent.library.springmvc;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.library.springrouter.RouterException;
import dev.atalaya.agent.weave.Captured;
import dev.atalaya.agent.weave.Coverage;
import dev.atalaya.agent.weave.LibraryInstrumentation;
import dev.atalaya.agent.weave.Weaver;
import dev.atalaya.bridge.Tracing;
import javax.servlet.DispatcherType;
import javax.servlet.http.HttpServletRequest;
import net.bytebuddy.asm.Advice;

/** The templates that Spring MVC's handlers are mapped to, and the exceptions they throw. */
@AutoService(LibraryInstrumentation.class)
public final class SpringMvcInstrumentation extends LibraryInstrumentation {
  private static final String ANSWER =
      "Ljava/util/function/BiFunction;)"
          + "Lorg/springframework/web/servlet/function/RouterFunctions$Builder;";

  public SpringMvcInstrumentation() {
    super("spring-mvc");
  }

  @Override
  public Coverage coverage() {
    return Coverage.of(Captured.ROUTE, Captured.ERRORS)
        .library(
            "Spring MVC",
            "org.springframework:spring-webmvc:4.3.30.RELEASE",
            "org.springframework:spring-webmvc:5.2.25.RELEASE",
            "org.springframework:spring-webmvc:5.3.39",
            "org.springframework:spring-webmvc:7.0.10")
        .limit(
            "Functional routes that were built before the agent was attached do not tell which"
                + " exceptions their `onError` answers.");
  }

  @Override
  public void weave(Weaver weaver) {
    weaver
        .in("org.springframework.web.servlet.DispatcherServlet")
        .weave(
            "getHandler",
            "(Ljavax/servlet/http/HttpServletRequest;)"
                + "Lorg/springframework/web/servlet/HandlerExecutionChain;",
            Match.class)
        .weave(
            "processHandlerException",
            "(Ljavax/servlet/http/HttpServletRequest;Ljavax/servlet/http/HttpServletResponse;"
                + "Ljava/lang/Object;Ljava/lang/Exception;)"
                + "Lorg/springframework/web/servlet/ModelAndView;",
            HandlerException.class)
        .andJakarta();
    weaver
        .in("org.springframework.web.servlet.function.RouterFunctionBuilder")
        .weave("onError", "(Ljava/util/function/Predicate;" + ANSWER, RouterException.class)
        .weave("onError", "(Ljava/lang/Class;" + ANSWER, RouterException.class);
  }

  /**
   * Whatever kind of mapping found the handler left its pattern with the request; in 5.2 the
   * functional one left only the router's own.
   */
  static final class Match {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.Argument(0) HttpServletRequest request, @Advice.Return Object handler) {
      Object pattern =
          request.getAttribute(
              "org.springframework.web.servlet.HandlerMapping.bestMatchingPattern");
      if (pattern == null && handler != null)
        pattern =
            request.getAttribute(
                "org.springframework.web.servlet.function.RouterFunctions.matchingPattern");
      if (pattern == null || request.getDispatcherType() == DispatcherType.ERROR) return;
      // Patterns count from where the DispatcherServlet is mapped; only /prefix/* has a path info.
      String prefix = request.getPathInfo() == null ? "" : request.getServletPath();
      Tracing.route(request.getContextPath().concat(prefix).concat(pattern.toString()));
    }
  }

  static final class HandlerException {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(3) Exception error) {
      Tracing.caught(error);
    }
  }
}
