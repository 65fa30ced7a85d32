package dev.atalaya.agent.library.netty;

import dev.atalaya.agent.reflect.Getter;
import dev.atalaya.agent.trace.Headers;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.agent.trace.States;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The head of a request or response, as Netty has it. */
final class Message {
  private static final Getter METHOD = new Getter("method");
  private static final Getter URI = new Getter("uri");
  private static final Getter HEADERS = new Getter("headers");
  private static final Getter STATUS = new Getter("status");
  private static final Getter CODE = new Getter("code");
  private static final Getter RESULT = new Getter("decoderResult");
  private static final Getter IS_FAILURE = new Getter("isFailure");

  private static final String TLS = "io.netty.handler.ssl.SslHandler";

  private final Object target;

  Message(Object target) {
    this.target = target;
  }

  /** What is kept with it. */
  @Nullable Object state() {
    return States.get(target);
  }

  String method() {
    return METHOD.text(target);
  }

  String uri() {
    return URI.text(target);
  }

  /** What {@link Headers} reads and sets; null where there are none. */
  @Nullable Object headers() {
    return HEADERS.of(target);
  }

  @Nullable String header(String name) {
    Object headers = headers();
    return headers == null ? null : new Headers(headers).get(name);
  }

  int status() {
    return CODE.number(STATUS.of(target));
  }

  /** Notes of an answer, of which this is a part, what it says; whether that was the last of it. */
  boolean ends(Span span, int part) {
    boolean last = (part & Part.LAST) != 0;
    if ((part & Part.RESPONSE) != 0) {
      int status = status();
      boolean upgrade = status == 101;
      if (status < 200 && !upgrade) return false; // the answer is still to come
      span.status(status);
      last |= upgrade;
    }
    return last && span.status() != 0;
  }

  /** Whether what follows it on the connection is HTTP/2, the answer too. */
  boolean isUpgradeToHttp2() {
    return status() == 101 && "h2c".equalsIgnoreCase(header("upgrade"));
  }

  /** Its head could not be read: the method and path are Netty's, not the client's. */
  boolean isInvalid() {
    return Boolean.TRUE.equals(IS_FAILURE.of(RESULT.of(target)));
  }

  /** That of the stream, or what the connection's handlers tell. */
  String scheme(Object pipeline) {
    String ofStream = header("x-http2-scheme");
    if (ofStream != null) return ofStream;
    if (!(pipeline instanceof Iterable)) return "http";
    for (Object entry : (Iterable<?>) pipeline) {
      Object handler = entry instanceof Map.Entry ? ((Map.Entry<?, ?>) entry).getValue() : null;
      for (Class<?> type = handler == null ? null : handler.getClass();
          type != null;
          type = type.getSuperclass()) {
        if (type.getName().equals(TLS)) return "https";
      }
    }
    return "http";
  }
}
