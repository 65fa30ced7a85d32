package dev.atalaya.agent.library.jersey;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.weave.Captured;
import dev.atalaya.agent.weave.Coverage;
import dev.atalaya.agent.weave.HookNumber;
import dev.atalaya.agent.weave.LibraryInstrumentation;
import dev.atalaya.agent.weave.Weaver;
import dev.atalaya.bridge.Tracing;
import net.bytebuddy.asm.Advice;

/** The templates of Jersey's resources, versions 2 to 4, and the exceptions it maps to answers. */
@AutoService(LibraryInstrumentation.class)
public final class JerseyInstrumentation extends LibraryInstrumentation {
  public JerseyInstrumentation() {
    super("jersey");
  }

  @Override
  public Coverage coverage() {
    return Coverage.of(Captured.ROUTE, Captured.ERRORS)
        .library(
            "Jersey",
            "org.glassfish.jersey.containers:jersey-container-servlet:2.25.1",
            "org.glassfish.jersey.containers:jersey-container-servlet:4.0.3");
  }

  @Override
  public void weave(Weaver weaver) {
    weaver
        .in("org.glassfish.jersey.server.model.ResourceMethodInvoker")
        .weave(
            "apply",
            "(Lorg/glassfish/jersey/server/internal/process/RequestProcessingContext;)"
                + "Lorg/glassfish/jersey/server/ContainerResponse;",
            Match.class);
    weaver
        .in("org.glassfish.jersey.server.ServerRuntime$Responder")
        .weave("process", "(Ljava/lang/Throwable;)V", MapException.class);
  }

  static final class Match {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = JerseyHooks.class, event = "matched") int matched,
        @Advice.Argument(0) Object context) {
      Tracing.hook(matched, context);
    }
  }

  /** Jersey wraps what a resource threw, as a MappableException. */
  static final class MapException {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(0) Throwable error) {
      boolean wrapped = error.getClass().getName().endsWith(".MappableException");
      Tracing.caught(wrapped && error.getCause() != null ? error.getCause() : error);
    }
  }
}
