package dev.atalaya.agent.library.jetty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.api.Request;
import org.eclipse.jetty.client.api.Result;
import org.eclipse.jetty.client.util.InputStreamResponseListener;
import org.eclipse.jetty.client.util.StringContentProvider;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JettyClientInstrumentationTest implements CallContractOverHttp {
  private final Woven woven = Woven.with(new JettyClientInstrumentation());
  private final WovenServer server = new WovenServer();
  private final HttpClient client = new HttpClient();

  @BeforeEach
  void start() throws Exception {
    QueuedThreadPool threads = new QueuedThreadPool();
    threads.setStopTimeout(10); // it is seconds else
    client.setExecutor(threads);
    client.start();
  }

  @AfterEach
  void close() throws Exception {
    client.stop();
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
    Request request = client.newRequest(url);
    headers.forEach(request::header);
    return request.send().getStatus();
  }

  @Override
  public int spansOfARedirect() {
    return 2;
  }

  @Test
  void where_a_resource_moved_is_asked_by_a_request_of_its_own() throws Exception {
    woven.inRequest(() -> get(server.url("/302"), Map.of()));
    List<Span> spans = woven.clientSpans(2);
    assertEquals(302, spans.get(0).status());
    assertEquals(server.url("/200"), spans.get(1).http().url);
    assertNull(spans.get(0).attributes());
    assertEquals("http.request.resend_count", spans.get(1).attributes().key);
    assertEquals(1L, ((Number) spans.get(1).attributes().value).longValue());
  }

  @Test
  void a_redirect_inside_another_call_is_no_span_either() throws Exception {
    Call outer = Tracing.request("GET", "http://outer.invalid/");
    assertEquals(200, get(server.url("/302"), Map.of()));
    outer.end(null);
    assertEquals("outer.invalid", woven.clientSpan().http().host);
  }

  @Test
  void requests_that_overlap_are_spans_of_their_own() throws Exception {
    woven.inRequest(
        () -> {
          CompletableFuture<Result> first = send(client.newRequest(server.url("/200")));
          CompletableFuture<Result> second = send(client.newRequest(server.url("/404")));
          assertEquals(200, first.get().getResponse().getStatus());
          assertEquals(404, second.get().getResponse().getStatus());
          return null;
        });
    List<Span> spans = woven.clientSpans(2);
    assertEquals(200, spans.get(0).status());
    assertEquals("404", spans.get(1).failure().type);
    assertEquals(Span.Kind.SERVER, spans.get(1).parent().kind());
  }

  @Test
  void listeners_hear_in_the_request_that_sent() throws Exception {
    CompletableFuture<String> headers = new CompletableFuture<>();
    CompletableFuture<String> complete = new CompletableFuture<>();
    String caller =
        woven.inRequest(
            () -> {
              client
                  .newRequest(server.url("/200"))
                  .onResponseHeaders(response -> headers.complete(Tracing.spanId()))
                  .send(result -> complete.complete(Tracing.spanId()));
              complete.get();
              return Tracing.spanId();
            });
    assertEquals(caller, headers.get());
    assertEquals(caller, complete.get());
  }

  @Test
  void the_span_has_ended_when_a_listener_hears() throws Exception {
    CompletableFuture<Integer> ended = new CompletableFuture<>();
    client
        .newRequest(server.url("/200"))
        .send(result -> ended.complete(woven.clientSpans().size()));
    assertEquals(1, ended.get());
  }

  @Test
  void what_a_listener_sends_belongs_to_the_same_request() throws Exception {
    CompletableFuture<Result> second = new CompletableFuture<>();
    woven.inRequest(
        () -> {
          client
              .newRequest(server.url("/200"))
              .send(first -> client.newRequest(server.url("/404")).send(second::complete));
          return second.get();
        });
    List<Span> spans = woven.clientSpans(2);
    assertEquals(spans.get(0).parent().id(), spans.get(1).parent().id());
  }

  @Test
  void a_body_is_sent_and_read_as_a_stream() throws Exception {
    InputStreamResponseListener body = new InputStreamResponseListener();
    client.POST(server.url("/200")).content(new StringContentProvider("a body")).send(body);
    assertEquals(200, body.get(5, TimeUnit.SECONDS).getStatus());
    assertEquals("answer 200", new String(body.getInputStream().readAllBytes(), "UTF-8"));
    assertEquals("POST", woven.clientSpan().http().method);
  }

  @Test
  void an_aborted_request_is_an_error() throws Exception {
    try (ServerSocket silent = new ServerSocket(0)) {
      Request request = client.newRequest("http://localhost:" + silent.getLocalPort() + "/");
      CompletableFuture<Result> result = send(request);
      assertTrue(request.abort(new IllegalStateException("no more")));
      assertEquals("no more", result.get().getFailure().getMessage());
    }
    assertInstanceOf(IllegalStateException.class, woven.clientSpan().failure().thrown);
  }

  @Test
  void a_request_that_takes_too_long_is_an_error() throws Exception {
    try (ServerSocket silent = new ServerSocket(0)) {
      Request request = client.newRequest("http://localhost:" + silent.getLocalPort() + "/");
      assertThrows(TimeoutException.class, request.timeout(50, TimeUnit.MILLISECONDS)::send);
    }
    assertInstanceOf(TimeoutException.class, woven.clientSpan().failure().thrown);
  }

  @Test
  void a_failure_is_the_one_that_the_caller_is_told() throws Exception {
    Request request = client.newRequest(WovenServer.refusing());
    ExecutionException thrown = assertThrows(ExecutionException.class, request::send);
    assertEquals(thrown.getCause(), woven.clientSpan().failure().thrown);
  }

  private static CompletableFuture<Result> send(Request request) {
    CompletableFuture<Result> result = new CompletableFuture<>();
    request.send(result::complete);
    return result;
  }
}
