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
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.HttpResponse;
import org.apache.http.client.methods.CloseableHttpResponse;

/** Requests of Apache HttpClient 4: {@code doExecute} waits, up to 4.2 {@code execute}. */
@AutoService(LibraryInstrumentation.class)
public final class ApacheHttpClientInstrumentation extends LibraryInstrumentation {
  private static final String TO_SEND =
      "(Lorg/apache/http/HttpHost;Lorg/apache/http/HttpRequest;"
          + "Lorg/apache/http/protocol/HttpContext;)";

  public ApacheHttpClientInstrumentation() {
    super("apachehttpclient");
  }

  @Override
  public Coverage coverage() {
    return Coverage.of(Captured.SPANS, Captured.ERRORS, Captured.CONTEXT)
        .library(
            "Apache HttpClient 4",
            "org.apache.httpcomponents:httpclient:4.2.6",
            "org.apache.httpcomponents:httpclient:4.3.6",
            "org.apache.httpcomponents:httpclient:4.5.14");
  }

  @Override
  public void weave(Weaver weaver) {
    weaver
        .inSubtypesOf("org.apache.http.impl.client.CloseableHttpClient")
        .weave(
            "doExecute",
            TO_SEND + "Lorg/apache/http/client/methods/CloseableHttpResponse;",
            Execute.class);
    weaver
        .in("org.apache.http.impl.client.AbstractHttpClient")
        .ofSomeVersions()
        .weave("execute", TO_SEND + "Lorg/apache/http/HttpResponse;", ExecuteOld.class);
  }

  static final class Execute {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Call enter(
        @Advice.Argument(0) HttpHost target, @Advice.Argument(1) HttpRequest request) {
      String uri = request.getRequestLine().getUri(); // with the host, or the path alone
      String url = uri.indexOf("://") > 0 || target == null ? uri : target.toURI() + uri;
      Call call = Tracing.request(request.getRequestLine().getMethod(), url);
      Tracing.inject(call, request);
      return call;
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @HookNumber(in = ApacheHooks.class, event = "received") int received,
        @Advice.Enter Call call,
        @Advice.Argument(1) HttpRequest request,
        @Advice.Return CloseableHttpResponse response,
        @Advice.Thrown Throwable error) {
      if (call == null) return;
      if (response != null) call.status(response.getStatusLine().getStatusCode());
      call.end(error);
      Tracing.undo(received, call, request);
    }
  }

  /** As {@link Execute}: advice has to name the exact type of what is returned. */
  static final class ExecuteOld {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Call enter(
        @Advice.Argument(0) HttpHost target, @Advice.Argument(1) HttpRequest request) {
      String uri = request.getRequestLine().getUri(); // with the host, or the path alone
      String url = uri.indexOf("://") > 0 || target == null ? uri : target.toURI() + uri;
      Call call = Tracing.request(request.getRequestLine().getMethod(), url);
      Tracing.inject(call, request);
      return call;
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @HookNumber(in = ApacheHooks.class, event = "received") int received,
        @Advice.Enter Call call,
        @Advice.Argument(1) HttpRequest request,
        @Advice.Return HttpResponse response,
        @Advice.Thrown Throwable error) {
      if (call == null) return;
      if (response != null) call.status(response.getStatusLine().getStatusCode());
      call.end(error);
      Tracing.undo(received, call, request);
    }
  }
}
