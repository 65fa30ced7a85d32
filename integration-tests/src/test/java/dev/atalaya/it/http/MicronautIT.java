package dev.atalaya.it.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.atalaya.it.App;
import dev.atalaya.it.Finding;
import dev.atalaya.it.Findings;
import dev.atalaya.it.MatrixSource;
import dev.atalaya.it.Otlp;
import dev.atalaya.it.ServerContract;
import dev.atalaya.it.Sources;
import dev.atalaya.it.Span;
import dev.atalaya.it.Trace;
import dev.atalaya.it.WaysToRoute;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Micronaut on Netty. */
final class MicronautIT {
  private static final List<String> WAYS =
      List.of("blocking", "reactive", "exchanged", "declared", "declared-reactive");

  @ParameterizedTest
  @CsvSource({
    "io.micronaut:micronaut-http-server-netty:3.0.0, io.micronaut:micronaut-runtime:3.0.0,"
        + " io.micronaut:micronaut-inject-java:3.0.0",
    "io.micronaut:micronaut-http-server-netty:4.10.37,"
        + " io.micronaut:micronaut-jackson-databind:4.10.37,"
        + " io.micronaut:micronaut-inject-java:4.10.37",
  })
  @MatrixSource({
    "io.micronaut:micronaut-http-server-netty:3.10.19, io.micronaut:micronaut-runtime:3.10.19,"
        + " io.micronaut:micronaut-inject-java:3.10.19",
    "io.micronaut:micronaut-http-server-netty:4.0.0,"
        + " io.micronaut:micronaut-jackson-databind:4.0.0,"
        + " io.micronaut:micronaut-inject-java:4.0.0",
  })
  void a_request_has_its_route_and_the_exception_of_its_controller(
      String server, String json, String processor) throws Exception {
    WaysToRoute.check(
        () -> app(server, json, processor),
        "/shop",
        null,
        ways -> {
          ways.all();
          ways.found("/orders/CANARY-19?verbose=1", 200, "/orders/{id}");
          ways.atTheSameTime("/orders/20/lines/2"); // on threads of its own, not the event loop's
          ways.atTheSameTime("/orders/21/reactive");
          ways.failed(
              "/orders/22/reactive-broken", 500, "/orders/{id}/reactive-broken", "IllegalState");
          if (!server.contains(":3.10.")) { // which answers first what is ready first
            ways.pipelined("/orders/25/later", "/orders/26", "/orders/27/lines/3");
          }
          ways.posted("/orders/28", "three");
          Span head = ways.asked("HEAD", "/orders/23");
          assertEquals("/shop/orders/{id}", head.get("http.route"), head::toString);
          Span below = ways.asked("GET", "/orders/24/nowhere");
          assertNull(below.get("http.route"), below::toString);
          ways.repeats("/orders/17/repeated", "/orders/{id}/repeated", 12);
        });
  }

  /** Micronaut 3.0 does not answer the request that upgrades, with the agent or without. */
  @ParameterizedTest
  @CsvSource({
    "io.micronaut:micronaut-http-server-netty:3.10.19, io.micronaut:micronaut-runtime:3.10.19,"
        + " io.micronaut:micronaut-inject-java:3.10.19",
    "io.micronaut:micronaut-http-server-netty:4.10.37,"
        + " io.micronaut:micronaut-jackson-databind:4.10.37,"
        + " io.micronaut:micronaut-inject-java:4.10.37",
  })
  void so_has_a_request_by_http2(String server, String json, String processor) throws Exception {
    WaysToRoute.check(
        () -> app(server, json, processor).arguments("2.0"),
        "/shop",
        null,
        ways -> {
          ways.byHttp2();
          ways.atTheSameTime("/orders/20/lines/2");
          ways.atTheSameTime("/orders/21/reactive");
        });
  }

  private static App.Launch app(String server, String json, String processor) {
    return App.main("app.MicronautApp")
        .libraries(server, json, "org.slf4j:slf4j-simple:2.0.17", ServerContract.H2)
        .processors(processor)
        .release(11);
  }

