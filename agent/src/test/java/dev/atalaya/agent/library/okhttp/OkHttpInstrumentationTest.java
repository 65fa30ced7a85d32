package dev.atalaya.agent.library.okhttp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.atalaya.agent.library.CallContractOverHttp;
import dev.atalaya.agent.library.Woven;
import dev.atalaya.agent.library.WovenServer;
import dev.atalaya.agent.library.executors.ExecutorInstrumentation;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.bridge.Tracing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OkHttpInstrumentationTest implements CallContractOverHttp {
  private final Woven woven =
      Woven.with(new OkHttpInstrumentation(), new ExecutorInstrumentation());
  private final WovenServer server = new WovenServer();
  private final OkHttpClient client = new OkHttpClient();

  @AfterEach
  void close() {
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
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
    Request.Builder request = new Request.Builder().url(url);
    headers.forEach(request::header);
    try (Response response = client.newCall(request.build()).execute()) {
      return response.code();
    }
  }

  @Test
  void a_header_of_an_interceptor_is_left() throws Exception {
    String own = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    OkHttpClient intercepted =
        client
            .newBuilder()
            .addInterceptor(
                chain ->
                    chain.proceed(chain.request().newBuilder().header("traceparent", own).build()))
            .build();
    intercepted.newCall(new Request.Builder().url(server.url("/200")).build()).execute().close();
    assertEquals(List.of(own), server.header("traceparent"));
  }

  @Test
  void queued_calls_belong_to_the_requests_that_made_them() throws Exception {
    client.dispatcher().setMaxRequestsPerHost(1);
    List<CompletableFuture<String>> answers = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      woven.inRequest(
          () -> {
            answers.add(enqueue(server.url("/200")));
            return expected.add(Tracing.traceId());
          });
    }
    answers.add(enqueue(server.url("/200")));
    for (int i = 0; i < 5; i++) assertEquals(expected.get(i), answers.get(i).get());
    assertEquals("none", answers.get(5).get());
    Set<Span> parents = new HashSet<>();
    for (Span span : woven.clientSpans(6)) {
      assertEquals(200, span.status());
      parents.add(span.parent());
    }
    assertEquals(6, parents.size());
  }

  /** The trace that the callback runs in. */
  private CompletableFuture<String> enqueue(String url) {
    CompletableFuture<String> trace = new CompletableFuture<>();
    client
        .newCall(new Request.Builder().url(url).build())
        .enqueue(
            new Callback() {
              @Override
              public void onFailure(Call call, IOException error) {
                trace.completeExceptionally(error);
              }

              @Override
              public void onResponse(Call call, Response response) {
                response.close();
                trace.complete(String.valueOf(Tracing.traceId()).replace("null", "none"));
              }
            });
    return trace;
  }
}
