package dev.atalaya.agent.library.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.atalaya.agent.library.WebServer;
import dev.atalaya.agent.library.Woven;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.agent.weave.LibraryInstrumentation;
import dev.atalaya.agent.weave.Weaver;
import dev.atalaya.bridge.Tracing;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContentCompressor;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class NextRequestTest {
  private final Framework framework = new Framework();
  private Woven woven;

  @BeforeEach
  void start() {
    woven = Woven.with(new NettyInstrumentation(), new Handling());
  }

  @AfterEach
  void stop() {
    woven.close();
  }

  @Test
  void a_request_that_is_handled_at_once_is_the_one_that_was_read() throws Exception {
    EmbeddedChannel server = new EmbeddedChannel(new HttpServerCodec(), framework);
    ask(server, "/a", "/b", "/c");
    for (int i = 0; i < 3; i++) answer(server);
    assertEquals(traces(), framework.traces);
  }

  @Test
  void a_request_that_was_kept_back_is_the_one_that_is_to_be_answered_next() throws Exception {
    OneByOne kept = new OneByOne();
    EmbeddedChannel server =
        new EmbeddedChannel(new HttpServerCodec(), kept, new HttpContentCompressor(), framework);
    ask(server, "/a", "/b", "/c");
    for (int i = 0; i < 3; i++) {
      assertEquals(i + 1, framework.traces.size());
      answer(server);
      kept.next();
    }
    assertEquals(traces(), framework.traces);
    framework.handle(server.pipeline().lastContext());
    assertNull(framework.traces.get(3), "all are answered");
  }

  private static void ask(EmbeddedChannel server, String... paths) {
    for (String path : paths) {
      String head = "GET " + path + " HTTP/1.1\r\n\r\n";
      server.writeInbound(Unpooled.copiedBuffer(head, StandardCharsets.US_ASCII));
    }
  }

  private static void answer(EmbeddedChannel server) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    response.headers().set("Content-Length", 0);
    server.writeOutbound(response);
  }

  /** Of the requests, in their order. */
  private List<String> traces() throws InterruptedException {
    List<String> traces = new ArrayList<>();
    for (Span span : WebServer.served(woven, 3)) traces.add(span.request().traceId());
    return traces;
  }

  /** Notes in which trace it handles what. */
  static final class Framework extends ChannelInboundHandlerAdapter {
    final List<String> traces = new ArrayList<>();

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof HttpRequest) handle(context);
      ReferenceCountUtil.release(message);
    }

    void handle(ChannelHandlerContext context) {
      traces.add(Tracing.traceId());
    }
  }

  /** Passes a request on when it is told that the one before was answered. */
  private static final class OneByOne extends ChannelInboundHandlerAdapter {
    private final ArrayDeque<Object> waiting = new ArrayDeque<>();
    private ChannelHandlerContext context;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (this.context == null) context.fireChannelRead(message);
      else if (message instanceof HttpRequest) waiting.add(message);
      if (message instanceof LastHttpContent) this.context = context;
    }

    void next() {
      Object message = waiting.poll();
      if (message == null) return;
      context.fireChannelRead(message);
      context.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
    }
  }

  private static final class Handling extends LibraryInstrumentation {
    Handling() {
      super("handling");
    }

    @Override
    public void weave(Weaver weaver) {
      weaver.in(Framework.class.getName()).weave("handle", null, NextRequest.class);
    }
  }
}
