package dev.atalaya.agent.library.okhttp;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.weave.Captured;
import dev.atalaya.agent.weave.Coverage;
import dev.atalaya.agent.weave.HookNumber;
import dev.atalaya.agent.weave.LibraryInstrumentation;
import dev.atalaya.agent.weave.Weaver;
import dev.atalaya.bridge.Call;
import dev.atalaya.bridge.Tracing;
import java.util.List;
import net.bytebuddy.asm.Advice;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Requests of OkHttp 3 to 5: the interceptor chain waits, on the caller's thread or, for {@code
 * enqueue}, on the dispatcher's.
 *
 * <p>The dispatcher starts a waiting call on the thread of one that has just finished, so each call
 * remembers the context that it was enqueued in. The headers join where OkHttp adds its own, after
 * the application's interceptors, which might have set them.
 */
@AutoService(LibraryInstrumentation.class)
public final class OkHttpInstrumentation extends LibraryInstrumentation {
  public OkHttpInstrumentation() {
    super("okhttp");
  }

  @Override
  public Coverage coverage() {
    return Coverage.of(Captured.SPANS, Captured.ERRORS, Captured.CONTEXT)
        .library(
            "OkHttp", "com.squareup.okhttp3:okhttp:3.0.1", "com.squareup.okhttp3:okhttp-jvm:5.5.1");
  }

  @Override
  public void weave(Weaver weaver) {
    weaver
        .in("okhttp3.RealCall") // up to 4.3
        .weave("getResponseWithInterceptorChain", null, Exchange.class)
        .weave("getResponse", null, Send.class); // up to 3.3
    weaver
        .in("okhttp3.internal.connection.RealCall")
        .weave("getResponseWithInterceptorChain", null, Exchange.class)
        .weave("getResponseWithInterceptorChain$okhttp", null, Exchange.class);
    weaver.in("okhttp3.internal.http.RealInterceptorChain").weave("proceed", null, Proceed.class);
    weaver
        .in("okhttp3.RealCall$AsyncCall")
        .weave("<init>", null, Enqueue.class)
        .weave("execute", "()V", Run.class)
        .weave("run", "()V", Run.class);
    weaver
        .in("okhttp3.internal.connection.RealCall$AsyncCall")
        .weave("<init>", null, Enqueue.class)
        .weave("run", "()V", Run.class);
  }

  static final class Exchange {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Call enter(@Advice.This Object call) {
      Request request = ((okhttp3.Call) call).request();
      return Tracing.request(request.method(), request.url().toString());
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @Advice.Enter Call call, @Advice.Return Response response, @Advice.Thrown Throwable error) {
      if (call == null) return;
      if (response != null) call.status(response.code());
      call.end(error);
    }
  }

  static final class Proceed {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = OkHttpHooks.class, event = "inject") int inject,
        @Advice.Argument(value = 0, readOnly = false) Request request,
        @Advice.FieldValue("interceptors") List<?> interceptors,
        @Advice.FieldValue("index") int index) {
      String next = interceptors.get(index).getClass().getName();
      if (!next.equals("okhttp3.internal.http.BridgeInterceptor")) return;
      Request.Builder headers = request.newBuilder();
      Object injected = Tracing.hook(inject, headers, request);
      if (Boolean.TRUE.equals(injected)) request = headers.build();
    }
  }

  static final class Send {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = OkHttpHooks.class, event = "inject") int inject,
        @Advice.Argument(value = 0, readOnly = false) Request request) {
      Request.Builder headers = request.newBuilder();
      Object injected = Tracing.hook(inject, headers, request);
      if (Boolean.TRUE.equals(injected)) request = headers.build();
    }
  }

  static final class Enqueue {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This Object call) {
      Tracing.attach(call);
    }
  }

  static final class Run {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Object enter(@Advice.This Object call) {
      return Tracing.resumeAttached(call);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter Object previous) {
      Tracing.restore(previous);
    }
  }
}
