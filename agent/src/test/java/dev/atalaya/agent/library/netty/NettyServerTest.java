package dev.atalaya.agent.library.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.library.WebServer;
import dev.atalaya.agent.library.Woven;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.bridge.Tracing;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpContentCompressor;
import io.netty.handler.codec.http.HttpContentDecompressor;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerExpectContinueHandler;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class NettyServerTest {
  private final List<String> contexts = new ArrayList<>();
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
  void a_request_is_a_span_until_the_last_of_its_answer_is_written() throws Exception {
    EmbeddedChannel server = server();
    send(server, "GET /orders/7?size=2 HTTP/1.1\r\nHost: shop:8080\r\n\r\n");
    assertEquals(List.of(), woven.spans(), "it is not answered");
    assertNull(Tracing.spanId(), "the thread is free meanwhile");
    server.writeOutbound(new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
    server.writeOutbound(new DefaultHttpContent(text("half")));
    assertEquals(List.of(), woven.spans(), "half of it is written");
    server.writeOutbound(LastHttpContent.EMPTY_LAST_CONTENT);
    Span span = served(1).get(0);
    assertEquals("GET", span.name());
    assertEquals("/orders/7", span.http().path);
    assertEquals("size=2", span.http().query);
    assertEquals("shop", span.http().host);
    assertEquals(8080, span.http().port);
    assertEquals("http", span.http().scheme);
    assertEquals(200, span.status());
    assertNull(span.failure());
  }

  @Test
  void what_a_handler_calls_belongs_to_the_request_that_it_reads() throws Exception {
    EmbeddedChannel server = server(new HttpContentDecompressor(), new HttpContentCompressor());
    send(server, "POST /a HTTP/1.1\r\nContent-Length: 4\r\n\r\nab");
    send(server, "cd");
    answer(server, HttpResponseStatus.CREATED);
    Span span = served(1).get(0);
    // The head, two pieces of the body and its end.
    assertTrue(contexts.size() >= 3, contexts::toString);
    for (String context : contexts) assertEquals(span.request().traceId(), context);
  }

  @Test
  void what_a_handler_calls_when_no_more_has_come_yet_belongs_to_what_was_read() throws Exception {
    List<String> later = new ArrayList<>();
    EmbeddedChannel server =
        server(
            new ChannelInboundHandlerAdapter() {
              @Override
              public void channelReadComplete(ChannelHandlerContext context) {
                later.add(Tracing.traceId());
              }
            });
    send(server, "POST /a HTTP/1.1\r\nContent-Length: 4\r\n\r\nab");
    answer(server, HttpResponseStatus.CREATED);
    assertEquals(List.of(served(1).get(0).request().traceId()), later);
  }

  @Test
  void requests_of_one_connection_are_traces_of_their_own() throws Exception {
    EmbeddedChannel server = server();
    send(server, "GET /a HTTP/1.1\r\n\r\n");
    answer(server, HttpResponseStatus.OK);
    send(server, "GET /b HTTP/1.1\r\n\r\n");
    answer(server, HttpResponseStatus.NOT_FOUND);
    List<Span> spans = served(2);
    assertEquals("/a 200, /b 404", told(spans));
    assertNotEquals(spans.get(0).request().traceId(), spans.get(1).request().traceId());
  }

  @Test
  void pipelined_requests_are_answered_in_their_order() throws Exception {
    EmbeddedChannel server = server();
    send(server, "GET /a HTTP/1.1\r\n\r\nGET /b HTTP/1.1\r\n\r\nHEAD /c HTTP/1.1\r\n\r\n");
    assertEquals(3, contexts.stream().distinct().count(), "each is read in its own");
    answer(server, HttpResponseStatus.OK);
    answer(server, HttpResponseStatus.ACCEPTED);
    answer(server, HttpResponseStatus.NO_CONTENT);
    assertEquals("/a 200, /b 202, /c 204", told(served(3)));
  }

  @Test
  void an_interim_answer_is_not_the_answer() throws Exception {
    EmbeddedChannel server = server(new HttpServerExpectContinueHandler());
    send(server, "PUT /a HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    assertTrue(written(server).startsWith("HTTP/1.1 100"));
    assertEquals(List.of(), woven.spans());
    send(server, "ab");
    answer(server, HttpResponseStatus.OK);
    assertEquals("/a 200", told(served(1)));
  }

  @Test
  void a_websocket_ends_its_request_when_it_begins() throws Exception {
    EmbeddedChannel server = server();
    send(server, "GET /chat HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
    server.writeOutbound(
        new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS));
    assertEquals("/chat 101", told(served(1)));
  }

  @Test
  void what_goes_on_as_http2_is_told_there() {
    EmbeddedChannel server = server();
    send(server, "GET /a HTTP/1.1\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n");
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS, text(""));
    response.headers().set("Upgrade", "h2c");
    server.writeOutbound(response);
    assertEquals(List.of(), woven.spans());
  }

  @Test
  void a_client_that_hangs_up_ends_what_it_asked_for() throws Exception {
    EmbeddedChannel server = server();
    send(server, "GET /a HTTP/1.1\r\n\r\n");
    server.close();
    Span span = served(1).get(0);
    assertEquals(0, span.status());
    assertEquals("java.nio.channels.ClosedChannelException", span.failure().type);
  }

  @Test
  void an_answer_that_its_connections_end_ends_has_its_status() throws Exception {
    EmbeddedChannel server = server();
    send(server, "GET /a HTTP/1.1\r\n\r\n");
    server.writeOutbound(new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
    server.close();
    Span span = served(1).get(0);
    assertEquals(200, span.status());
    assertNull(span.failure());
  }

  @Test
  void what_cannot_be_read_is_a_request_without_a_path() throws Exception {
    EmbeddedChannel server = server();
    send(server, "\u0001\u0002nonsense\r\n\r\n");
    answer(server, HttpResponseStatus.BAD_REQUEST);
    Span span = served(1).get(0);
    assertEquals("HTTP", span.name());
    assertNull(span.http().path);
    assertEquals(400, span.status());
  }

  @Test
  void a_stream_of_http2_is_a_request() throws Exception {
    EmbeddedChannel stream =
        new EmbeddedChannel(new Http2StreamFrameToHttpObjectCodec(true), new Reader());
    stream.writeInbound(
        new DefaultHttp2HeadersFrame(
            new DefaultHttp2Headers()
                .method("POST")
                .path("/a?b=1")
                .scheme("https")
                .authority("shop:8443"),
            false));
    assertNull(Tracing.spanId());
    stream.writeInbound(new DefaultHttp2DataFrame(text("body"), true));
    answer(stream, HttpResponseStatus.OK);
    Span span = served(1).get(0);
    assertEquals("/a", span.http().path);
    assertEquals("https", span.http().scheme);
    assertEquals("shop", span.http().host);
    assertEquals(200, span.status());
    for (String context : contexts) assertEquals(span.request().traceId(), context);
  }

  @Test
  void a_tracer_that_throws_changes_nothing() throws Exception {
    int thrown =
        Woven.whileTracerThrows(
            () -> {
              EmbeddedChannel server = new EmbeddedChannel(new HttpServerCodec());
              send(server, "GET /a HTTP/1.1\r\n\r\n");
              answer(server, HttpResponseStatus.OK);
              assertTrue(written(server).startsWith("HTTP/1.1 200 OK"));
              server.close();
              return null;
            });
    assertTrue(thrown > 0);
  }

  private EmbeddedChannel server(io.netty.channel.ChannelHandler... between) {
    EmbeddedChannel server = new EmbeddedChannel(new HttpServerCodec());
    server.pipeline().addLast(between);
    server.pipeline().addLast(new Reader());
    return server;
  }

  private static void send(EmbeddedChannel server, String bytes) {
    server.writeInbound(text(bytes));
  }

  private static void answer(EmbeddedChannel server, HttpResponseStatus status) {
    FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, text(""));
    response.headers().set("Content-Length", 0);
    server.writeOutbound(response);
  }

  private static String written(EmbeddedChannel server) {
    StringBuilder all = new StringBuilder();
    for (Object part; (part = server.readOutbound()) != null; ) {
      all.append(((ByteBuf) part).toString(StandardCharsets.US_ASCII));
    }
    return all.toString();
  }

  private static ByteBuf text(String bytes) {
    return Unpooled.copiedBuffer(bytes, StandardCharsets.US_ASCII);
  }

  private List<Span> served(int count) throws InterruptedException {
    return WebServer.served(woven, count);
  }

  private static String told(List<Span> spans) {
    List<String> told = new ArrayList<>();
    for (Span span : spans) told.add(span.http().path + " " + span.status());
    return String.join(", ", told);
  }

  /** Notes in which trace it reads what. */
  private final class Reader extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof HttpRequest || message instanceof HttpContent) {
        contexts.add(Tracing.traceId());
      }
      ReferenceCountUtil.release(message);
    }
  }
}
