package dev.atalaya.agent.library.apache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.library.CallContractOverHttp;
import dev.atalaya.agent.library.Woven;
import dev.atalaya.agent.library.WovenServer;
import dev.atalaya.agent.trace.Span;
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
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.async.MinimalHttpAsyncClient;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.nio.AsyncClientEndpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApacheMinimalClient5InstrumentationTest implements CallContractOverHttp {
  private final Woven woven =
      Woven.with(
          new ApacheMinimalClient5Instrumentation(), new ApacheAsyncClient5Instrumentation());
  private final WovenServer server = new WovenServer();
  private final MinimalHttpAsyncClient client = HttpAsyncClients.createMinimal();

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

  /** The minimal client leaves it to its caller to follow. */
  @Override
  public int get(String url, Map<String, String> headers) throws Exception {
    SimpleRequestBuilder request = SimpleRequestBuilder.get(url);
    headers.forEach(request::setHeader);
    SimpleHttpResponse response = client.execute(request.build(), null).get();
    return response.getCode() == 302
        ? get(response.getHeader("Location").getValue(), headers)
        : response.getCode();
  }

  @Override
  public int spansOfARedirect() {
    return 2;
  }

  @Test
  void what_is_sent_by_a_leased_connection_is_recorded() throws Exception {
    woven.inRequest(
        () -> {
          HttpHost host = new HttpHost("http", "localhost", server.port());
          AsyncClientEndpoint leased = client.lease(host, null).get();
          for (String path : List.of("/200", "/404")) {
            leased
                .execute(
                    SimpleRequestProducer.create(
                        SimpleRequestBuilder.get(server.url(path)).build()),
                    SimpleResponseConsumer.create(),
                    null)
                .get();
          }
          leased.releaseAndReuse();
          return null;
        });
    List<Span> spans = woven.clientSpans(2);
    assertEquals(200, spans.get(0).status());
    assertEquals("404", spans.get(1).failure().type);
    assertEquals(server.url("/404"), spans.get(1).http().url);
    assertEquals(Span.Kind.SERVER, spans.get(1).parent().kind());
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
  void a_callback_hears_in_the_request_that_sent() throws Exception {
    Heard heard = new Heard();
    String caller =
        woven.inRequest(
            () -> {
              send(server.url("/200"), heard).get();
              heard.ended.get();
              return Tracing.spanId();
            });
    assertEquals(caller, heard.caller);
  }

  @Test
  void the_span_has_ended_when_the_callback_hears() throws Exception {
    Heard heard = new Heard();
    send(server.url("/200"), heard).get();
    assertEquals(1, heard.ended.get());
  }

  @Test
  void a_body_is_sent() throws Exception {
    SimpleHttpRequest request =
        SimpleRequestBuilder.post(server.url("/200"))
            .setBody("a body", ContentType.TEXT_PLAIN)
            .build();
    assertEquals("answer 200", client.execute(request, null).get().getBodyText());
    assertEquals("POST", woven.clientSpan().http().method);
  }

  @Test
  void a_failure_is_the_one_that_the_callback_hears() throws Exception {
    Heard heard = new Heard();
    assertThrows(ExecutionException.class, send(WovenServer.refusing(), heard)::get);
    ExecutionException told = assertThrows(ExecutionException.class, heard.ended::get);
    assertEquals(told.getCause(), woven.clientSpan().failure().thrown);
  }

  @Test
  void a_cancelled_request_is_an_error() throws Exception {
    try (ServerSocket silent = new ServerSocket(0)) {
      Heard heard = new Heard();
      Future<SimpleHttpResponse> waiting =
          send("http://localhost:" + silent.getLocalPort() + "/", heard);
      assertTrue(waiting.cancel(true));
      assertTrue(heard.ended.isCancelled());
    }
    assertNotNull(woven.clientSpan().failure());
    assertEquals(CancellationException.class, woven.clientSpan().failure().thrown.getClass());
  }

  private Future<SimpleHttpResponse> send(String url, FutureCallback<SimpleHttpResponse> callback) {
    return client.execute(SimpleRequestBuilder.get(url).build(), callback);
  }

  /** What is so when the client calls back. */
  private final class Heard implements FutureCallback<SimpleHttpResponse> {
    final CompletableFuture<Integer> ended = new CompletableFuture<>();
    volatile String caller;

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
