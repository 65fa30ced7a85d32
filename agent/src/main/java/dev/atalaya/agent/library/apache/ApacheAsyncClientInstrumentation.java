package dev.atalaya.agent.library.apache;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.weave.Captured;
import dev.atalaya.agent.weave.Coverage;
import dev.atalaya.agent.weave.HookNumber;
import dev.atalaya.agent.weave.LibraryInstrumentation;
import dev.atalaya.agent.weave.Weaver;
import dev.atalaya.bridge.Call;
import dev.atalaya.bridge.Tracing;
import net.bytebuddy.asm.Advice;
import org.apache.http.HttpRequest;
import org.apache.http.HttpResponse;
import org.apache.http.nio.protocol.HttpAsyncRequestProducer;

/**
 * Requests of Apache's asynchronous client 4, the minimal one's as well: none waits.
 *
 * <p>Both start an exchange on the caller's thread, where its producer makes the request and the
 * call begins; it ends just before the future that the application was given does. What goes out, a
 * copy for each attempt and each redirect, is made on the client's own threads.
 */
@AutoService(LibraryInstrumentation.class)
public final class ApacheAsyncClientInstrumentation extends LibraryInstrumentation {
  private static final String GENERATE = "()Lorg/apache/http/HttpRequest;";

  public ApacheAsyncClientInstrumentation() {
    super("apacheasyncclient");
  }

  @Override
  public Coverage coverage() {
    return Coverage.of(Captured.SPANS, Captured.ERRORS, Captured.CONTEXT)
        .library(
            "Apache HttpAsyncClient 4",
            "org.apache.httpcomponents:httpasyncclient:4.0.2",
            "org.apache.httpcomponents:httpasyncclient:4.1.5")
        .limit("Pipelined requests, and those of the DefaultHttpAsyncClient of old, are no spans.");
  }

  @Override
  public void weave(Weaver weaver) {
    String home = "org.apache.http.impl.nio.client.";
    for (String kind : new String[] {"Default", "Minimal"}) {
      weaver
          .in(home + kind + "ClientExchangeHandlerImpl")
          .weave("start", "()V", Start.class)
          .weave("generateRequest", GENERATE, GenerateRequest.class)
          .weave("responseReceived", "(Lorg/apache/http/HttpResponse;)V", ResponseReceived.class);
    }
    weaver
        .inSubtypesOf("org.apache.http.nio.protocol.HttpAsyncRequestProducer")
        .weave("generateRequest", GENERATE, Generated.class);
    weaver
        .in("org.apache.http.concurrent.BasicFuture")
        .weave("completed", "(Ljava/lang/Object;)Z", ApacheFutures.Completed.class)
        .weave("failed", "(Ljava/lang/Exception;)Z", ApacheFutures.Failed.class)
        .weave("cancel", "(Z)Z", ApacheFutures.Cancel.class)
        .stateHolder();
  }

  static final class Start {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = ApacheAsyncHooks.class, event = "start") int start,
        @Advice.FieldValue("resultFuture") Object future,
        @Advice.FieldValue("requestProducer") HttpAsyncRequestProducer producer) {
      Tracing.hook(start, future, producer.getTarget().toURI());
    }

    /** The client hands exceptions to the future, errors to the caller alone. */
    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @HookNumber(in = ApacheAsyncHooks.class, event = "started") int started,
        @HookNumber(in = ApacheAsyncHooks.class, event = "done") int done,
        @Advice.FieldValue("resultFuture") Object future,
        @Advice.Thrown Throwable error) {
      Tracing.undo(started, null);
      if (error instanceof Error) Tracing.undo(done, future, error);
    }
  }

  /** Begins the call where its exchange is starting; else it is another attempt. */
  static final class Generated {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @HookNumber(in = ApacheAsyncHooks.class, event = "generated") int generated,
        @Advice.Return HttpRequest request) {
      Tracing.hook(generated, request);
    }
  }

  static final class GenerateRequest {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.FieldValue("resultFuture") Object future, @Advice.Return HttpRequest request) {
      Call call = request == null ? null : Tracing.kept(future);
      if (call == null || request.getRequestLine().getMethod().equals("CONNECT")) return;
      Tracing.inject(call, request);
    }
  }

  /** The last one counts. */
  static final class ResponseReceived {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.FieldValue("resultFuture") Object future,
        @Advice.Argument(0) HttpResponse response) {
      Call call = Tracing.kept(future);
      if (call != null) call.status(response.getStatusLine().getStatusCode());
    }
  }
}
