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
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;

/**
 * Requests of Apache HttpClient 5's asynchronous clients: none waits; a call begins where a request
 * enters the protocol, and ends just before the future that the application was given does.
 *
 * <p>Every attempt and every redirect enters the protocol again, with a new copy of the request,
 * perhaps on another thread; what they have in common is that future. The minimal clients have no
 * protocol: see {@link ApacheMinimalClient5Instrumentation}.
 */
@AutoService(LibraryInstrumentation.class)
public final class ApacheAsyncClient5Instrumentation extends LibraryInstrumentation {
  private static final String CORE = "Lorg/apache/hc/core5/http/";
  private static final String CLIENT = "Lorg/apache/hc/client5/http/async/AsyncExec";

  public ApacheAsyncClient5Instrumentation() {
    super("apacheasyncclient5");
  }

  @Override
  public Coverage coverage() {
    return Coverage.of(Captured.SPANS, Captured.ERRORS, Captured.CONTEXT)
        .library(
            "Apache HttpClient 5, asynchronous",
            "org.apache.httpcomponents.client5:httpclient5:5.0.4",
            "org.apache.httpcomponents.client5:httpclient5:5.6.5");
  }

  @Override
  public void weave(Weaver weaver) {
    weaver
        .in("org.apache.hc.client5.http.impl.async.AsyncProtocolExec")
        .weave(
            "execute",
            "("
                + CORE
                + "HttpRequest;"
                + CORE
                + "nio/AsyncEntityProducer;"
                + CLIENT
                + "Chain$Scope;"
                + CLIENT
                + "Chain;"
                + CLIENT
                + "Callback;)V",
            Execute.class);
    weaver
        .in("org.apache.hc.client5.http.impl.async.AsyncProtocolExec$1")
        .weave(
            "handleResponse",
            "("
                + CORE
                + "HttpResponse;"
                + CORE
                + "EntityDetails;)"
                + CORE
                + "nio/AsyncDataConsumer;",
            HandleResponse.class);
    weaver
        .in("org.apache.hc.core5.concurrent.ComplexFuture")
        .weave("completed", "(Ljava/lang/Object;)Z", ApacheFutures.Completed.class)
        .weave("failed", "(Ljava/lang/Exception;)Z", ApacheFutures.Failed.class)
        .weave("cancel", "(Z)Z", ApacheFutures.Cancel.class)
        .stateHolder();
  }

  static final class Execute {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Call enter(
        @HookNumber(in = ApacheAsyncHooks.class, event = "enter") int enter,
        @Advice.Argument(0) HttpRequest request,
        @Advice.Argument(2) AsyncExecChain.Scope scope) {
      HttpHost target = scope.route.getTargetHost(); // has a port where none was given
      Object host = request.getAuthority() == null ? target.toHostString() : request.getAuthority();
      String url = target.getSchemeName() + "://" + host + request.getPath(); // a URI may refuse it
      Object future = scope.cancellableDependency;
      Call call = (Call) Tracing.hook(enter, future, request.getMethod(), url);
      Tracing.inject(call, request);
      return call;
    }

    /** The client hands checked exceptions to the future, others to the caller alone. */
    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter Call call, @Advice.Thrown Throwable error) {
      if (error instanceof RuntimeException || error instanceof Error) Tracing.end(call, error);
    }
  }

  /** The last one counts. */
  static final class HandleResponse {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.Argument(0) HttpResponse response,
        @Advice.FieldValue("val$scope") AsyncExecChain.Scope scope) {
      Call call = Tracing.kept(scope.cancellableDependency);
      if (call != null) call.status(response.getCode());
    }
  }
}
