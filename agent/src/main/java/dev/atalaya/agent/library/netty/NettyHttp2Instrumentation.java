package dev.atalaya.agent.library.netty;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.weave.Captured;
import dev.atalaya.agent.weave.Coverage;
import dev.atalaya.agent.weave.HookNumber;
import dev.atalaya.agent.weave.LibraryInstrumentation;
import dev.atalaya.agent.weave.Weaver;
import dev.atalaya.bridge.Call;
import dev.atalaya.bridge.Tracing;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DefaultHttp2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import net.bytebuddy.asm.Advice;

/**
 * HTTP/2 where one handler has the frames of all streams of a connection: a request from when its
 * headers are read, or written by a client, until the side that answers has closed its stream.
 */
@AutoService(LibraryInstrumentation.class)
public final class NettyHttp2Instrumentation extends LibraryInstrumentation {
  private static final String HTTP2 = "io.netty.handler.codec.http2.";
  private static final String HEADERS =
      "Lio/netty/channel/ChannelHandlerContext;ILio/netty/handler/codec/http2/Http2Headers;";
  private static final String PRIORITY = "ISZ";
  private static final String PADDING_AND_END = "IZ";
  private static final String WRITTEN =
      "Lio/netty/channel/ChannelPromise;)Lio/netty/channel/ChannelFuture;";
  private static final String STREAM = "(Lio/netty/handler/codec/http2/Http2Stream;)V";

  public NettyHttp2Instrumentation() {
    super("netty-http2");
  }

  @Override
  public Coverage coverage() {
    return Coverage.of(Captured.SPANS, Captured.CONTEXT)
        .library(
            "Netty, HTTP/2 in one handler",
            "io.netty:netty-codec-http2:4.1.34.Final",
            "io.netty:netty-codec-http2:4.2.14.Final")
        .limit(
            "Of Http2FrameCodec's streams those are seen that Http2StreamFrameToHttpObjectCodec"
                + " makes messages of.");
  }

  @Override
  public void weave(Weaver weaver) {
    weaver
        .in(HTTP2 + "DefaultHttp2ConnectionDecoder$FrameReadListener")
        .weave(
            "onHeadersRead", "(" + HEADERS + PRIORITY + PADDING_AND_END + ")V", ReadHeaders.class)
        .weave(
            "onDataRead",
            "(Lio/netty/channel/ChannelHandlerContext;ILio/netty/buffer/ByteBuf;IZ)I",
            ReadData.class);
    weaver
        .in(HTTP2 + "DefaultHttp2ConnectionEncoder")
        .weave("writeHeaders", "(" + HEADERS + PADDING_AND_END + WRITTEN, WriteHeaders.class)
        .weave(
            "writeHeaders",
            "(" + HEADERS + PRIORITY + PADDING_AND_END + WRITTEN,
            WriteHeaders.class);
    weaver
        .in(HTTP2 + "DefaultHttp2Connection")
        .stateHolder()
        .weave("notifyHalfClosed", STREAM, HalfClose.class)
        .weave("notifyClosed", STREAM, Close.class);
    weaver
        .in(HTTP2 + "Http2ConnectionHandler")
        .weave(
            "onHttpServerUpgrade", "(Lio/netty/handler/codec/http2/Http2Settings;)V", Upgrade.class)
        .weave("onHttpClientUpgrade", "()V", Upgrade.class);
  }

  /** What reads headers without a priority calls it, too. */
  static final class ReadHeaders {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Call enter(
        @HookNumber(in = NettyHttp2Hooks.class, event = "reads") int reads,
        @Advice.Argument(0) ChannelHandlerContext context,
        @Advice.Argument(1) int stream,
        @Advice.Argument(2) Object headers,
        @Advice.Argument(7) boolean last) {
      return (Call) Tracing.hook(reads, context, stream, headers, last);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @HookNumber(in = NettyHttp2Hooks.class, event = "refused") int refused,
        @Advice.Argument(0) ChannelHandlerContext context,
        @Advice.Argument(1) int stream,
        @Advice.Enter Call call) {
      Tracing.left(call);
      if (call == null) return;
      Http2Connection connection = ((Http2ConnectionHandler) context.handler()).connection();
      if (connection.stream(stream) == null) Tracing.undo(refused, connection, stream);
    }
  }

  static final class ReadData {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Call enter(
        @HookNumber(in = NettyHttp2Hooks.class, event = "reads") int reads,
        @Advice.Argument(0) ChannelHandlerContext context,
        @Advice.Argument(1) int stream,
        @Advice.Argument(4) boolean last) {
      return (Call) Tracing.hook(reads, context, stream, null, last);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter Call call) {
      Tracing.left(call);
    }
  }

  /** By whichever handler of the pipeline. */
  static final class WriteHeaders {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = NettyHttp2Hooks.class, event = "writes") int writes,
        @Advice.This DefaultHttp2ConnectionEncoder encoder,
        @Advice.Argument(0) ChannelHandlerContext context,
        @Advice.Argument(1) int stream,
        @Advice.Argument(2) Object headers) {
      Tracing.hook(writes, encoder.connection(), context.pipeline(), stream, headers);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @HookNumber(in = NettyHttp2Hooks.class, event = "refused") int refused,
        @Advice.This DefaultHttp2ConnectionEncoder encoder,
        @Advice.Argument(1) int stream) {
      Http2Connection connection = encoder.connection();
      if (connection.stream(stream) == null) Tracing.undo(refused, connection, stream);
    }
  }

  static final class HalfClose {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = NettyHttp2Hooks.class, event = "halfClosed") int halfClosed,
        @Advice.This Object connection,
        @Advice.Argument(0) Object stream) {
      Tracing.undo(halfClosed, connection, stream);
    }
  }

  /** Whatever has closed it, also the end of the connection. */
  static final class Close {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = NettyHttp2Hooks.class, event = "closed") int closed,
        @Advice.This Object connection,
        @Advice.Argument(0) Object stream) {
      Tracing.undo(closed, connection, stream);
    }
  }

  static final class Upgrade {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = NettyHttp2Hooks.class, event = "upgraded") int upgraded,
        @Advice.This Object handler) {
      Tracing.hook(upgraded, handler);
    }
  }
}
