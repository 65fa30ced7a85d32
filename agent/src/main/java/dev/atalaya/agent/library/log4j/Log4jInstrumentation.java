package dev.atalaya.agent.library.log4j;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.weave.Captured;
import dev.atalaya.agent.weave.Coverage;
import dev.atalaya.agent.weave.LibraryInstrumentation;
import dev.atalaya.agent.weave.Weaver;
import dev.atalaya.bridge.Tracing;
import net.bytebuddy.asm.Advice;
import org.apache.logging.log4j.util.SortedArrayStringMap;
import org.apache.logging.log4j.util.StringMap;

/**
 * {@code trace_id} and {@code span_id} in the context data of Log4j 2's events, from 2.7 on.
 *
 * <p>The injector runs on the thread that logs, for synchronous and asynchronous loggers alike.
 * What it returns may be shared with other events, hence the copy.
 */
@AutoService(LibraryInstrumentation.class)
public final class Log4jInstrumentation extends LibraryInstrumentation {
  private static final String MAP = "Lorg/apache/logging/log4j/util/StringMap;";

  public Log4jInstrumentation() {
    super("log4j");
  }

  @Override
  public Coverage coverage() {
    return Coverage.of(Captured.LOG)
        .library(
            "Log4j 2",
            "org.apache.logging.log4j:log4j-core:2.7",
            "org.apache.logging.log4j:log4j-core:2.26.1");
  }

  @Override
  public void weave(Weaver weaver) {
    weaver
        .inSubtypesOf("org.apache.logging.log4j.core.ContextDataInjector")
        .weave("injectContextData", "(Ljava/util/List;" + MAP + ")" + MAP, Inject.class);
  }

  static final class Inject {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Return(readOnly = false) StringMap data) {
      String trace = Tracing.traceId();
      if (trace == null || data.containsKey("trace_id")) return;
      data = new SortedArrayStringMap(data);
      data.putValue("trace_id", trace);
      data.putValue("span_id", Tracing.spanId());
    }
  }
}
