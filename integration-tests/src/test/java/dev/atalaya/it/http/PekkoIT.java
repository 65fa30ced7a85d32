package dev.atalaya.it.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.atalaya.it.App;
import dev.atalaya.it.Otlp;
import dev.atalaya.it.ServerContract;
import dev.atalaya.it.Span;
import dev.atalaya.it.Trace;
import dev.atalaya.it.WaysToRoute;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pekko HTTP, and Akka HTTP, which it comes from, whose server is a stream in an actor. */
final class PekkoIT {
  private static final Map<String, String> NAMES_OF_AKKA =
      Map.of("org.apache.pekko", "akka", "\"pekko.", "\"akka.");

  @ParameterizedTest
  @CsvSource({
    "org.apache.pekko:pekko-http_2.13:1.0.0, org.apache.pekko:pekko-stream_2.13:1.0.1",
    "org.apache.pekko:pekko-http_2.13:1.3.0, org.apache.pekko:pekko-stream_2.13:1.7.0",
    "com.typesafe.akka:akka-http_2.13:10.2.10, com.typesafe.akka:akka-stream_2.13:2.6.21"
  })
  void a_request_has_what_its_path_was_matched_by_and_the_exception_of_its_handler(
      String http, String stream) throws Exception {
    WaysToRoute.check(
        () -> app(http, stream),
        "/shop",
        null,
        ways -> {
          ways.writtenAs("*").all();
          ways.atTheSameTime("/orders/18/asked");
          ways.atTheSameTime("/orders/19/dispatched");
          ways.atTheSameTime("/orders/20/streamed");
          ways.found("/shelves/CANARY-21/books", 200, "/shelves/*");
          ways.found("/files/CANARY-22/CANARY-23/CANARY-24", 200, "/files/*");
          ways.repeats("/orders/17/repeated", "/orders/{id}/repeated", 12);
        });
  }

  @ParameterizedTest
  @CsvSource({
    "org.apache.pekko:pekko-http_2.13:1.0.0, org.apache.pekko:pekko-stream_2.13:1.0.1, preview.",
    "org.apache.pekko:pekko-http_2.13:1.3.0, org.apache.pekko:pekko-stream_2.13:1.7.0, ''"
  })
  void streams_of_HTTP2_are_requests_side_by_side(String http, String stream, String preview) {
    String setting = "pekko.http.server." + preview + "enable-http2";
    try (Otlp otlp = Otlp.http();
        App app = app(http, stream).property(setting, "on").agent(otlp).start()) {
      HttpClient client = HttpClient.newHttpClient();
      String first = App.hex(16);
      client
          .sendAsync(request(app, "/shop/orders/0", first), HttpResponse.BodyHandlers.ofString())
          .join();
      Span asked = otlp.trace(first).server(); // over HTTP/1.1, for the other protocol
      assertEquals("GET /shop/orders/*", asked.name());
      List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
      List<String> ids = new ArrayList<>();
      for (int i = 1; i <= 40; i++) {
        ids.add(App.hex(16));
        HttpRequest request = request(app, "/shop/orders/" + i + "/later", ids.get(i - 1));
        answers.add(client.sendAsync(request, HttpResponse.BodyHandlers.ofString()));
      }
      for (int i = 1; i <= 40; i++) {
        HttpResponse<String> answer = answers.get(i - 1).join();
        assertEquals(HttpClient.Version.HTTP_2, answer.version());
        assertEquals("order " + i + ": one two three", answer.body());
        Trace trace = otlp.trace(ids.get(i - 1), one -> one.database().size() == 3);
        Span server = trace.assertCallsInsideServer().server();
        assertEquals("GET /shop/orders/*/later", server.name());
        assertEquals(200L, server.get("http.response.status_code"));
      }
    }
  }

  private static App.Launch app(String http, String stream) {
    return App.main("app.PekkoApp")
        .renamed(http.contains("akka") ? NAMES_OF_AKKA : Map.of())
        .libraries(http, stream, ServerContract.H2);
  }

  private static HttpRequest request(App app, String path, String traceId) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + app.port() + path))
        .header("traceparent", "00-" + traceId + "-" + App.hex(8) + "-01")
        .build();
  }
}
