package dev.atalaya.agent.library.resteasy;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.weave.Captured;
import dev.atalaya.agent.weave.Coverage;
import dev.atalaya.agent.weave.HookNumber;
import dev.atalaya.agent.weave.LibraryInstrumentation;
import dev.atalaya.agent.weave.Weaver;
import dev.atalaya.bridge.Tracing;
import net.bytebuddy.asm.Advice;

/**
 * The templates of RESTEasy's resources, versions 3 to 7, and the exceptions it maps to answers.
 */
@AutoService(LibraryInstrumentation.class)
public final class ResteasyInstrumentation extends LibraryInstrumentation {
  private static final String ANSWER = ")Lorg/jboss/resteasy/specimpl/BuiltResponse;";
  private static final String INVOKE =
      "(Lorg/jboss/resteasy/spi/HttpRequest;Lorg/jboss/resteasy/spi/HttpResponse;";
  private static final String INVOKE_ON = INVOKE + "Ljava/lang/Object;";

  public ResteasyInstrumentation() {
    super("resteasy");
  }

  @Override
  public Coverage coverage() {
    return Coverage.of(Captured.ROUTE, Captured.ERRORS)
        .library(
            "RESTEasy",
            "org.jboss.resteasy:resteasy-jaxrs:3.15.6.Final",
            "org.jboss.resteasy:resteasy-servlet-initializer:7.0.1.Final");
  }

  @Override
  public void weave(Weaver weaver) {
    weaver
        .in("org.jboss.resteasy.core.ResourceMethodInvoker")
        .weave("invoke", INVOKE + ANSWER, Root.class)
        .weave("invoke", INVOKE_ON + ANSWER, Located.class);
    weaver
        .in("org.jboss.resteasy.core.ResourceLocatorInvoker")
        .weave("invoke", INVOKE + ANSWER, RootLocator.class)
        .weave("invoke", INVOKE_ON + ANSWER, LocatedLocator.class);
    weaver
        .in("org.jboss.resteasy.core.ExceptionHandler")
        .weave("handleException", null, MapException.class);
  }

  static final class Root {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = ResteasyHooks.class, event = "resource") int resource,
        @Advice.This Object invoker,
        @Advice.Argument(0) Object request) {
      Tracing.hook(resource, invoker, request, true);
    }
  }

  /** Also called by the method of {@link Root}, whose route was told first then. */
  static final class Located {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = ResteasyHooks.class, event = "resource") int resource,
        @Advice.This Object invoker,
        @Advice.Argument(0) Object request) {
      Tracing.hook(resource, invoker, request, false);
    }
  }

  static final class RootLocator {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = ResteasyHooks.class, event = "locator") int locator,
        @Advice.This Object invoker,
        @Advice.Argument(0) Object request) {
      Tracing.hook(locator, invoker, request, true);
    }
  }

  static final class LocatedLocator {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = ResteasyHooks.class, event = "locator") int locator,
        @Advice.This Object invoker,
        @Advice.Argument(0) Object request) {
      Tracing.hook(locator, invoker, request, false);
    }
  }

  /** RESTEasy wraps what a resource threw, as an ApplicationException. */
  static final class MapException {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(1) Throwable error) {
      boolean wrapped = error.getClass().getName().endsWith(".ApplicationException");
      Tracing.caught(wrapped && error.getCause() != null ? error.getCause() : error);
    }
  }
}
