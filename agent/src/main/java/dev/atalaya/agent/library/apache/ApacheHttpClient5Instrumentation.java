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
import org.apache.hc.client5.http.impl.classic.CloseableHttpResponse;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpHost;

/** Requests of Apache HttpClient 5's classic clients: {@code doExecute} waits. */
@AutoService(LibraryInstrumentation.class)
public final class ApacheHttpClient5Instrumentation extends LibraryInstrumentation {
  private static final String CORE = "Lorg/apache/hc/core5/http/";

  public ApacheHttpClient5Instrumentation() {
    super("apachehttpclient5");
  }

  @Override
  public Coverage coverage() {
    return Coverage.of(Captured.SPANS, Captured.ERRORS, Captured.CONTEXT)
        .library(
            "Apache HttpClient 5",
            "org.apache.httpcomponents.client5:httpclient5:5.0.4",
            "org.apache.httpcomponents.client5:httpclient5:5.6.5");
  }

  @Override
  public void weave(Weaver weaver) {
    weaver
        .inSubtypesOf("org.apache.hc.client5.http.impl.classic.CloseableHttpClient")
        .weave(
            "doExecute",
            "("
                + CORE
                + "HttpHost;"
                + CORE
                + "ClassicHttpRequest;"
                + CORE
                + "protocol/HttpContext;)"
                + "Lorg/apache/hc/client5/http/impl/classic/CloseableHttpResponse;",
            Execute.class);
  }

  static final class Execute {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Call enter(
        @Advice.Argument(0) HttpHost target, @Advice.Argument(1) ClassicHttpRequest request) {
      String path = request.getPath(); // as it is sent: a URI may refuse it
      String host =
          target == null ? request.getScheme() + "://" + request.getAuthority() : target.toURI();
      Call call = Tracing.request(request.getMethod(), path.startsWith("/") ? host + path : path);
      Tracing.inject(call, request);
      return call;
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @HookNumber(in = ApacheHooks.class, event = "received") int received,
        @Advice.Enter Call call,
        @Advice.Argument(1) ClassicHttpRequest request,
        @Advice.Return CloseableHttpResponse response,
        @Advice.Thrown Throwable error) {
      if (call == null) return;
      if (response != null) call.status(response.getCode());
      call.end(error);
      Tracing.undo(received, call, request);
    }
  }
}
