package dev.atalaya.agent.library.grpc;

import dev.atalaya.agent.trace.RpcCall;
import dev.atalaya.agent.trace.Span;
import org.jspecify.annotations.Nullable;

/** A call that a server works on; kept with its stream, and with the executor that runs it. */
final class ServedCall {
  final Span span;
  final RpcCall call;

  /** Whether its stream tells when it is closed; if not, it is closed once it is answered. */
  boolean listens;

  /** What the application, or gRPC for it, answered; the client may hang up before that arrives. */
  private @Nullable String status;

  private @Nullable Throwable cause;

  ServedCall(Span span, RpcCall call) {
    this.span = span;
    this.call = call;
  }

  void answer(String status, @Nullable Throwable cause) {
    this.status = status;
    this.cause = cause;
    if (!listens) close("OK", null);
  }

  /** {@code OK}: what was answered has arrived. */
  void close(String status, @Nullable Throwable cause) {
    String answered = status.equals("OK") ? this.status : status;
    call.answered(answered == null ? status : answered, cause == null ? this.cause : cause);
    span.end(null);
  }
}
