package dev.atalaya.agent.library.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.atalaya.agent.library.WebServer;
import dev.atalaya.agent.library.Woven;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.bridge.Call;
import dev.atalaya.bridge.Tracing;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.Http2EventAdapter;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client and a server whose handlers have the frames of all streams, by one connection. */
final class NettyHttp2Test {
  private final List<String> contexts = new ArrayList<>();
  private final Peer client = new Peer(false);
  private final Peer server = new Peer(true);
  private Woven woven;
  private int asked;

  @BeforeEach
  void start() {
    woven = Woven.with(new NettyInstrumentation(), new NettyHttp2Instrumentation());
  }

  @AfterEach
  void stop() {
    client.channel.close();
    server.channel.close();
    woven.close();
  }

  @Test
  void a_request_is_a_span_of_the_client_and_one_of_the_server() throws Exception {
    String trace = ask(3, get("/orders/7?size=2"), true);
    assertNull(Tracing.spanId(), "the thread is free meanwhile");
    assertEquals(asked, woven.spans().size(), "it is not answered");
    server.writes(3, new DefaultHttp2Headers().status("200"), false);
    server.writes(3, "half", false);
    carryOn();
    assertEquals(asked, woven.spans().size(), "half of it is written");
    server.writes(3, "all", true);
    carryOn();
    Span sent = woven.clientSpan();
    assertEquals("http://shop:8080/orders/7?size=2", sent.http().url);
    assertEquals(200, sent.status());
    assertEquals(trace, sent.request().traceId());
    Span span = served(1).get(0);
    assertEquals("GET", span.name());
    assertEquals("/orders/7", span.http().path);
    assertEquals("size=2", span.http().query);
    assertEquals("shop", span.http().host);
    assertEquals(8080, span.http().port);
    assertEquals("http", span.http().scheme);
    assertEquals(200, span.status());
    assertNull(span.failure());
    assertEquals(trace, span.request().traceId());
    assertEquals(sent.id(), span.parentId());
  }

  @Test
  void what_the_handler_calls_belongs_to_the_stream_that_it_reads() throws Exception {
    String first = ask(3, get("/a").method("POST"), false);
    String second = ask(5, get("/b").method("POST"), false);
    client.writes(3, "of the first", true);
    carryOn();
    client.writes(5, "of the second", true);
    carryOn();
    assertEquals(List.of(first, second, first, second), contexts);
    answer(5, "204");
    answer(3, "503");
    assertEquals("/a 503, /b 204", told(served(2)));
    assertEquals("503", woven.clientSpans(2).get(0).failure().type);
  }

  @Test
  void an_answer_may_be_over_before_all_of_the_request_has_come() throws Exception {
    ask(3, get("/a").method("POST"), false);
    answer(3, "413");
    assertEquals("/a 413", told(served(1)));
    client.writes(3, "the rest", true);
    carryOn();
    assertEquals(413, woven.clientSpan().status());
  }

  @Test
  void an_interim_answer_is_not_the_answer() throws Exception {
    ask(3, get("/a").method("PUT"), false);
    server.writes(3, new DefaultHttp2Headers().status("100"), false);
    carryOn();
    client.writes(3, "body", true);
    carryOn();
    answer(3, "201");
    assertEquals("/a 201", told(served(1)));
    assertEquals(201, woven.clientSpan().status());
  }

  @Test
  void trailers_are_no_answer() throws Exception {
    ask(3, get("/a"), true);
    server.writes(3, new DefaultHttp2Headers().status("200"), false);
    server.writes(3, new DefaultHttp2Headers().add("checksum", "1"), true);
    carryOn();
    assertEquals("/a 200", told(served(1)));
    assertEquals(200, woven.clientSpan().status());
  }

  @Test
  void a_stream_that_is_reset_ends_its_request() throws Exception {
    ask(3, get("/a"), true);
    client.resets(3);
    carryOn();
    assertClosed(served(1).get(0));
    assertClosed(woven.clientSpan());
  }

  @Test
  void a_connection_that_is_closed_ends_its_requests() throws Exception {
    ask(3, get("/a"), true);
    ask(5, get("/b"), true);
    client.channel.pipeline().fireChannelInactive();
    server.channel.pipeline().fireChannelInactive();
    for (Span span : served(2)) assertClosed(span);
    for (Span span : woven.clientSpans(2)) assertClosed(span);
  }

  @Test
  void a_stream_that_the_client_may_not_open_is_an_error_of_the_client_alone() throws Exception {
    carryOn();
    client.writes(4, get("/even-ones-are-the-servers"), true);
    assertClosed(woven.clientSpan());
    assertEquals(List.of(), served(0));
  }

  @Test
  void a_websocket_ends_its_request_when_it_begins() throws Exception {
    ask(3, get("/chat").method("CONNECT").add(":protocol", "websocket"), false);
    server.writes(3, new DefaultHttp2Headers().status("200"), false);
    assertEquals("/chat 200", told(served(1)));
  }

