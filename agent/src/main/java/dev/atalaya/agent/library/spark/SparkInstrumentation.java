package dev.atalaya.agent.library.spark;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.weave.Captured;
import dev.atalaya.agent.weave.Coverage;
import dev.atalaya.agent.weave.HookNumber;
import dev.atalaya.agent.weave.LibraryInstrumentation;
import dev.atalaya.agent.weave.Weaver;
import dev.atalaya.bridge.Tracing;
import net.bytebuddy.asm.Advice;

/**
 * The routes of Spark, the web framework, and the exceptions that it answers for its handlers. Its
 * requests are those of the Jetty that it brings, or of the container that it is a filter of.
 */
@AutoService(LibraryInstrumentation.class)
public final class SparkInstrumentation extends LibraryInstrumentation {
  public SparkInstrumentation() {
    super("spark");
  }

  @Override
  public Coverage coverage() {
    return Coverage.of(Captured.ROUTE, Captured.ERRORS)
        .library("Spark", "com.sparkjava:spark-core:2.5", "com.sparkjava:spark-core:2.9.4")
        .limit("A request that a `before` filter answers, or a static file, has no route.");
  }

  @Override
  public void weave(Weaver weaver) {
    weaver
        .in("spark.route.Routes")
        .weave(
            "find",
            "(Lspark/route/HttpMethod;Ljava/lang/String;Ljava/lang/String;)"
                + "Lspark/routematch/RouteMatch;",
            Find.class);
    weaver
        .in("spark.ExceptionMapper")
        .weave(
            "getHandler",
            "(Ljava/lang/Exception;)Lspark/ExceptionHandlerImpl;",
            MapException.class);
  }

  /** {@code before} and {@code after} filters are found by another method. */
  static final class Find {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @HookNumber(in = SparkHooks.class, event = "found") int found,
        @Advice.Return Object match) {
      if (match != null) Tracing.hook(found, match);
    }
  }

  /** Called for each exception; where none has a handler, Spark answers 500. */
  static final class MapException {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(0) Throwable error) {
      Tracing.caught(error);
    }
  }
}
