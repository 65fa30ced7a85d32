package dev.atalaya.agent.library.netty;

import dev.atalaya.agent.reflect.Getter;
import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.agent.trace.States;
import dev.atalaya.bridge.Call;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The requests on a connection of HTTP/2 all of whose frames one handler has, by their streams. Its
 * event loop alone touches it.
 */
abstract class Http2Streams {
  private static final Getter CONNECTION = new Getter("connection");
  private static final Getter IS_SERVER = new Getter("isServer");

  /** Kept with a connection whose requests are seen elsewhere. */
  private static final Object ELSEWHERE = new Object();

  /** The stream of what asked for HTTP/2 by HTTP/1.1. */
  static final Integer UPGRADED = 1;

  /** Its status until it is answered as such. */
  static final int UPGRADE = 101;

  private static final String HTTP2 = "io.netty.handler.codec.http2.";

  private static final ClassValue<Boolean> HAS_CONNECTION =
      new ClassValue<Boolean>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          return extendsOne(type, HTTP2 + "Http2ConnectionHandler");
        }
      };

  private static final ClassValue<Boolean> SEEN_ELSEWHERE =
      new ClassValue<Boolean>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          // The calls of gRPC are told by its own folder.
          return extendsOne(type, HTTP2 + "Http2FrameCodec") || extendsOne(type, "io.grpc.");
        }
      };

  final Map<Integer, Span> open = new HashMap<>();

  /** Those of a connection that goes through that pipeline; null where they are seen elsewhere. */
  static @Nullable Http2Streams of(Recorder recorder, Object connection, Object pipeline) {
    Object known = States.get(connection);
    if (known == null) {
      known = create(recorder, connection, pipeline);
      States.put(connection, known);
    }
    return known instanceof Http2Streams ? (Http2Streams) known : null;
  }

  /** Each stream has a pipeline of its own, or is a remote procedure call. */
  static boolean isSeenElsewhere(Object handler) {
    return SEEN_ELSEWHERE.get(handler.getClass());
  }

  private static Object create(Recorder recorder, Object connection, Object pipeline) {
    Object handler = handlerOf(connection, pipeline);
    boolean elsewhere = handler == null || isSeenElsewhere(handler);
    Stream below = Stream.of(pipeline);
    if (!Boolean.TRUE.equals(IS_SERVER.of(connection))) {
      return new OutgoingStreams(recorder, below.outgoing, elsewhere);
    }
    return elsewhere ? ELSEWHERE : new IncomingStreams(recorder, below.incoming);
  }

  /** Another handler may write for it. */
  private static @Nullable Object handlerOf(Object connection, Object pipeline) {
    if (!(pipeline instanceof Iterable)) return null;
    for (Object entry : (Iterable<?>) pipeline) {
      Object handler = entry instanceof Map.Entry ? ((Map.Entry<?, ?>) entry).getValue() : null;
      boolean candidate = handler != null && HAS_CONNECTION.get(handler.getClass());
      if (candidate && CONNECTION.of(handler) == connection) return handler;
    }
    return null;
  }

  private static boolean extendsOne(Class<?> type, String name) {
    for (Class<?> one = type; one != null; one = one.getSuperclass()) {
      if (one.getName().startsWith(name)) return true;
    }
    return false;
  }

  /**
   * Headers or data are read.
   *
   * @param last nothing of that stream follows
   * @return what this thread is at while the handler has them
   */
  abstract @Nullable Call reads(Integer stream, @Nullable Http2Fields head, boolean last);

  abstract void writes(Integer stream, Http2Fields head);

  /** The stream's headers were refused: it was never there. */
  abstract void refused(Integer stream);

  /** One side of it is closed. */
  abstract void halfClosed(Integer stream, String state);

  abstract void closed(Integer stream);
}
