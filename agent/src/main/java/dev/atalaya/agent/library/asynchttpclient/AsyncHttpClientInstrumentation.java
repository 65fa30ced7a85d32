package dev.atalaya.agent.library.asynchttpclient;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.weave.Captured;
import dev.atalaya.agent.weave.Coverage;
import dev.atalaya.agent.weave.HookNumber;
import dev.atalaya.agent.weave.LibraryInstrumentation;
import dev.atalaya.agent.weave.Weaver;
import dev.atalaya.bridge.Tracing;
import net.bytebuddy.asm.Advice;

/**
 * Requests of async-http-client: a future stands for all that one request of the application's
 * leads to, and what is sent for it (the request, where it was redirected to, once more after a
 * connection was lost) is made by one method, on the thread that asks. Each ends when the next is
 * made, or when the future does.
 *
 * <p>That is also a request of Netty's, which leaves it alone.
 */
@AutoService(LibraryInstrumentation.class)
public final class AsyncHttpClientInstrumentation extends LibraryInstrumentation {
  private static final String NETTY = "org.asynchttpclient.netty.";
  private static final String CHANNEL = "Lio/netty/channel/Channel;";
  private static final String FUTURE = "Lorg/asynchttpclient/netty/NettyResponseFuture;";
  private static final String REQUEST = "Lorg/asynchttpclient/Request;";
  private static final String READ = "(" + CHANNEL + FUTURE + "Ljava/lang/Object;)V";

  public AsyncHttpClientInstrumentation() {
    super("asynchttpclient");
  }

  @Override
  public Coverage coverage() {
    return Coverage.of(Captured.SPANS, Captured.ERRORS, Captured.CONTEXT)
        .library(
            "async-http-client",
            "org.asynchttpclient:async-http-client:2.1.0",
            "org.asynchttpclient:async-http-client:2.15.0",
            "org.asynchttpclient:async-http-client:3.0.14")
        .limit("HTTP/2, which it has in 3, was not tried.");
  }

  @Override
  public void weave(Weaver weaver) {
    weaver
        .in(NETTY + "request.NettyRequestSender")
        .weave("newNettyRequestAndResponseFuture", null, Make.class)
        .weave("sendNextRequest", "(" + REQUEST + FUTURE + ")V", GoOnSecond.class)
        .weave("writeRequest", "(" + FUTURE + CHANNEL + ")V", Write.class)
        .weave("abort", "(" + CHANNEL + FUTURE + "Ljava/lang/Throwable;)V", Abort.class);
    weaver
        .in(NETTY + "NettyResponseFuture")
        .stateHolder()
        .weave("done", "()V", Done.class)
        .weave("abort", "(Ljava/lang/Throwable;)V", AbortFuture.class)
        .weave("cancel", "(Z)Z", Cancel.class);
    weaver
        .in(NETTY + "handler.intercept.Interceptors")
        .weave("exitAfterIntercept", null, Status.class);
    for (String handler : new String[] {"HttpHandler", "Http2Handler"}) { // the latter is of 3
      weaver.in(NETTY + "handler." + handler).weave("handleRead", READ, GoOnSecond.class);
    }
  }

  static final class Make {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @HookNumber(in = AsyncHttpClientHooks.class, event = "made") int made,
        @Advice.Return Object future,
        @Advice.Argument(0) Object request) {
      Tracing.hook(made, future, request);
    }
  }

  /** The client goes on with what it was asked for: its second argument says for whom. */
  static final class GoOnSecond {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Object enter(
        @HookNumber(in = AsyncHttpClientHooks.class, event = "goesOn") int goesOn,
        @Advice.Argument(1) Object future) {
      return Tracing.hook(goesOn, future);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter Object previous) {
      if (previous != null) Tracing.restore(previous);
    }
  }

  static final class Write {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Object enter(
        @HookNumber(in = AsyncHttpClientHooks.class, event = "writes") int writes,
        @Advice.Argument(0) Object future) {
      return Tracing.hook(writes, future);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter Object previous) {
      if (previous != null) Tracing.restore(previous);
    }
  }

  static final class Status {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = AsyncHttpClientHooks.class, event = "status") int status,
        @Advice.Argument(1) Object future,
        @Advice.Argument(4) Object answer) {
      Tracing.hook(status, future, answer);
    }
  }

  /** It closes the connection before it tells the future why. */
  static final class Abort {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Object enter(
        @HookNumber(in = AsyncHttpClientHooks.class, event = "ends") int ends,
        @Advice.Argument(1) Object future,
        @Advice.Argument(2) Throwable error) {
      return Tracing.undo(ends, future, error);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter Object previous) {
      if (previous != null) Tracing.restore(previous);
    }
  }

  static final class AbortFuture {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Object enter(
        @HookNumber(in = AsyncHttpClientHooks.class, event = "ends") int ends,
        @Advice.This Object future,
        @Advice.Argument(0) Throwable error) {
      return Tracing.undo(ends, future, error);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter Object previous) {
      if (previous != null) Tracing.restore(previous);
    }
  }

  static final class Cancel {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Object enter(
        @HookNumber(in = AsyncHttpClientHooks.class, event = "cancels") int cancels,
        @Advice.This Object future) {
      return Tracing.undo(cancels, future, null);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter Object previous) {
      if (previous != null) Tracing.restore(previous);
    }
  }

  static final class Done {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Object enter(
        @HookNumber(in = AsyncHttpClientHooks.class, event = "ends") int ends,
        @Advice.This Object future) {
      return Tracing.undo(ends, future, null);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter Object previous) {
      if (previous != null) Tracing.restore(previous);
    }
  }
}
