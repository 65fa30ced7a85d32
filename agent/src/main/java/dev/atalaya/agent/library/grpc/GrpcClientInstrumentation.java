package dev.atalaya.agent.library.grpc;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.weave.Captured;
import dev.atalaya.agent.weave.Coverage;
import dev.atalaya.agent.weave.HookNumber;
import dev.atalaya.agent.weave.LibraryInstrumentation;
import dev.atalaya.agent.weave.Weaver;
import dev.atalaya.bridge.Call;
import dev.atalaya.bridge.Tracing;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import net.bytebuddy.asm.Advice;

/**
 * Calls that go out through a gRPC channel: from their start, behind the application's
 * interceptors, until the listener that was given then is told that the call is closed.
 *
 * <p>What starts may only stand for the call until the channel knows its servers; the call itself
 * is then made on another thread. So it is known as the application's by the channel that made it,
 * and it ends with the listener that it was started with, whoever calls that.
 */
@AutoService(LibraryInstrumentation.class)
public final class GrpcClientInstrumentation extends LibraryInstrumentation {
  private static final String LISTENER = "Lio/grpc/ClientCall$Listener;";
  private static final String METADATA = "Lio/grpc/Metadata;";

  public GrpcClientInstrumentation() {
    super("grpc-client");
  }

  @Override
  public Coverage coverage() {
    return Coverage.of(Captured.SPANS, Captured.ERRORS, Captured.CONTEXT)
        .library(
            "gRPC, clients",
            "io.grpc:grpc-netty:1.30.2",
            "io.grpc:grpc-netty-shaded:1.85.1",
            "io.grpc:grpc-netty:1.85.1")
        .limit("Messages are not looked at: how many different ones a loop sends is not known.");
  }

  @Override
  public void weave(Weaver weaver) {
    weaver
        .in("io.grpc.internal.ManagedChannelImpl$RealChannel")
        .weave(
            "newCall",
            "(Lio/grpc/MethodDescriptor;Lio/grpc/CallOptions;)Lio/grpc/ClientCall;",
            Make.class);
    weaver
        .inSubtypesOf("io.grpc.ClientCall")
        .stateHolder()
        .weave("start", "(" + LISTENER + METADATA + ")V", Start.class);
    weaver
        .inSubtypesOf("io.grpc.ClientCall$Listener")
        .stateHolder()
        .marked("io/grpc/ClientCall$Listener") // one may have nothing but an onMessage
        .weave("onHeaders", "(" + METADATA + ")V", Callback.class)
        .weave("onMessage", "(Ljava/lang/Object;)V", Callback.class)
        .weave("onReady", "()V", Callback.class)
        .weave("onClose", "(Lio/grpc/Status;" + METADATA + ")V", Close.class);
  }

  static final class Make {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @HookNumber(in = GrpcClientHooks.class, event = "made") int made,
        @Advice.This Channel channel,
        @Advice.Argument(0) MethodDescriptor<?, ?> method,
        @Advice.Return ClientCall<?, ?> call) {
      String type = method.getType().name();
      Tracing.hook(made, call, method.getFullMethodName(), channel.authority(), type);
    }
  }

  static final class Start {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = GrpcClientHooks.class, event = "starts") int starts,
        @Advice.This Object call,
        @Advice.Argument(0) ClientCall.Listener<?> listener,
        @Advice.Argument(1) Metadata headers) {
      Tracing.hook(starts, call, listener, headers);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @HookNumber(in = GrpcClientHooks.class, event = "refused") int refused,
        @Advice.Argument(0) ClientCall.Listener<?> listener,
        @Advice.Thrown Throwable error) {
      if (error != null) Tracing.undo(refused, listener, error);
    }
  }

  static final class Callback {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Object enter(
        @HookNumber(in = GrpcClientHooks.class, event = "called") int called,
        @Advice.This Object listener) {
      return Tracing.hook(called, listener);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter Object call) {
      Tracing.end((Call) call, null);
    }
  }

  /** The span has ended before the application hears of it. */
  static final class Close {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Object enter(
        @HookNumber(in = GrpcClientHooks.class, event = "called") int called,
        @HookNumber(in = GrpcClientHooks.class, event = "closed") int closed,
        @Advice.This Object listener,
        @Advice.Argument(0) Status status) {
      Object context = Tracing.hook(called, listener);
      Tracing.undo(closed, listener, status);
      return context;
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter Object call) {
      Tracing.end((Call) call, null);
    }
  }
}
