package dev.atalaya.agent.export;

import io.opentelemetry.sdk.common.export.GrpcStatusCode;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Reads targets' responses, as OTLP's specification has them. */
final class Outcomes {
  private Outcomes() {}

  static Outcome ofHttp(int status, byte @Nullable [] body) {
    if (status >= 200 && status < 300) return Outcome.delivered(rejected(body));
    boolean later = status == 429 || status == 502 || status == 503 || status == 504;
    return Outcome.of(later ? Outcome.Kind.RETRY : Outcome.Kind.REFUSED, "HTTP " + status);
  }

  static Outcome ofGrpc(GrpcStatusCode status, @Nullable String words, byte @Nullable [] message) {
    switch (status) {
      case OK:
        return Outcome.delivered(rejected(message));
      case CANCELLED:
      case DEADLINE_EXCEEDED:
      case RESOURCE_EXHAUSTED:
      case ABORTED:
      case OUT_OF_RANGE:
      case UNAVAILABLE:
      case DATA_LOSS:
        return Outcome.of(Outcome.Kind.RETRY, "gRPC " + status);
      default:
        return Outcome.of(Outcome.Kind.REFUSED, "gRPC " + status);
    }
  }

  /** {@code making}: nothing was sent yet, as the sender could not be made. */
  static Outcome of(Throwable error, boolean making) {
    Throwable cause = error;
    while ((cause instanceof CompletionException
            || cause instanceof UncheckedIOException
            || cause.getClass() == IOException.class
            || cause.getClass() == RuntimeException.class)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    String words = message == null ? cause.getClass().getSimpleName() : message;
    if (making) return Outcome.of(Outcome.Kind.REFUSED, words);
    if (isUnreachable(cause)) return Outcome.of(Outcome.Kind.UNREACHABLE, whyUnreachable(cause));
    // The JDK's client has an exception of its own, which Java 8 does not know.
    if (cause instanceof InterruptedIOException
        || cause.getClass().getName().equals("java.net.http.HttpTimeoutException")) {
      return Outcome.of(Outcome.Kind.RETRY, "timeout");
    }
    if (cause instanceof IOException) return Outcome.of(Outcome.Kind.BROKEN, words);
    return Outcome.of(Outcome.Kind.REFUSED, words);
  }

  /** The JDK's client leaves messages out, OkHttp hides the reason behind its own words. */
  private static String whyUnreachable(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      String words = String.valueOf(cause.getMessage());
      if (words.contains("refused")) return "connection refused";
      if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
        return "unknown host";
      }
    }
    return error.getMessage() == null ? "connection refused" : error.getMessage();
  }

  private static boolean isUnreachable(Throwable cause) {
    return cause instanceof ConnectException
        || cause instanceof UnknownHostException
        || cause instanceof NoRouteToHostException
        || cause instanceof UnresolvedAddressException
        || cause instanceof SSLException
        || cause.getClass().getName().equals("java.net.http.HttpConnectTimeoutException");
  }

  /** Export...ServiceResponse { 1: partial_success { 1: rejected } }; 0 for anything else. */
  static long rejected(byte @Nullable [] message) {
    if (message == null || message.length < 4 || message[0] != 0x0A) return 0;
    int at = 1;
    while (at < message.length && message[at] < 0) at++; // the nested message's length
    at++;
    if (at >= message.length || message[at++] != 0x08) return 0;
    long rejected = 0;
    for (int shift = 0; at < message.length && shift < 63; at++, shift += 7) {
      rejected |= (message[at] & 0x7FL) << shift;
      if (message[at] >= 0) return rejected;
    }
    return 0;
  }
}
