package dev.atalaya.agent.library.javalin;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.weave.Captured;
import dev.atalaya.agent.weave.Coverage;
import dev.atalaya.agent.weave.HookNumber;
import dev.atalaya.agent.weave.LibraryInstrumentation;
import dev.atalaya.agent.weave.Weaver;
import dev.atalaya.bridge.Tracing;
import net.bytebuddy.asm.Advice;

/**
 * The routes of Javalin, and the exceptions that it answers for its handlers. Its requests are
 * those of the Jetty that it brings, or of the container that it is a servlet of.
 */
@AutoService(LibraryInstrumentation.class)
public final class JavalinInstrumentation extends LibraryInstrumentation {
  private static final String HANDLE = "(Lio/javalin/http/Context;Ljava/lang/Throwable;)V";

  public JavalinInstrumentation() {
    super("javalin");
  }

  @Override
  public Coverage coverage() {
    return Coverage.of(Captured.ROUTE, Captured.ERRORS)
        .library(
            "Javalin",
            "io.javalin:javalin:5.0.1",
            "io.javalin:javalin:6.7.0",
            "io.javalin:javalin:7.2.3")
        .limit(
            "A request that a `before` handler answers, a static file, and a HEAD that Javalin"
                + " answers for a GET have the servlet's mapping as their route.");
  }

  @Override
  public void weave(Weaver weaver) {
    weaver.in("io.javalin.http.servlet.JavalinServletContext").weave("update", null, Update.class);
    weaver
        .in("io.javalin.http.servlet.ExceptionMapper") // 5
        .weave("handle$javalin", HANDLE, MapException.class);
    weaver
        .in("io.javalin.router.exception.ExceptionMapper")
        .weave("handle$javalin", HANDLE, MapException.class);
  }

  /** Before each handler, of those before and after the one with the route, too. */
  static final class Update {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @HookNumber(in = JavalinHooks.class, event = "matched") int matched,
        @Advice.This Object context) {
      Tracing.hook(matched, context);
    }
  }

  /** Called for each exception, also those without a handler. */
  static final class MapException {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = JavalinHooks.class, event = "caught") int caught,
        @Advice.Argument(1) Throwable error) {
      Tracing.hook(caught, error);
    }
  }
}
