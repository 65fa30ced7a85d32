package dev.atalaya.agent.library.netty;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.weave.Captured;
import dev.atalaya.agent.weave.Coverage;
import dev.atalaya.agent.weave.HookNumber;
import dev.atalaya.agent.weave.LibraryInstrumentation;
import dev.atalaya.agent.weave.Weaver;
import dev.atalaya.bridge.Tracing;
import io.netty.channel.ChannelHandlerContext;
import java.util.List;
import net.bytebuddy.asm.Advice;

/**
 * HTTP through Netty's codecs, whichever framework is above them: a server's request from when its
 * head is decoded until the last of its answer is encoded, a client's from when its head is encoded
 * until the last of the answer is decoded. What ends before that ends with its connection.
 *
 * <p>A stream of HTTP/2 may have a pipeline of its own, with a codec that makes HTTP/1.1 of its
 * frames; else see {@link NettyHttp2Instrumentation}.
 */
@AutoService(LibraryInstrumentation.class)
public final class NettyInstrumentation extends LibraryInstrumentation {
  private static final String CONTEXT = "Lio/netty/channel/ChannelHandlerContext;";
  private static final String WRITE = "io.netty.channel.AbstractChannelHandlerContext$WriteTask";
  private static final String OLD_WRITE = // up to 4.1.34
      "io.netty.channel.AbstractChannelHandlerContext$AbstractWriteTask";
  private static final Class<?> HOOKS = NettyHooks.class;
  private static final String HTTP = "io.netty.handler.codec.http.";
  private static final String FRAME = "Lio/netty/handler/codec/http2/Http2StreamFrame;";
  private static final String OBJECT = "Lio/netty/handler/codec/http/HttpObject;";
  private static final String OUT = "Ljava/util/List;)V";
  private static final String READ = "(" + CONTEXT + "Ljava/lang/Object;)V";

  public NettyInstrumentation() {
    super("netty");
  }

  @Override
  public Coverage coverage() {
    return Coverage.of(Captured.SPANS, Captured.CONTEXT)
        .library(
            "Netty",
            "io.netty:netty-codec-http2:4.1.34.Final",
            "io.netty:netty-codec-http2:4.2.14.Final")
        .limit("A route is what a framework above Netty names; without one there is none.");
  }

  @Override
  public void weave(Weaver weaver) {
    weaver
        .in("io.netty.channel.DefaultChannelPipeline")
        .stateHolder()
        .weave("fireChannelInactive", "()Lio/netty/channel/ChannelPipeline;", Close.class);
    weaver
        .in("io.netty.handler.codec.ByteToMessageDecoder")
        .weave("channelRead", READ, Read.class)
        .weave("channelReadComplete", "(" + CONTEXT + ")V", Read.class);
    weaver
        .in("io.netty.handler.codec.MessageToMessageCodec")
        .weave("channelRead", READ, Read.class);
    weaver.in(HTTP + "DefaultHttpRequest").stateHolder();
    weaver.in(WRITE).ofSomeVersions().weave("init", null, Queue.class);
    weaver.in(WRITE).ofSomeVersions().bracket("run", "()V", HOOKS, "dequeued", "written");
    weaver.in(OLD_WRITE).weave("init", null, Queue.class);
    weaver.in(OLD_WRITE).bracket("run", "()V", HOOKS, "dequeued", "written");
    weaver
        .in(HTTP + "HttpObjectDecoder")
        .weave("decode", "(" + CONTEXT + "Lio/netty/buffer/ByteBuf;" + OUT, Decode.class);
    weaver
        .in(HTTP + "HttpObjectEncoder")
        .weave("encode", "(" + CONTEXT + "Ljava/lang/Object;" + OUT, Encode.class);
    weaver
        .in("io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec")
        .weave("decode", "(" + CONTEXT + FRAME + OUT, Decode.class)
        .weave("encode", "(" + CONTEXT + OBJECT + OUT, Encode.class);
  }

  /**
   * What is decoded goes to the handlers before this returns, and some begin their work when they
   * hear that no more has come yet.
   */
  static final class Read {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Object enter(
        @HookNumber(in = NettyHooks.class, event = "reads") int reads,
        @Advice.Argument(0) ChannelHandlerContext context) {
      return Tracing.hook(reads, context.pipeline());
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @HookNumber(in = NettyHooks.class, event = "hasRead") int hasRead,
        @Advice.Enter Object reading) {
      if (reading != null) Tracing.undo(hasRead, reading);
    }
  }

  static final class Decode {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static int enter(@Advice.Argument(2) List<?> out) {
      return out.size();
    }

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @HookNumber(in = NettyHooks.class, event = "decoded") int decoded,
        @Advice.Argument(0) ChannelHandlerContext context,
        @Advice.Argument(2) List<?> out,
        @Advice.Enter int before) {
      if (out.size() > before) Tracing.hook(decoded, context.pipeline(), out, before);
    }
  }

  static final class Encode {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = NettyHooks.class, event = "encodes") int encodes,
        @Advice.Argument(0) ChannelHandlerContext context,
        @Advice.Argument(1) Object message) {
      Tracing.hook(encodes, context.pipeline(), message);
    }
  }

  /** A write from another thread than the connection's waits for that. */
  static final class Queue {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @HookNumber(in = NettyHooks.class, event = "queued") int queued,
        @Advice.Argument(0) Object task,
        @Advice.Argument(2) Object message) {
      Tracing.hook(queued, task, message);
    }
  }

  static final class Close {
    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @HookNumber(in = NettyHooks.class, event = "closed") int closed,
        @Advice.This Object pipeline) {
      Tracing.undo(closed, pipeline);
    }
  }
}