  @ParameterizedTest
  @CsvSource({
    "io.micronaut:micronaut-http-client:3.0.0, io.micronaut:micronaut-runtime:3.0.0",
    "io.micronaut:micronaut-http-client:4.10.37, io.micronaut:micronaut-jackson-databind:4.10.37",
  })
  @MatrixSource({
    "io.micronaut:micronaut-http-client:3.10.19, io.micronaut:micronaut-runtime:3.10.19",
    "io.micronaut:micronaut-http-client:4.0.0, io.micronaut:micronaut-jackson-databind:4.0.0",
  })
  void what_its_own_client_sends_belongs_to_the_request_that_asks(String client, String json)
      throws Exception {
    try (Otlp otlp = Otlp.http();
        App plain = asking(client, json).start();
        App app = asking(client, json).agent(otlp).start()) {
      for (String way : WAYS) {
        for (int connection = 0; connection < 2; connection++) {
          isContinued(otlp, app.get("/client/" + way + "/7"), way);
        }
      }
      Trace redirected = trace(otlp, app.get("/client/redirected/7"), 3);
      for (Span sent : sent(redirected)) {
        assertEquals(redirected.served("GET /client/redirected/{id}").spanId(), sent.parentId());
      }
      ExecutorService visitors = Executors.newFixedThreadPool(20);
      Map<Future<App.Answer>, String> answers = new HashMap<>();
      for (int i = 0; i < 40; i++) {
        String way = WAYS.get(i % WAYS.size());
        answers.put(visitors.submit(() -> app.get("/client/" + way + "/7")), way);
      }
      visitors.shutdown();
      for (Map.Entry<Future<App.Answer>, String> each : answers.entrySet()) {
        isContinued(otlp, each.getKey().get(), each.getValue());
      }
      Map<String, String> lines = Map.of("basket", "basket", "reactive-basket", "in a chain");
      for (Map.Entry<String, String> each : lines.entrySet()) {
        String path = "/client/" + each.getKey() + "/7";
        assertEquals(plain.get(path).body(), app.get(path).body());
        Finding finding =
            Findings.only(app, "GET /client/" + each.getKey() + "/{id}", 1)
                .has("kind", "n_plus_one_http")
                .counts(12);
        assertEquals(
            Sources.line("app.MicronautClientApp", each.getValue()),
            finding.at("call_site.line").asInt(),
            finding::toString);
      }
    }
  }

  private static App.Launch asking(String client, String json) {
    return App.main("app.MicronautClientApp")
        .libraries(
            client.replace("-http-client", "-http-server-netty"),
            client,
            json,
            "org.slf4j:slf4j-simple:2.0.17")
        .processors(client.replace("-http-client", "-inject-java"))
        .nothingIsSlow()
        .release(11);
  }

  /** One request is sent, whose span the called server names as its parent. */
  private static void isContinued(Otlp otlp, App.Answer answer, String way) {
    Trace trace = trace(otlp, answer, 2);
    assertEquals(1, sent(trace).size(), trace::toString);
    Span sent = sent(trace).get(0);
    assertEquals(
        trace.served("GET /client/" + way + "/{id}").spanId(), sent.parentId(), trace::toString);
    assertEquals(sent.spanId(), trace.served("GET /target/{id}").parentId(), trace::toString);
    assertEquals(200L, sent.get("http.response.status_code"), trace::toString);
    assertEquals("00-" + answer.traceId() + "-" + sent.spanId() + "-01", answer.body());
  }

  private static Trace trace(Otlp otlp, App.Answer answer, int served) {
    assertEquals(200, answer.status(), answer.body());
    return otlp.trace(
        answer.traceId(),
        trace -> trace.where(span -> span.kind() == Span.Kind.SERVER).size() == served);
  }

  private static List<Span> sent(Trace trace) {
    return trace.where(span -> span.kind() == Span.Kind.CLIENT);
  }
}