  @Test
  void what_asked_for_http2_by_http1_is_answered_as_its_first_stream() throws Exception {
    EmbeddedChannel upgrading = new EmbeddedChannel(new HttpServerCodec());
    Peer answers = upgrade(upgrading);
    assertNull(Tracing.spanId());
    answers.writes(1, new DefaultHttp2Headers().status("404"), true);
    assertEquals("/a 404", told(served(1)));
    upgrading.close();
  }

  @Test
  void another_handler_of_the_pipeline_may_answer() throws Exception {
    EmbeddedChannel upgrading = new EmbeddedChannel(new HttpServerCodec());
    Peer answers = upgrade(upgrading);
    upgrading.pipeline().addLast("answers", new ChannelInboundHandlerAdapter());
    Http2Headers head = new DefaultHttp2Headers().status("200");
    answers.write(
        (context, handler) -> {
          ChannelHandlerContext other = context.pipeline().context("answers");
          handler.encoder().writeHeaders(other, 1, head, 0, true, other.newPromise());
        });
    assertEquals("/a 200", told(served(1)));
    upgrading.close();
  }

  @Test
  void what_asked_for_http2_and_is_reset_ends_at_once() throws Exception {
    EmbeddedChannel upgrading = new EmbeddedChannel(new HttpServerCodec());
    Peer answers = upgrade(upgrading);
    answers.resets(1);
    assertEquals("java.nio.channels.ClosedChannelException", served(1).get(0).failure().type);
    upgrading.close();
  }

  @Test
  void what_asked_for_http2_and_is_not_answered_ends_with_the_connection() throws Exception {
    EmbeddedChannel upgrading = new EmbeddedChannel(new HttpServerCodec());
    Peer answers = upgrade(upgrading);
    answers.writes(1, new DefaultHttp2Headers().status("103"), false);
    upgrading.pipeline().fireChannelInactive();
    assertEquals("java.nio.channels.ClosedChannelException", served(1).get(0).failure().type);
  }

  @Test
  void what_a_client_asked_for_by_http1_is_answered_to_it_as_its_first_stream() throws Exception {
    Peer asks = askByHttp1();
    asks.receives(answers -> answers.writes(1, new DefaultHttp2Headers().status("200"), false));
    assertEquals(asked, woven.spans().size(), "half of it has come");
    asks.receives(answers -> answers.writes(1, "all", true));
    Span sent = woven.clientSpan();
    assertEquals("http://shop/a", sent.http().url);
    assertEquals(200, sent.status());
    assertNull(sent.failure());
  }

  @Test
  void what_a_client_asked_for_by_http1_and_got_no_answer_to_is_an_error() throws Exception {
    Peer asks = askByHttp1();
    asks.receives(answers -> answers.resets(1));
    Span sent = woven.clientSpan();
    assertNotNull(sent.failure());
    assertEquals("java.nio.channels.ClosedChannelException", sent.failure().type);
  }

  @Test
  void what_a_client_asked_for_by_http1_ends_with_the_connection() throws Exception {
    askByHttp1().channel.pipeline().fireChannelInactive();
    assertNotNull(woven.clientSpan().failure());
  }

  @Test
  void what_is_answered_on_a_channel_of_its_own_is_answered_where_it_was_asked_by_http1()
      throws Exception {
    Peer asks = askByHttp1(Http2FrameCodecBuilder.forClient().build());
    asks.receives(answers -> answers.writes(1, new DefaultHttp2Headers().status("404"), true));
    assertEquals(404, woven.clientSpan().status());
    asks.writes(3, get("/seen-by-its-channel"), true);
    asks.channel.close();
    assertEquals(1, woven.clientSpans(1).size());
  }

  @Test
  void streams_with_channels_of_their_own_are_left_to_those() throws Exception {
    Peer many =
        new Peer(
            new EmbeddedChannel(
                Http2FrameCodecBuilder.forServer().build(),
                new Http2MultiplexHandler(new Http2StreamFrameToHttpObjectCodec(true))));
    client.write(
        (context, handler) ->
            handler.encoder().writeHeaders(context, 3, get("/a"), 0, true, context.newPromise()));
    pass(client.channel, many.channel);
    pass(many.channel, client.channel);
    pass(client.channel, many.channel);
    many.channel.close();
    assertEquals(1, served(1).size());
  }

  private Http2ConnectionHandler handler(boolean isServer) {
    return new Http2ConnectionHandlerBuilder()
        .server(isServer)
        .frameListener(isServer ? new Reader() : new Http2EventAdapter() {})
        .build();
  }

