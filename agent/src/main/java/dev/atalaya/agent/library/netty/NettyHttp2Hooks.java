package dev.atalaya.agent.library.netty;

import dev.atalaya.agent.reflect.Getter;
import dev.atalaya.agent.trace.Hook;
import dev.atalaya.agent.trace.LibraryHooks;
import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.ServerRequests;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.agent.trace.States;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Frames of HTTP/2 that a handler reads and writes, and how their streams end. */
public final class NettyHttp2Hooks implements LibraryHooks {
  private static final Getter HANDLER = new Getter("handler");
  private static final Getter PIPELINE = new Getter("pipeline");
  private static final Getter CONNECTION = new Getter("connection");
  private static final Getter ENCODER = new Getter("encoder");
  private static final Getter FLOW = new Getter("flowController");
  private static final Getter CONTEXT = new Getter("channelHandlerContext");
  private static final Getter ID = new Getter("id");
  private static final Getter STATE = new Getter("state");

  @Override
  public void offer(Recorder recorder, Map<String, Hook> hooks) {
    hooks.put(
        "reads",
        (context, stream, headers, last) -> {
          Object connection = CONNECTION.of(HANDLER.of(context));
          Object pipeline = PIPELINE.of(context);
          if (connection == null || pipeline == null || !(stream instanceof Integer)) return null;
          Http2Streams streams = Http2Streams.of(recorder, connection, pipeline);
          if (streams == null) return null;
          Http2Fields head = headers == null ? null : new Http2Fields(headers);
          return streams.reads((Integer) stream, head, Boolean.TRUE.equals(last));
        });
    hooks.put(
        "writes",
        (connection, pipeline, stream, headers) -> {
          if (connection == null || pipeline == null || headers == null) return null;
          Http2Streams streams = Http2Streams.of(recorder, connection, pipeline);
          if (streams == null || !(stream instanceof Integer)) return null;
          streams.writes((Integer) stream, new Http2Fields(headers));
          return null;
        });
    hooks.put(
        "upgraded",
        (handler, none, nothing, no) -> {
          if (handler == null) return null;
          if (!goesOn(recorder, handler) && Http2Streams.isSeenElsewhere(handler)) again(recorder);
          return null;
        });
    hooks.put(
        "refused",
        (connection, stream, none, nothing) -> {
          Http2Streams streams = known(connection);
          if (streams != null && stream instanceof Integer) streams.refused((Integer) stream);
          return null;
        });
    hooks.put(
        "halfClosed",
        (connection, stream, none, nothing) -> {
          Http2Streams streams = known(connection);
          if (streams != null) streams.halfClosed(ID.number(stream), STATE.text(stream));
          return null;
        });
    hooks.put(
        "closed",
        (connection, stream, none, nothing) -> {
          Http2Streams streams = known(connection);
          if (streams != null) streams.closed(ID.number(stream));
          return null;
        });
  }

  private static @Nullable Http2Streams known(@Nullable Object connection) {
    Object streams = States.get(connection);
    return streams instanceof Http2Streams ? (Http2Streams) streams : null;
  }

  /** What upgraded the connection is known as a stream from here on: one that may end at once. */
  private static boolean goesOn(Recorder recorder, Object handler) {
    Object connection = CONNECTION.of(handler);
    Object pipeline = PIPELINE.of(CONTEXT.of(FLOW.of(ENCODER.of(handler))));
    if (connection == null || pipeline == null) return false;
    return Http2Streams.of(recorder, connection, pipeline) != null;
  }

  /** The request that this thread reads goes on as a stream that is seen as such. */
  private static void again(Recorder recorder) {
    Request current = recorder.current();
    Span root = current == null ? null : current.root();
    if (root == null || root.status() != Http2Streams.UPGRADE) return;
    root.request().discard();
    ServerRequests.completed(root, Http2Streams.UPGRADE);
  }
}
