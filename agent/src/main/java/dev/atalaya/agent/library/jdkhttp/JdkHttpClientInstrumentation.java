package dev.atalaya.agent.library.jdkhttp;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.weave.Captured;
import dev.atalaya.agent.weave.Coverage;
import dev.atalaya.agent.weave.HookNumber;
import dev.atalaya.agent.weave.LibraryInstrumentation;
import dev.atalaya.agent.weave.Weaver;
import dev.atalaya.bridge.Call;
import dev.atalaya.bridge.Tracing;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/**
 * Requests of java.net.http's client. {@code send} waits itself; {@code sendAsync} returns a
 * future, and its call ends with that.
 */
@AutoService(LibraryInstrumentation.class)
public final class JdkHttpClientInstrumentation extends LibraryInstrumentation {
  private static final String HTTP = "Ljava/net/http/";
  private static final String TO_SEND = HTTP + "HttpRequest;" + HTTP + "HttpResponse$BodyHandler;";

  public JdkHttpClientInstrumentation() {
    super("jdkhttpclient");
  }

  @Override
  public Coverage coverage() {
    return Coverage.of(Captured.SPANS, Captured.ERRORS, Captured.CONTEXT)
        .jdk("java.net.http.HttpClient", 11, 25);
  }

  @Override
  public void weave(Weaver weaver) {
    weaver
        .in("jdk.internal.net.http.HttpClientImpl")
        .weave("send", "(" + TO_SEND + ")" + HTTP + "HttpResponse;", Send.class)
        .weave(
            "sendAsync",
            "("
                + TO_SEND
                + HTTP
                + "HttpResponse$PushPromiseHandler;"
                + "Ljava/util/concurrent/Executor;)Ljava/util/concurrent/CompletableFuture;",
            SendAsync.class);
    weaver
        .in("jdk.internal.net.http.common.MinimalFuture")
        .ofSomeVersions() // which can be cancelled from JDK 16 on
        .stateHolder()
        .weave("cancel", "(Z)Z", Cancel.class);
    weaver
        .in("jdk.internal.net.http.HttpRequestImpl")
        .weave("<init>", "(" + HTTP + "HttpRequest;Ljava/net/ProxySelector;)V", Request.class);
  }

  static final class Send {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Call enter(
        @HookNumber(in = JdkHttpClientHooks.class, event = "send") int send,
        @Advice.Argument(0) Object request) {
      return (Call) Tracing.hook(send, request);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @HookNumber(in = JdkHttpClientHooks.class, event = "received") int received,
        @Advice.Enter Call call,
        @Advice.Return Object response,
        @Advice.Thrown Throwable error) {
      if (call != null) Tracing.hook(received, call, response);
      Tracing.end(call, error);
    }
  }

  /** Behind send as well, where the thread's call is open already. */
  static final class SendAsync {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Call enter(
        @HookNumber(in = JdkHttpClientHooks.class, event = "send") int send,
        @Advice.Argument(0) Object request) {
      return (Call) Tracing.hook(send, request);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @HookNumber(in = JdkHttpClientHooks.class, event = "receiveLater") int receiveLater,
        @Advice.Enter Call call,
        @Advice.Return(readOnly = false) CompletableFuture<?> future,
        @Advice.Thrown Throwable error) {
      if (error != null) Tracing.end(call, error);
      if (error != null || call == null) return;
      Object own = Tracing.hook(receiveLater, call, future);
      if (own != null) future = (CompletableFuture<?>) own;
    }
  }

  static final class Cancel {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This CompletableFuture<?> future, @Advice.Return boolean cancelled) {
      Call call = cancelled ? Tracing.kept(future) : null;
      if (call != null) call.end(new CancellationException());
    }
  }

  /** What is sent is a copy of the application's request, made while the call begins. */
  static final class Request {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @HookNumber(in = JdkHttpClientHooks.class, event = "made") int made,
        @Advice.FieldValue(
                value = "userHeaders",
                readOnly = false,
                typing = Assigner.Typing.DYNAMIC)
            Object headers) {
      Object more = Tracing.hook(made, headers);
      if (more != null) headers = more;
    }
  }
}