  /** As {@code HttpServerUpgradeHandler} does. */
  private Peer upgrade(EmbeddedChannel channel) throws Exception {
    String request = "GET /a HTTP/1.1\r\nHost: shop\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n";
    channel.writeInbound(Unpooled.copiedBuffer(request, StandardCharsets.US_ASCII));
    DefaultFullHttpResponse response =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS);
    response.headers().set("Upgrade", "h2c");
    channel.writeOutbound(response);
    Http2ConnectionHandler handler = handler(true);
    channel.pipeline().remove(HttpServerCodec.class);
    channel.pipeline().addLast(handler);
    handler.onHttpServerUpgrade(new Http2Settings());
    return new Peer(channel, handler);
  }

  private Peer askByHttp1() throws Exception {
    return askByHttp1(handler(false));
  }

  /** As {@code HttpClientUpgradeHandler} does, of the server, which has the stream as well. */
  private Peer askByHttp1(Http2ConnectionHandler handler) throws Exception {
    EmbeddedChannel channel = new EmbeddedChannel(new HttpClientCodec());
    Call request = woven.request();
    asked++;
    DefaultFullHttpRequest get =
        new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/a");
    get.headers().set("Host", "shop").set("Upgrade", "h2c");
    channel.writeOutbound(get);
    request.end(null);
    channel.releaseOutbound();
    String switches = "HTTP/1.1 101 Switching\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n";
    channel.writeInbound(Unpooled.copiedBuffer(switches, StandardCharsets.US_ASCII));
    channel.pipeline().remove(HttpClientCodec.class);
    channel.pipeline().addLast(handler);
    handler.onHttpClientUpgrade();
    server.handler.onHttpServerUpgrade(new Http2Settings());
    return new Peer(channel, handler);
  }

  /** By a request that is over before the other side reads. */
  private String ask(int stream, Http2Headers headers, boolean last) {
    Call request = woven.request();
    asked++;
    String trace = Tracing.traceId();
    client.writes(stream, headers, last);
    request.end(null);
    carryOn();
    return trace;
  }

  private void answer(int stream, String status) {
    server.writes(stream, new DefaultHttp2Headers().status(status), true);
    carryOn();
  }

  /** Until neither has more to say. */
  private void carryOn() {
    carryOn(client.channel);
  }

  private void carryOn(EmbeddedChannel by) {
    while (pass(by, server.channel) | pass(server.channel, by)) {}
  }

  private static boolean pass(EmbeddedChannel from, EmbeddedChannel to) {
    boolean some = false;
    for (Object bytes; (bytes = from.readOutbound()) != null; some = true) to.writeInbound(bytes);
    return some;
  }

  private static Http2Headers get(String path) {
    return new DefaultHttp2Headers().method("GET").path(path).scheme("http").authority("shop:8080");
  }

  private static void assertClosed(Span span) {
    assertEquals(0, span.status());
    assertNotNull(span.failure());
    assertEquals("java.nio.channels.ClosedChannelException", span.failure().type);
  }

  /** Without the requests that have asked. */
  private List<Span> served(int count) throws InterruptedException {
    List<Span> all = WebServer.served(woven, count + asked);
    all.removeIf(span -> !"shop".equals(span.http().host));
    return all;
  }

  private static String told(List<Span> spans) {
    List<String> told = new ArrayList<>();
    for (Span span : spans) told.add(span.http().path + " " + span.status());
    return String.join(", ", told);
  }

  private interface Write {
    void to(ChannelHandlerContext context, Http2ConnectionHandler handler);
  }

  /** One end of the connection. */
  private final class Peer {
    final EmbeddedChannel channel;
    final Http2ConnectionHandler handler;

    Peer(boolean isServer) {
      handler = handler(isServer);
      channel = new EmbeddedChannel(handler);
    }

    Peer(EmbeddedChannel channel, Http2ConnectionHandler handler) {
      this.channel = channel;
      this.handler = handler;
    }

    Peer(EmbeddedChannel channel) {
      this(channel, channel.pipeline().get(Http2ConnectionHandler.class));
    }

    void writes(int stream, Http2Headers headers, boolean last) {
      write(
          (context, http2) ->
              http2
                  .encoder()
                  .writeHeaders(context, stream, headers, 0, last, context.newPromise()));
    }

    void writes(int stream, String body, boolean last) {
      ByteBuf bytes = Unpooled.copiedBuffer(body, StandardCharsets.US_ASCII);
      write(
          (context, http2) ->
              http2.encoder().writeData(context, stream, bytes, 0, last, context.newPromise()));
    }

    void resets(int stream) {
      write((context, http2) -> http2.resetStream(context, stream, 8, context.newPromise()));
    }

    /** What the server writes, which this is a client of. */
    void receives(Consumer<Peer> answer) {
      carryOn(channel);
      answer.accept(server);
      carryOn(channel);
    }

    void write(Write write) {
      ChannelHandlerContext context = channel.pipeline().context(handler);
      write.to(context, handler);
      channel.flush();
      channel.runPendingTasks();
    }
  }

  /** Notes in which trace it reads what. */
  private final class Reader extends Http2EventAdapter {
    @Override
    public void onHeadersRead(
        ChannelHandlerContext context, int stream, Http2Headers headers, int padding, boolean end) {
      contexts.add(Tracing.traceId());
    }

    @Override
    public void onHeadersRead(
        ChannelHandlerContext context,
        int stream,
        Http2Headers headers,
        int dependency,
        short weight,
        boolean exclusive,
        int padding,
        boolean end) {
      onHeadersRead(context, stream, headers, padding, end);
    }

    @Override
    public int onDataRead(
        ChannelHandlerContext context, int stream, ByteBuf data, int padding, boolean end) {
      contexts.add(Tracing.traceId());
      return data.readableBytes() + padding;
    }
  }
}
