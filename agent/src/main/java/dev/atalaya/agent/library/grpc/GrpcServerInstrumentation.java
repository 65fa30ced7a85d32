package dev.atalaya.agent.library.grpc;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.weave.Captured;
import dev.atalaya.agent.weave.Coverage;
import dev.atalaya.agent.weave.HookNumber;
import dev.atalaya.agent.weave.LibraryInstrumentation;
import dev.atalaya.agent.weave.Weaver;
import dev.atalaya.bridge.Call;
import dev.atalaya.bridge.Tracing;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.internal.ServerStream;
import net.bytebuddy.asm.Advice;

/**
 * Calls that gRPC's server takes, over whichever transport: from the stream that is created for one
 * until that is closed, which the transport tells.
 *
 * <p>All that the application has in it, interceptors, handlers and their listeners, runs in an
 * executor that the server makes for each call: that is where the call is on a thread.
 */
@AutoService(LibraryInstrumentation.class)
public final class GrpcServerInstrumentation extends LibraryInstrumentation {
  private static final String INTERNAL = "io.grpc.internal.";
  private static final String STATUS = "(Lio/grpc/Status;)V";
  private static final String STATUS_AND_TRAILERS = "(Lio/grpc/Status;Lio/grpc/Metadata;)V";

  public GrpcServerInstrumentation() {
    super("grpc-server");
  }

  @Override
  public Coverage coverage() {
    return Coverage.of(Captured.SPANS, Captured.ROUTE, Captured.ERRORS, Captured.CONTEXT)
        .library(
            "gRPC, servers",
            "io.grpc:grpc-netty:1.30.2",
            "io.grpc:grpc-netty-shaded:1.85.1",
            "io.grpc:grpc-inprocess:1.85.1",
            "io.grpc:grpc-netty:1.85.1")
        .limit("A call that is no unary one is not slow, however long it is open.");
  }

  @Override
  public void weave(Weaver weaver) {
    weaver
        .in(INTERNAL + "ServerImpl$ServerTransportListenerImpl")
        .weave(
            "streamCreated",
            "(Lio/grpc/internal/ServerStream;Ljava/lang/String;Lio/grpc/Metadata;)V",
            Create.class);
    weaver
        .in(INTERNAL + "ServerImpl$JumpToApplicationThreadServerStreamListener")
        .weave("<init>", null, Accept.class)
        .weave("closed", STATUS, Close.class);
    weaver.in(INTERNAL + "ServerCallImpl").weave("<init>", null, Match.class);
    weaver
        .in(INTERNAL + "AbstractServerStream")
        .stateHolder()
        .weave("close", STATUS_AND_TRAILERS, Answer.class);
    weaver
        .in("io.grpc.inprocess.InProcessTransport$InProcessStream$InProcessServerStream")
        .stateHolder()
        .weave("close", STATUS_AND_TRAILERS, Answer.class);
    weaver.in(INTERNAL + "SerializingExecutor").stateHolder().weave("run", null, Run.class);
    weaver
        .in(INTERNAL + "SerializeReentrantCallsDirectExecutor")
        .stateHolder()
        .weave("execute", null, Run.class);
  }

  static final class Create {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = GrpcServerHooks.class, event = "created") int created,
        @Advice.Argument(0) ServerStream stream,
        @Advice.Argument(1) String method,
        @Advice.Argument(2) Metadata headers) {
      Tracing.hook(created, stream, method, headers, stream.getAuthority());
    }
  }

  /** Where the stream's events go on to the application, by the call's own executor. */
  static final class Accept {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @HookNumber(in = GrpcServerHooks.class, event = "accepted") int accepted,
        @Advice.Argument(0) Object executor,
        @Advice.Argument(2) Object stream) {
      Tracing.undo(accepted, stream, executor);
    }
  }

  static final class Match {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @HookNumber(in = GrpcServerHooks.class, event = "matched") int matched,
        @Advice.Argument(0) Object stream,
        @Advice.Argument(1) MethodDescriptor<?, ?> method) {
      Tracing.hook(matched, stream, method.getType().name());
    }
  }

  static final class Run {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Object enter(
        @HookNumber(in = GrpcServerHooks.class, event = "runs") int runs,
        @Advice.This Object executor) {
      return Tracing.hook(runs, executor);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter Object call) {
      Tracing.end((Call) call, null);
    }
  }

  /**
   * The application's status, or UNKNOWN with what it threw, of which the client is told nothing.
   */
  static final class Answer {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = GrpcServerHooks.class, event = "answered") int answered,
        @Advice.This Object stream,
        @Advice.Argument(0) Status status) {
      Tracing.undo(answered, stream, status);
    }
  }

  static final class Close {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = GrpcServerHooks.class, event = "closed") int closed,
        @Advice.FieldValue("stream") Object stream,
        @Advice.Argument(0) Status status) {
      Tracing.undo(closed, stream, status);
    }
  }
}
