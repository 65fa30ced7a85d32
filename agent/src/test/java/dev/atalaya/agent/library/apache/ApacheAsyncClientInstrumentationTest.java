package dev.atalaya.agent.library.apache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.library.CallContractOverHttp;
import dev.atalaya.agent.library.Woven;
import dev.atalaya.agent.library.WovenServer;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.bridge.Call;
import dev.atalaya.bridge.Tracing;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.http.HttpHost;
import org.apache.http.HttpResponse;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.concurrent.FutureCallback;
import org.apache.http.entity.StringEntity;
import org.apache.http.impl.nio.client.CloseableHttpAsyncClient;
import org.apache.http.impl.nio.client.HttpAsyncClients;
import org.apache.http.message.BasicHttpRequest;
import org.apache.http.util.EntityUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApacheAsyncClientInstrumentationTest implements CallContractOverHttp {
  private final Woven woven =
      Woven.with(new ApacheAsyncClientInstrumentation(), new ApacheHttpClientInstrumentation());
  private final WovenServer server = new WovenServer();
  private final CloseableHttpAsyncClient client = HttpAsyncClients.createDefault();
  private final CloseableHttpAsyncClient minimal = HttpAsyncClients.createMinimal();

  @BeforeEach
  void start() {
    client.start();
    minimal.start();
  }

  @AfterEach
  void close() throws Exception {
    client.close();
    minimal.close();
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
    HttpGet request = new HttpGet(url);
    headers.forEach(request::setHeader);
    return status(client.execute(request, null).get());
  }

  @Test
  void the_minimal_client_is_recorded() throws Exception {
    woven.inRequest(() -> status(minimal.execute(new HttpGet(server.url("/404?q=1")), null).get()));
    Span span = woven.clientSpan();
    assertEquals(404, span.status());
    assertEquals(server.url("/404?q=1"), span.http().url);
    assertEquals(Span.Kind.SERVER, span.parent().kind());
    assertEquals(1, server.header("traceparent").size());
  }

  @Test
  void requests_that_overlap_are_spans_of_their_own() throws Exception {
    woven.inRequest(
        () -> {
          Future<HttpResponse> first = client.execute(new HttpGet(server.url("/200")), null);
          Future<HttpResponse> second = client.execute(new HttpGet(server.url("/404")), null);
          assertEquals(200, status(first.get()));
          assertEquals(404, status(second.get()));
          return null;
        });
    List<Span> spans = woven.clientSpans(2);
    assertEquals(200, spans.get(0).status());
    assertEquals("404", spans.get(1).failure().type);
  }

  @Test
  void a_redirect_inside_another_call_is_no_span_either() throws Exception {
    Call outer = Tracing.request("GET", "http://outer.invalid/");
    assertEquals(200, get(server.url("/302"), Map.of()));
    outer.end(null);
    assertEquals("outer.invalid", woven.clientSpan().http().host);
  }

  @Test
  void the_applications_request_stays_as_it_is() throws Exception {
    HttpGet request = new HttpGet(server.url("/200"));
    status(client.execute(request, null).get());
    assertEquals(1, server.header("traceparent").size());
    assertFalse(request.containsHeader("traceparent"));
  }

  @Test
  void a_callback_hears_in_the_request_that_sent() throws Exception {
    for (CloseableHttpAsyncClient each : List.of(client, minimal)) {
      Heard heard = new Heard();
      String caller =
          woven.inRequest(
              () -> {
                each.execute(new HttpGet(server.url("/200")), heard).get();
                heard.ended.get();
                return Tracing.spanId();
              });
      assertEquals(caller, heard.caller);
    }
    woven.clientSpans(2);
  }

  @Test
  void the_span_has_ended_when_the_callback_hears() throws Exception {
    Heard heard = new Heard();
    client.execute(new HttpGet(server.url("/200")), heard).get();
    assertEquals(1, heard.ended.get());
  }

  @Test
  void a_body_is_sent() throws Exception {
    HttpPost request = new HttpPost(server.url("/200"));
    request.setEntity(new StringEntity("a body"));
    assertEquals(200, status(client.execute(request, null).get()));
    assertEquals("POST", woven.clientSpan().http().method);
  }

  @Test
  void a_failure_is_the_one_that_the_caller_is_told() throws Exception {
    Heard heard = new Heard();
    Future<HttpResponse> refused = client.execute(new HttpGet(WovenServer.refusing()), heard);
    ExecutionException thrown = assertThrows(ExecutionException.class, refused::get);
    assertThrows(ExecutionException.class, heard.ended::get);
    assertEquals(thrown.getCause(), woven.clientSpan().failure().thrown);
  }

  @Test
  void a_cancelled_request_is_an_error() throws Exception {
    try (ServerSocket silent = new ServerSocket(0)) {
      Heard heard = new Heard();
      HttpGet request = new HttpGet("http://localhost:" + silent.getLocalPort() + "/");
      Future<HttpResponse> waiting = client.execute(request, heard);
      waiting.cancel(true);
      assertTrue(waiting.isCancelled());
      assertTrue(heard.ended.isCancelled());
    }
    assertEquals(CancellationException.class, woven.clientSpan().failure().thrown.getClass());
  }

  @Test
  void a_request_that_takes_too_long_is_an_error() throws Exception {
    try (ServerSocket silent = new ServerSocket(0)) {
      HttpGet request = new HttpGet("http://localhost:" + silent.getLocalPort() + "/");
      request.setConfig(RequestConfig.custom().setSocketTimeout(50).build());
      assertThrows(ExecutionException.class, client.execute(request, null)::get);
    }
    assertEquals(SocketTimeoutException.class, woven.clientSpan().failure().thrown.getClass());
  }

  @Test
  void a_path_belongs_to_its_target() throws Exception {
    HttpHost host = new HttpHost("localhost", server.port());
    status(client.execute(host, new BasicHttpRequest("GET", "/200?x={1}"), null).get());
    assertEquals(server.url("/200?x={1}"), woven.clientSpan().http().url);
  }

  private static int status(HttpResponse response) throws Exception {
    EntityUtils.consume(response.getEntity());
    return response.getStatusLine().getStatusCode();
  }

  /** What is so when the client calls back. */
  private final class Heard implements FutureCallback<HttpResponse> {
    final CompletableFuture<Integer> ended = new CompletableFuture<>();
    volatile String caller;

    @Override
    public void completed(HttpResponse response) {
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
