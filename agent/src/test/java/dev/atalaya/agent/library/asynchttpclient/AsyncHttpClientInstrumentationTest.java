package dev.atalaya.agent.library.asynchttpclient;

import static org.asynchttpclient.Dsl.asyncHttpClient;
import static org.asynchttpclient.Dsl.config;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.library.CallContractOverHttp;
import dev.atalaya.agent.library.Woven;
import dev.atalaya.agent.library.WovenServer;
import dev.atalaya.agent.library.executors.CompletableFutureInstrumentation;
import dev.atalaya.agent.library.executors.ForkJoinInstrumentation;
import dev.atalaya.agent.library.netty.NettyFuturesInstrumentation;
import dev.atalaya.agent.library.netty.NettyInstrumentation;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.bridge.Call;
import dev.atalaya.bridge.Tracing;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.asynchttpclient.AsyncCompletionHandler;
import org.asynchttpclient.AsyncHttpClient;
import org.asynchttpclient.BoundRequestBuilder;
import org.asynchttpclient.ListenableFuture;
import org.asynchttpclient.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AsyncHttpClientInstrumentationTest implements CallContractOverHttp {
  private final Woven woven =
      Woven.with(
          new NettyInstrumentation(),
          new NettyFuturesInstrumentation(),
          new ForkJoinInstrumentation(),
          new CompletableFutureInstrumentation(),
          new AsyncHttpClientInstrumentation());
  private final WovenServer server = new WovenServer();
  private final AsyncHttpClient client = asyncHttpClient(config().setFollowRedirect(true));

  @AfterEach
  void close() throws Exception {
    client.close();
    server.close();
    woven.close();
  }

  @Override
  public Woven woven() {
    return woven;
  }

  @Override
  public WovenServer server() {
    return server;
  }

  @Override
  public int get(String url, Map<String, String> headers) throws Exception {
    BoundRequestBuilder request = client.prepareGet(url);
    headers.forEach(request::setHeader);
    return request.execute().get().getStatusCode();
  }

  @Override
  public int spansOfARedirect() {
    return 2;
  }

  @Test
  void requests_by_one_connection_are_each_in_the_request_that_asks() throws Exception {
    for (int i = 0; i < 3; i++) {
      String trace =
          woven.inRequest(
              () -> {
                get(server.url("/200"));
                return Tracing.traceId();
              });
      Span sent = woven.clientSpans(i + 1).get(i);
      assertEquals(trace, sent.request().traceId());
      assertEquals(Span.Kind.SERVER, sent.parent().kind());
    }
  }

  @Test
  void requests_that_overlap_are_spans_of_their_own() throws Exception {
    woven.inRequest(
        () -> {
          ListenableFuture<Response> first = client.prepareGet(server.url("/200")).execute();
          ListenableFuture<Response> second = client.prepareGet(server.url("/404")).execute();
          first.get();
          second.get();
          return null;
        });
    List<Span> spans = woven.clientSpans(2);
    assertEquals(604, spans.get(0).status() + spans.get(1).status());
    for (Span span : spans) assertEquals(Span.Kind.SERVER, span.parent().kind());
  }

  @Test
  void inside_another_call_nothing_is_a_span() throws Exception {
    Call outer = Tracing.request("GET", "http://outer.invalid/");
    assertEquals(200, get(server.url("/302")));
    outer.end(null);
    assertEquals("outer.invalid", woven.clientSpan().http().host);
  }

  @Test
  void what_hears_of_it_is_in_the_request_that_asked() throws Exception {
    List<String> heard = new CopyOnWriteArrayList<>();
    String caller =
        woven.inRequest(
            () -> {
              ask(() -> heard.add(Tracing.spanId()));
              return Tracing.spanId();
            });
    assertEquals(List.of(caller, caller, caller), heard);
  }

  @Test
  void the_span_has_ended_when_somebody_hears_of_it() throws Exception {
    List<Integer> heard = new CopyOnWriteArrayList<>();
    ask(() -> heard.add(woven.clientSpans().size()));
    assertEquals(List.of(2, 2, 2), heard);
    assertEquals(1, resent(woven.clientSpans(2).get(1)));
  }

  /** Runs it as each of what can be told of an answer, one after the other. */
  private void ask(Runnable told) throws Exception {
    CompletableFuture<Void> listened = new CompletableFuture<>();
    ListenableFuture<Response> future =
        client
            .prepareGet(server.url("/302"))
            .execute(
                new AsyncCompletionHandler<Response>() {
                  @Override
                  public Response onCompleted(Response response) {
                    told.run();
                    return response;
                  }
                });
    future.addListener(
        () -> {
          told.run();
          listened.complete(null);
        },
        Runnable::run);
    future.toCompletableFuture().thenRun(told).get();
    listened.get();
  }

  private static int resent(Span span) {
    for (Span.Attribute each = span.attributes(); each != null; each = each.next) {
      if (each.key.equals("http.request.resend_count")) return ((Number) each.value).intValue();
    }
    return 0;
  }

  @Test
  void a_failure_is_the_one_that_the_caller_hears() throws Exception {
    ExecutionException thrown =
        assertThrows(
            ExecutionException.class,
            () -> client.prepareGet(WovenServer.refusing()).execute().get());
    assertEquals(thrown.getCause(), woven.clientSpan().failure().thrown);
  }

  @Test
  void what_takes_too_long_is_a_timeout() throws Exception {
    try (ServerSocket silent = new ServerSocket(0)) {
      ListenableFuture<Response> waiting =
          client.prepareGet(url(silent)).setRequestTimeout(Duration.ofMillis(100)).execute();
      assertThrows(ExecutionException.class, waiting::get);
    }
    assertEquals(TimeoutException.class, woven.clientSpan().failure().thrown.getClass());
  }

  @Test
  void a_cancelled_request_is_an_error() throws Exception {
    try (ServerSocket silent = new ServerSocket(0)) {
      ListenableFuture<Response> waiting = client.prepareGet(url(silent)).execute();
      assertTrue(waiting.cancel(true));
    }
    assertEquals(CancellationException.class, woven.clientSpan().failure().thrown.getClass());
  }

  @Test
  void a_request_that_is_sent_once_more_after_its_connection_was_lost_is_two_spans()
      throws Exception {
    try (ServerSocket flaky = new ServerSocket(0)) {
      ListenableFuture<Response> waiting = client.prepareGet(url(flaky)).execute();
      flaky.accept().close();
      try (Socket second = flaky.accept()) {
        second.getInputStream().read();
        second
            .getOutputStream()
            .write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes("US-ASCII"));
        assertEquals(200, waiting.get().getStatusCode());
      }
    }
    List<Span> spans = woven.clientSpans(2);
    assertEquals("java.nio.channels.ClosedChannelException", spans.get(0).failure().type);
    assertNull(spans.get(1).failure());
    assertEquals(1, resent(spans.get(1)));
  }

  @Test
  void a_request_object_that_is_sent_again_tells_of_its_new_span() throws Exception {
    BoundRequestBuilder request = client.prepareGet(server.url("/200"));
    request.execute().get();
    List<String> first = server.header("traceparent");
    request.execute().get();
    assertNotEquals(first, server.header("traceparent"));
  }

  private static String url(ServerSocket server) {
    return "http://localhost:" + server.getLocalPort() + "/";
  }

  private int get(String url) throws Exception {
    return get(url, Map.of());
  }
}
