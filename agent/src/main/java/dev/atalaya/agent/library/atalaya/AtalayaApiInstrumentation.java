package dev.atalaya.agent.library.atalaya;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.weave.Captured;
import dev.atalaya.agent.weave.Coverage;
import dev.atalaya.agent.weave.LibraryInstrumentation;
import dev.atalaya.agent.weave.Name;
import dev.atalaya.agent.weave.Weaver;
import dev.atalaya.bridge.Call;
import dev.atalaya.bridge.Tracing;
import net.bytebuddy.asm.Advice;

/** What an application tells the agent through {@code dev.atalaya.api}. */
@AutoService(LibraryInstrumentation.class)
public final class AtalayaApiInstrumentation extends LibraryInstrumentation {
  private static final String STRING = "Ljava/lang/String;";

  public AtalayaApiInstrumentation() {
    super("api");
  }

  @Override
  public Coverage coverage() {
    return Coverage.of(Captured.SPANS, Captured.ERRORS).own("Atalaya's own API");
  }

  @Override
  public void weave(Weaver weaver) {
    weaver
        .in("dev.atalaya.api.Atalaya")
        .weave("traceId", "()" + STRING, TraceId.class)
        .weave("spanId", "()" + STRING, SpanId.class)
        .weave("attribute", "(" + STRING + "Ljava/lang/Object;)V", Attribute.class)
        .weave("exception", "(Ljava/lang/Throwable;)V", Caught.class)
        .around("span", null, Span.class);
    weaver.around("dev.atalaya.api.Traced", Traced.class);
  }

  static final class TraceId {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Return(readOnly = false) String id) {
      id = Tracing.traceId();
    }
  }

  static final class SpanId {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Return(readOnly = false) String id) {
      id = Tracing.spanId();
    }
  }

  static final class Attribute {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(0) String key, @Advice.Argument(1) Object value) {
      Tracing.attribute(key, value);
    }
  }

  static final class Caught {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(0) Throwable error) {
      Tracing.exception(error);
    }
  }

  static final class Span {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Call enter(@Advice.Argument(0) String name) {
      return Tracing.span(name);
    }
  }

  static final class Traced {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Call enter(@Name String name) {
      return Tracing.span(name);
    }
  }
}
