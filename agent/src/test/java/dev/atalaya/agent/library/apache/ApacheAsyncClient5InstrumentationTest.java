package dev.atalaya.agent.library.apache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.library.CallContractOverHttp;
import dev.atalaya.agent.library.Woven;
import dev.atalaya.agent.library.WovenServer;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.bridge.Call;
import dev.atalaya.bridge.Tracing;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.async.methods.SimpleRequestProducer;
import org.apache.hc.client5.http.async.methods.SimpleResponseConsumer;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpHost;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApacheAsyncClient5InstrumentationTest implements CallContractOverHttp {
  private final Woven woven = Woven.with(new ApacheAsyncClient5Instrumentation());
  private final WovenServer server = new WovenServer();
  private final CloseableHttpAsyncClient client = HttpAsyncClients.createDefault();

  @BeforeEach
  void start() {
    client.start();
  }

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
    SimpleRequestBuilder request = SimpleRequestBuilder.get(url);
    headers.forEach(request::setHeader);
    return client.execute(request.build(), null).get().getCode();
  }

  @Test
  void requests_that_overlap_are_spans_of_their_own() throws Exception {
    woven.inRequest(
        () -> {
          Future<SimpleHttpResponse> first = send("/200", null);
          Future<SimpleHttpResponse> second = send("/404", null);
          assertEquals(200, first.get().getCode());
          assertEquals(404, second.get().getCode());
          return null;
        });
    List<Span> spans = woven.clientSpans(2);
    assertEquals(200, spans.get(0).status());
    assertEquals("404", spans.get(1).failure().type);
    assertEquals(Span.Kind.SERVER, spans.get(1).parent().kind());
  }

  @Test
  void a_redirect_inside_another_call_is_no_span_either() throws Exception {
    Call outer = Tracing.request("GET", "http://outer.invalid/");
    assertEquals(200, send("/302", null).get().getCode()); // goes on on the client's own thread
    outer.end(null);
    assertEquals("outer.invalid", woven.clientSpan().http().host);
  }

  @Test
  void a_request_that_is_sent_again_tells_of_its_new_span() throws Exception {
    SimpleHttpRequest request = SimpleRequestBuilder.get(server.url("/200")).build();
    client.execute(request, null).get();
    List<String> first = server.header("traceparent");
    client.execute(request, null).get();
    assertNotEquals(first, server.header("traceparent"));
    assertFalse(request.containsHeader("traceparent"));
  }

  @Test
  void the_span_has_ended_when_the_callback_hears() throws Exception {
    CompletableFuture<Integer> ended = new CompletableFuture<>();
    send("/200", new Heard(ended)).get();
    assertEquals(1, ended.get());
  }

  @Test
  void the_callback_hears_in_the_request_that_sent() throws Exception {
    CompletableFuture<Integer> ended = new CompletableFuture<>();
    Heard heard = new Heard(ended);
    String caller =
        woven.inRequest(
            () -> {
              send("/200", heard).get();
              ended.get();
              return Tracing.spanId();
            });
    assertEquals(caller, heard.caller);
  }

  @Test
  void a_failure_is_the_one_that_the_callback_hears() throws Exception {
    CompletableFuture<Integer> ended = new CompletableFuture<>();
    SimpleHttpRequest request = SimpleRequestBuilder.get(WovenServer.refusing()).build();
    Future<SimpleHttpResponse> refused = client.execute(request, new Heard(ended));
    ExecutionException thrown = assertThrows(ExecutionException.class, refused::get);
    ExecutionException heard = assertThrows(ExecutionException.class, ended::get);
    assertEquals(thrown.getCause(), heard.getCause());
    assertEquals(thrown.getCause(), woven.clientSpan().failure().thrown);
  }

  @Test
  void a_cancelled_request_is_an_error() throws Exception {
    try (ServerSocket silent = new ServerSocket(0)) {
      String url = "http://localhost:" + silent.getLocalPort() + "/";
      CompletableFuture<Integer> ended = new CompletableFuture<>();
      Future<SimpleHttpResponse> waiting =
          client.execute(SimpleRequestBuilder.get(url).build(), new Heard(ended));
      assertTrue(waiting.cancel(true));
      assertTrue(ended.isCancelled());
      assertThrows(CancellationException.class, waiting::get);
    }
    assertEquals(CancellationException.class, woven.clientSpan().failure().thrown.getClass());
  }

  @Test
  void a_path_belongs_to_its_target() throws Exception {
    SimpleHttpRequest request = SimpleRequestBuilder.get().setPath("/200").build();
    client
        .execute(
            new HttpHost("http", "localhost", server.port()),
            SimpleRequestProducer.create(request),
            SimpleResponseConsumer.create(),
            null,
            null,
            null)
        .get();
    assertEquals(server.url("/200"), woven.clientSpan().http().url);
  }

  @Test
  void a_path_that_is_no_uri_is_recorded_as_it_is() throws Exception {
    SimpleHttpRequest request = SimpleRequestBuilder.get(server.url("/200")).build();
    request.setPath("/200?x={1}");
    client.execute(request, null).get();
    assertEquals(server.url("/200?x={1}"), woven.clientSpan().http().url);
  }

  private Future<SimpleHttpResponse> send(
      String path, FutureCallback<SimpleHttpResponse> callback) {
    return client.execute(SimpleRequestBuilder.get(server.url(path)).build(), callback);
  }

  /** Counts the spans that have ended when the client calls back. */
  private final class Heard implements FutureCallback<SimpleHttpResponse> {
    private final CompletableFuture<Integer> ended;
    private volatile String caller;

    Heard(CompletableFuture<Integer> ended) {
      this.ended = ended;
    }

    @Override
    public void completed(SimpleHttpResponse response) {
      caller = Tracing.spanId();
      ended.complete(woven.clientSpans().size());
    }

    @Override
    public void failed(Exception error) {
      ended.completeExceptionally(error);
    }

    @Override
    public void cancelled() {
      ended.cancel(false);
    }
  }
}
