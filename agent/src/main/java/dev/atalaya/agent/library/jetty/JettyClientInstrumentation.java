package dev.atalaya.agent.library.jetty;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.weave.Captured;
import dev.atalaya.agent.weave.Coverage;
import dev.atalaya.agent.weave.HookNumber;
import dev.atalaya.agent.weave.LibraryInstrumentation;
import dev.atalaya.agent.weave.Weaver;
import dev.atalaya.bridge.Call;
import dev.atalaya.bridge.Tracing;
import net.bytebuddy.asm.Advice;

/**
 * Requests of Jetty's HttpClient: sending does not wait; {@code send()} waits for the end of an
 * exchange that it began like any other.
 *
 * <p>Whatever is sent, by a blocking {@code send}, to a listener or on a connection, is an
 * exchange, made on the thread that sends; what is sent again, to where a resource moved or with
 * credentials, is another one of the same conversation, made in a listener of the client's own.
 */
@AutoService(LibraryInstrumentation.class)
public final class JettyClientInstrumentation extends LibraryInstrumentation {
  /** Where they are from 12 on. */
  private static final String TRANSPORT = "org.eclipse.jetty.client.transport.";

  private static final String LIST = "(Ljava/util/List;";
  private static final String OLD = "Lorg/eclipse/jetty/client/api/";
  private static final String NEW = "(Lorg/eclipse/jetty/client/";
  private static final String FIELD = "Lorg/eclipse/jetty/http/HttpField;";
  private static final String CONTENT =
      "Ljava/util/function/ObjLongConsumer;Ljava/nio/ByteBuffer;"
          + "Lorg/eclipse/jetty/util/Callback;Ljava/util/List;)V";
  private static final String SOURCE = "Lorg/eclipse/jetty/io/Content$Source;)V";

  public JettyClientInstrumentation() {
    super("jettyclient");
  }

  @Override
  public Coverage coverage() {
    return Coverage.of(Captured.SPANS, Captured.ERRORS, Captured.CONTEXT)
        .library(
            "Jetty's HttpClient",
            "org.eclipse.jetty:jetty-client:9.4.58.v20250814",
            "org.eclipse.jetty:jetty-client:10.0.26",
            "org.eclipse.jetty:jetty-client:11.0.26",
            "org.eclipse.jetty:jetty-client:12.1.14");
  }

  @Override
  public void weave(Weaver weaver) {
    for (String home : new String[] {"org.eclipse.jetty.client.", TRANSPORT}) {
      weaver
          .in(home + "HttpExchange")
          .weave("<init>", null, Begin.class)
          .weave("completeResponse", "(Ljava/lang/Throwable;)Z", Complete.class)
          .weave("lockedCompleteResponse", "(Ljava/lang/Throwable;)Z", Complete.class); // 12.1
      weaver.in(home + "HttpResponse").stateHolder().weave("status", null, Status.class);
    }
    weaver
        .in("org.eclipse.jetty.client.ResponseNotifier") // 9 to 11
        .weave("notifyBegin", LIST + OLD + "Response;)V", Notify.class)
        .weave("notifyHeader", LIST + OLD + "Response;" + FIELD + ")Z", Notify.class)
        .weave("notifyHeaders", LIST + OLD + "Response;)V", Notify.class)
        .weave("notifySuccess", LIST + OLD + "Response;)V", Notify.class)
        .weave("notifyFailure", LIST + OLD + "Response;Ljava/lang/Throwable;)V", Notify.class)
        .weave("notifyComplete", LIST + OLD + "Result;)V", Notify.class)
        .weave("notifyContent", "(" + OLD + "Response;" + CONTENT, NotifyFirst.class);
    weaver
        .in(TRANSPORT + "ResponseListeners")
        .weave("notifyBegin", NEW + "Response;)V", NotifyFirst.class)
        .weave("notifyHeader", NEW + "Response;" + FIELD + ")Z", NotifyFirst.class)
        .weave("notifyHeaders", NEW + "Response;)V", NotifyFirst.class)
        .weave("notifyContentSource", NEW + "Response;" + SOURCE, NotifyFirst.class)
        .weave("notifySuccess", NEW + "Response;)V", NotifyFirst.class)
        .weave("notifyFailure", NEW + "Response;Ljava/lang/Throwable;)V", NotifyFirst.class)
        .weave("notifyComplete", NEW + "Result;)V", NotifyFirst.class);
  }

  static final class Begin {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @HookNumber(in = JettyClientHooks.class, event = "begin") int begin,
        @Advice.This Object exchange) {
      Tracing.hook(begin, exchange);
    }
  }

  /** Once for each response: it is all there, or failed, was aborted, or took too long. */
  static final class Complete {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @HookNumber(in = JettyClientHooks.class, event = "complete") int complete,
        @Advice.This Object exchange,
        @Advice.Argument(0) Throwable failure,
        @Advice.Return boolean completed) {
      if (completed) Tracing.undo(complete, exchange, failure);
    }
  }

  static final class Status {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This Object response, @Advice.Argument(0) int status) {
      Call call = Tracing.kept(response);
      if (call != null) call.status(status);
    }
  }

  static final class Notify {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Object enter(
        @HookNumber(in = JettyClientHooks.class, event = "resume") int resume,
        @Advice.Argument(1) Object answer) {
      return Tracing.hook(resume, answer);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter Object previous) {
      Tracing.restore(previous);
    }
  }

  /** As {@link Notify}, where the response or result is the first argument. */
  static final class NotifyFirst {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Object enter(
        @HookNumber(in = JettyClientHooks.class, event = "resume") int resume,
        @Advice.Argument(0) Object answer) {
      return Tracing.hook(resume, answer);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter Object previous) {
      Tracing.restore(previous);
    }
  }
}
