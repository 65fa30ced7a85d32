package dev.atalaya.agent.library.quarkusrest;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.weave.Captured;
import dev.atalaya.agent.weave.Coverage;
import dev.atalaya.agent.weave.HookNumber;
import dev.atalaya.agent.weave.LibraryInstrumentation;
import dev.atalaya.agent.weave.Weaver;
import dev.atalaya.bridge.Tracing;
import net.bytebuddy.asm.Advice;

/**
 * The templates of the resources of Quarkus REST, which was RESTEasy Reactive, and the exceptions
 * it maps to answers.
 */
@AutoService(LibraryInstrumentation.class)
public final class QuarkusRestInstrumentation extends LibraryInstrumentation {
  private static final String SERVER = "org.jboss.resteasy.reactive.server.";
  private static final String METHOD =
      "Lorg/jboss/resteasy/reactive/server/mapping/RuntimeResource;";
  private static final String CONTEXT =
      "Lorg/jboss/resteasy/reactive/server/core/ResteasyReactiveRequestContext;";

  public QuarkusRestInstrumentation() {
    super("quarkus-rest");
  }

  @Override
  public Coverage coverage() {
    return Coverage.of(Captured.ROUTE, Captured.ERRORS)
        .library("Quarkus REST", "io.quarkus.resteasy.reactive:resteasy-reactive:3.33.2");
  }

  @Override
  public void weave(Weaver weaver) {
    weaver
        .in(SERVER + "core.ResteasyReactiveRequestContext")
        .stateHolder()
        .weave("restart", "(" + METHOD + "Z)V", Find.class);
    weaver.in(SERVER + "mapping.RuntimeResource").stateHolder();
    weaver
        .in(SERVER + "core.RuntimeExceptionMapper")
        .weave("mapException", "(Ljava/lang/Throwable;" + CONTEXT + ")V", MapException.class);
  }

  /** By the path, or where another method located it. */
  static final class Find {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = QuarkusRestHooks.class, event = "found") int found,
        @Advice.This Object context,
        @Advice.Argument(0) Object method,
        @Advice.Argument(1) boolean located) {
      Tracing.hook(found, context, method, located);
    }
  }

  static final class MapException {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(0) Throwable error) {
      Tracing.caught(error);
    }
  }
}
