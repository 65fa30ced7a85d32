package dev.atalaya.agent.library.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.library.Woven;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.bridge.Call;
import dev.atalaya.bridge.Tracing;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.DefaultEventLoopGroup;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalServerChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class NettyClientTest {
  private final EmbeddedChannel client = new EmbeddedChannel(new HttpClientCodec());
  private Woven woven;

  @BeforeEach
  void start() {
    woven = Woven.with(new NettyInstrumentation());
  }

  @AfterEach
  void stop() {
    woven.close();
  }

  @Test
  void a_request_is_a_call_until_the_last_of_the_answer_is_read() throws Exception {
    Call request = woven.request();
    String trace = Tracing.traceId();
    client.writeOutbound(get("/items/7"));
    assertTrue(written().contains("traceparent: 00-" + trace + "-"));
    receive("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nab");
    assertEquals(List.of(), woven.clientSpans());
    receive("cd");
    request.end(null);
    Span span = woven.clientSpan();
    assertEquals("GET", span.name());
    assertEquals("http://stock:81/items/7", span.http().url);
    assertEquals(200, span.status());
    assertEquals(trace, span.request().traceId());
  }

  @Test
  void the_context_is_that_of_who_asked() throws Exception {
    Call request = woven.request();
    String trace = Tracing.traceId();
    Object context = woven.tracer().capture();
    request.end(null);
    new Caller(context, null).sendsOn(client);
    client.writeOutbound(get("/"));
    assertNull(Tracing.spanId(), "it has left the thread");
    receive("HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n");
    Span span = woven.clientSpan();
    assertEquals(trace, span.request().traceId());
    assertEquals("503", span.failure().type);
    client.writeOutbound(get("/"));
    receive("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    assertTrue(woven.clientSpans(2).get(1).isRoot(), "nobody is known to have asked");
  }

  @Test
  void what_another_thread_writes_is_in_its_request() throws Exception {
    DefaultEventLoopGroup loops = new DefaultEventLoopGroup(1);
    LocalAddress address = new LocalAddress("stock");
    BlockingQueue<String> heads = new LinkedBlockingQueue<>();
    new ServerBootstrap()
        .group(loops)
        .channel(LocalServerChannel.class)
        .childHandler(new Recording(heads))
        .bind(address)
        .sync();
    Channel connection =
        new Bootstrap()
            .group(loops)
            .channel(LocalChannel.class)
            .handler(new HttpClientCodec())
            .connect(address)
            .sync()
            .channel();
    for (int i = 0; i < 2; i++) {
      Call request = woven.request();
      connection.writeAndFlush(get("/" + i)).sync();
      String sent = "traceparent: 00-" + Tracing.traceId();
      request.end(null);
      assertTrue(heads.take().contains(sent));
    }
    connection.writeAndFlush(get("/2")).sync();
    connection.close().sync();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
    List<Span> spans = woven.clientSpans(3);
    assertEquals(Span.Kind.SERVER, spans.get(0).parent().kind());
    assertEquals(Span.Kind.SERVER, spans.get(1).parent().kind());
    assertTrue(spans.get(2).isRoot(), "the task that is used again has forgotten");
  }

  private static final class Recording extends ChannelInboundHandlerAdapter {
    private final BlockingQueue<String> heads;

    Recording(BlockingQueue<String> heads) {
      this.heads = heads;
    }

    @Override
    public boolean isSharable() {
      return true;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
      heads.add(((ByteBuf) bytes).toString(StandardCharsets.US_ASCII));
      ReferenceCountUtil.release(bytes);
    }
  }

  @Test
  void a_head_of_its_own_and_a_body_are_one_request() throws Exception {
    HttpRequest head = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/a");
    head.headers().set("Host", "stock").set("Transfer-Encoding", "chunked");
    client.writeOutbound(head);
    client.writeOutbound(LastHttpContent.EMPTY_LAST_CONTENT);
    receive("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 OK\r\nContent-Length: 0\r\n\r\n");
    assertEquals(201, woven.clientSpan().status());
  }

  @Test
  void a_request_with_a_trace_of_its_own_is_left_as_it_is() throws Exception {
    HttpRequest request = get("/");
    request.headers().set("traceparent", "00-11111111111111111111111111111111-2222222222222222-01");
    client.writeOutbound(request);
    assertTrue(written().contains("traceparent: 00-1111"));
    receive("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    woven.clientSpan();
  }

  @Test
  void a_connection_that_is_closed_ends_the_call() throws Exception {
    client.writeOutbound(get("/"));
    client.close();
    assertEquals("java.nio.channels.ClosedChannelException", woven.clientSpan().failure().type);
  }

  @Test
  void what_asks_a_proxy_for_a_tunnel_is_no_call() {
    HttpRequest connect =
        new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.CONNECT, "stock:443");
    client.writeOutbound(connect);
    assertFalse(written().contains("traceparent"));
    assertEquals(List.of(), woven.spans());
    client.close();
  }

  @Test
  void a_stream_of_http2_is_a_call() throws Exception {
    EmbeddedChannel stream = new EmbeddedChannel(new Http2StreamFrameToHttpObjectCodec(false));
    stream.writeOutbound(get("/a"));
    Http2HeadersFrame sent = stream.readOutbound();
    assertTrue(sent.headers().contains("traceparent"));
    stream.writeInbound(
        new DefaultHttp2HeadersFrame(new DefaultHttp2Headers().status("404"), true));
    Span span = woven.clientSpan();
    assertEquals(404, span.status());
    assertEquals("http://stock:81/a", span.http().url);
    stream.finishAndReleaseAll();
  }

  private static HttpRequest get(String path) {
    HttpRequest request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, path);
    request.headers().set("Host", "stock:81");
    return request;
  }

  private void receive(String bytes) {
    client.writeInbound(Unpooled.copiedBuffer(bytes, StandardCharsets.US_ASCII));
  }

  private String written() {
    StringBuilder all = new StringBuilder();
    for (Object part; (part = client.readOutbound()) != null; ) {
      all.append(((ByteBuf) part).toString(StandardCharsets.US_ASCII));
    }
    return all.toString();
  }
}
