package dev.atalaya.agent.library.armeria;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.weave.Captured;
import dev.atalaya.agent.weave.Coverage;
import dev.atalaya.agent.weave.HookNumber;
import dev.atalaya.agent.weave.LibraryInstrumentation;
import dev.atalaya.agent.weave.Weaver;
import dev.atalaya.bridge.Tracing;
import net.bytebuddy.asm.Advice;

/**
 * Requests of Armeria's client, whose spans are Netty's: they belong to whoever has made their
 * context, wherever a connection is got for them. What is tried once more has a context derived
 * from the first, and a span of its own.
 */
@AutoService(LibraryInstrumentation.class)
public final class ArmeriaClientInstrumentation extends LibraryInstrumentation {
  private static final String CLIENT = "com.linecorp.armeria.client.";

  public ArmeriaClientInstrumentation() {
    super("armeria-client");
  }

  @Override
  public Coverage coverage() {
    return Coverage.of(Captured.SPANS, Captured.ERRORS, Captured.CONTEXT)
        .library(
            "Armeria's client",
            "com.linecorp.armeria:armeria:1.0.0",
            "com.linecorp.armeria:armeria:1.40.0")
        .limit("A request that got no connection has no duration.");
  }

  @Override
  public void weave(Weaver weaver) {
    for (String room : new String[] {"client.", "internal.client."}) { // the newer is the second
      weaver
          .in("com.linecorp.armeria." + room + "DefaultClientRequestContext")
          .stateHolder()
          .weave("<init>", null, Make.class);
    }
    weaver
        .in(CLIENT + "HttpRequestSubscriber")
        .ofSomeVersions() // its parent's in the newer
        .weave("writeFirstHeader", null, Send.class);
    weaver.in(CLIENT + "AbstractHttpRequestHandler").weave("writeHeaders", null, Send.class);
    weaver
        .in("com.linecorp.armeria.common.logging.DefaultRequestLog")
        .weave("endResponse0", "(Ljava/lang/Throwable;J)V", End.class);
  }

  static final class Make {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @HookNumber(in = ArmeriaClientHooks.class, event = "made") int made,
        @Advice.This Object context,
        @Advice.Argument(0) Object from) {
      Tracing.hook(made, context, from);
    }
  }

  /** On the event loop of the connection that it has got. */
  static final class Send {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = ArmeriaClientHooks.class, event = "sends") int sends,
        @Advice.FieldValue("ctx") Object context,
        @Advice.FieldValue("ch") Object channel) {
      Tracing.hook(sends, context, channel);
    }
  }

  static final class End {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = ArmeriaClientHooks.class, event = "ended") int ended,
        @Advice.FieldValue("ctx") Object context,
        @Advice.Argument(0) Throwable error) {
      if (error != null) Tracing.hook(ended, context, error);
    }
  }
}
