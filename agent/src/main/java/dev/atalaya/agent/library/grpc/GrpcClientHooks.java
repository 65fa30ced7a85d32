package dev.atalaya.agent.library.grpc;

import dev.atalaya.agent.trace.Headers;
import dev.atalaya.agent.trace.Hook;
import dev.atalaya.agent.trace.LibraryHooks;
import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.agent.trace.RpcCall;
import dev.atalaya.agent.trace.RpcCalls;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.agent.trace.States;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls that go out through a gRPC channel; its listener tells what becomes of each. */
public final class GrpcClientHooks implements LibraryHooks {
  @Override
  public void offer(Recorder recorder, Map<String, Hook> hooks) {
    hooks.put(
        "made",
        (call, method, authority, type) -> {
          if (call == null) return null;
          RpcCall made = new RpcCall("grpc", String.valueOf(method), (String) authority);
          made.known(!"UNARY".equals(type));
          States.put(call, made);
          return null;
        });
    hooks.put(
        "starts",
        (call, listener, metadata, none) -> {
          Object made = States.get(call);
          if (!(made instanceof RpcCall) || listener == null || metadata == null) return null;
          return start(recorder, (RpcCall) made, listener, metadata);
        });
    hooks.put(
        "refused",
        (listener, error, none, no) -> {
          end(listener, (Throwable) error);
          return null;
        });
    hooks.put(
        "called",
        (listener, none, nothing, no) -> {
          Object sent = States.get(listener);
          return sent instanceof Span ? RpcCalls.callback((Span) sent) : null;
        });
    hooks.put(
        "closed",
        (listener, status, none, no) -> {
          Object sent = States.get(listener);
          RpcCall call = sent instanceof Span ? ((Span) sent).rpc() : null;
          if (call == null) return null;
          call.answered(GrpcStatus.code(status), GrpcStatus.cause(status));
          end(listener, null);
          return null;
        });
  }

  private static @Nullable Object start(
      Recorder recorder, RpcCall call, Object listener, Object metadata) {
    MetadataFields fields = new MetadataFields(metadata);
    Span span = recorder.rpcCalls().send(call);
    if (span == null) return null;
    States.put(listener, span);
    forgetOurs(recorder, span, new Headers(fields));
    recorder.inject(span, fields, fields);
    return null;
  }

  /** Whoever tries again may send the headers of the call before. */
  private static void forgetOurs(Recorder recorder, Span span, Headers headers) {
    String field;
    for (int i = 0; (field = recorder.field(i)) != null; i++) {
      String before = headers.get(field);
      if (before != null && before.contains(span.request().traceId())) headers.remove(field);
    }
  }

  private static void end(@Nullable Object listener, @Nullable Throwable error) {
    Object sent = States.get(listener);
    if (listener == null || !(sent instanceof Span)) return;
    States.remove(listener);
    RpcCalls.sent((Span) sent, error);
  }
}
