package dev.atalaya.agent.library.logback;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.weave.Captured;
import dev.atalaya.agent.weave.Coverage;
import dev.atalaya.agent.weave.HookNumber;
import dev.atalaya.agent.weave.LibraryInstrumentation;
import dev.atalaya.agent.weave.Weaver;
import dev.atalaya.bridge.Tracing;
import java.util.Map;
import net.bytebuddy.asm.Advice;

/**
 * {@code trace_id} and {@code span_id} in the MDC of Logback's events.
 *
 * <p>An event reads the MDC when it is first asked for it: on the thread that logs, also for
 * asynchronous appenders. What the application put there under these names stays.
 */
@AutoService(LibraryInstrumentation.class)
public final class LogbackInstrumentation extends LibraryInstrumentation {
  public LogbackInstrumentation() {
    super("logback");
  }

  @Override
  public Coverage coverage() {
    return Coverage.of(Captured.LOG)
        .library(
            "Logback",
            "ch.qos.logback:logback-classic:1.0.13",
            "ch.qos.logback:logback-classic:1.2.13",
            "ch.qos.logback:logback-classic:1.6.6");
  }

  @Override
  public void weave(Weaver weaver) {
    weaver
        .in("ch.qos.logback.classic.spi.LoggingEvent")
        .weave("getMDCPropertyMap", "()Ljava/util/Map;", ReadMdc.class);
  }

  static final class ReadMdc {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static boolean enter(@Advice.FieldValue("mdcPropertyMap") Map<String, String> known) {
      return known == null;
    }

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @HookNumber(in = LogbackHooks.class, event = "readMdc") int readMdc,
        @Advice.Enter boolean first,
        @Advice.FieldValue(value = "mdcPropertyMap", readOnly = false) Map<?, ?> known,
        @Advice.Return(readOnly = false) Map<?, ?> mdc) {
      Object more = first ? Tracing.hook(readMdc, mdc) : null;
      if (more != null) mdc = (Map<?, ?>) more;
      if (first) known = mdc;
    }
  }
}
