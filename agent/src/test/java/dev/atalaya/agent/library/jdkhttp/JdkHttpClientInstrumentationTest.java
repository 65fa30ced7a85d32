package dev.atalaya.agent.library.jdkhttp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.library.CallContractOverHttp;
import dev.atalaya.agent.library.Woven;
import dev.atalaya.agent.library.WovenServer;
import dev.atalaya.agent.library.executors.CompletableFutureInstrumentation;
import dev.atalaya.agent.library.executors.ExecutorInstrumentation;
import dev.atalaya.agent.library.executors.ForkJoinInstrumentation;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.bridge.Tracing;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JdkHttpClientInstrumentationTest implements CallContractOverHttp {
  private final Woven woven =
      Woven.with(
          new JdkHttpClientInstrumentation(),
          new ExecutorInstrumentation(),
          new ForkJoinInstrumentation(),
          new CompletableFutureInstrumentation());
  private final WovenServer server = new WovenServer();
  private final HttpClient client =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();

  @AfterEach
  void close() {
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
    HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(url));
    headers.forEach(builder::header);
    return client.send(builder.build(), BodyHandlers.ofString()).statusCode();
  }

  @Test
  void an_asynchronous_call_ends_with_its_answer() throws Exception {
    CompletableFuture<String> traceInCallback = new CompletableFuture<>();
    String trace =
        woven.inRequest(
            () -> {
              CompletableFuture<HttpResponse<String>> first = sendAsync("/200");
              CompletableFuture<HttpResponse<String>> second = sendAsync("/404");
              first.thenRun(() -> traceInCallback.complete(Tracing.traceId()));
              assertEquals(200, first.get().statusCode());
              assertEquals(404, second.get().statusCode());
              return Tracing.traceId();
            });
    List<Span> spans = woven.clientSpans(2);
    assertEquals(200, spans.get(0).status());
    assertEquals(404, spans.get(1).status());
    assertEquals("404", spans.get(1).failure().type);
    assertEquals(Span.Kind.SERVER, spans.get(1).parent().kind());
    assertEquals(trace, traceInCallback.get());
  }

  @Test
  void the_applications_future_has_the_applications_dependents_alone() throws Exception {
    CompletableFuture<HttpResponse<String>> future = sendAsync("/200");
    assertEquals(0, future.getNumberOfDependents());
    CompletableFuture<Integer> ended = future.thenApply(answer -> woven.clientSpans().size());
    assertEquals(1, ended.get(), "the call has ended before what follows it runs");
  }

  @Test
  void an_asynchronous_failure_and_a_cancelled_call_are_errors() throws Exception {
    CompletableFuture<HttpResponse<String>> refused =
        client.sendAsync(
            HttpRequest.newBuilder(URI.create(WovenServer.refusing())).build(),
            BodyHandlers.ofString());
    assertThrows(ExecutionException.class, refused::get);
    assertEquals(
        "java.net.ConnectException", woven.clientSpan().failure().thrown.getClass().getName());
    CompletableFuture<HttpResponse<String>> cancelled = sendAsync("/200");
    cancelled.cancel(true);
    assertTrue(cancelled.isCancelled() || cancelled.isDone());
    woven.clientSpans(2);
    sendAsync("/200").cancel(false);
    woven.clientSpans(3);
  }

  private CompletableFuture<HttpResponse<String>> sendAsync(String path) {
    return client.sendAsync(
        HttpRequest.newBuilder(URI.create(server.url(path))).build(), BodyHandlers.ofString());
  }
}
