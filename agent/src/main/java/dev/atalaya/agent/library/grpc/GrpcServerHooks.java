package dev.atalaya.agent.library.grpc;

import dev.atalaya.agent.trace.Hook;
import dev.atalaya.agent.trace.LibraryHooks;
import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.agent.trace.RpcCall;
import dev.atalaya.agent.trace.RpcCalls;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.agent.trace.States;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls that gRPC's server takes, by their streams. */
public final class GrpcServerHooks implements LibraryHooks {
  @Override
  public void offer(Recorder recorder, Map<String, Hook> hooks) {
    RpcCalls calls = recorder.rpcCalls();
    hooks.put(
        "created",
        (stream, method, metadata, authority) -> {
          if (stream == null || metadata == null) return null;
          RpcCall call = new RpcCall("grpc", String.valueOf(method), (String) authority);
          Span span = calls.serve(call, new MetadataFields(metadata));
          if (span != null) States.put(stream, new ServedCall(span, call));
          return null;
        });
    hooks.put(
        "runs",
        (executor, none, nothing, no) -> {
          ServedCall served = of(executor);
          return served == null ? null : RpcCalls.working(served.span);
        });
    hooks.put(
        "accepted",
        (stream, executor, none, no) -> {
          ServedCall served = of(stream);
          if (served == null) return null;
          served.listens = true;
          States.put(executor, served);
          return null;
        });
    hooks.put(
        "matched",
        (stream, type, none, no) -> {
          ServedCall served = of(stream);
          if (served != null) RpcCalls.matched(served.span, served.call, !"UNARY".equals(type));
          return null;
        });
    offerEnds(hooks);
  }

  private static void offerEnds(Map<String, Hook> hooks) {
    hooks.put(
        "answered",
        (stream, status, none, no) -> {
          ServedCall served = of(stream);
          if (served != null) served.answer(GrpcStatus.code(status), GrpcStatus.cause(status));
          return null;
        });
    hooks.put(
        "closed",
        (stream, status, none, no) -> {
          ServedCall served = of(stream);
          if (served != null) served.close(GrpcStatus.code(status), GrpcStatus.cause(status));
          return null;
        });
  }

  private static @Nullable ServedCall of(@Nullable Object target) {
    Object state = States.get(target);
    return state instanceof ServedCall ? (ServedCall) state : null;
  }
}
