package dev.atalaya.it.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.atalaya.it.App;
import dev.atalaya.it.Concurrently;
import dev.atalaya.it.Otlp;
import dev.atalaya.it.Span;
import dev.atalaya.it.Told;
import dev.atalaya.it.Trace;
import dev.atalaya.it.WaysToEnd;
import java.net.http.HttpClient;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Spring WebFlux on Reactor Netty: servers and clients of event loops. */
final class WebFluxIT {
  private static final String H2 = "com.h2database:h2:2.5.252";

  @ParameterizedTest
  @CsvSource({
    "org.springframework:spring-webflux:5.2.25.RELEASE,"
        + " org.springframework:spring-context:5.2.25.RELEASE,"
        + " io.projectreactor.netty:reactor-netty:0.9.25.RELEASE",
    "org.springframework:spring-webflux:7.0.10, org.springframework:spring-context:7.0.10,"
        + " io.projectreactor.netty:reactor-netty-http:1.3.6",
  })
  void a_request_has_its_route_its_calls_and_what_its_handler_threw(
      String webFlux, String spring, String netty) {
    try (Otlp otlp = Otlp.http();
        App app = app(webFlux, spring, netty).agent(otlp).start()) {
      WaysToEnd.server(otlp, app, "/orders/CANARY-1", 200, "/orders/{id}");
      Span async = WaysToEnd.server(otlp, app, "/orders/1/async", 200, "/orders/{id}/async");
      assertTrue(async.end() - async.start() >= 90_000_000, "until it was answered");
      Span stream = WaysToEnd.server(otlp, app, "/orders/1/stream", 200, "/orders/{id}/stream");
      assertTrue(stream.end() - stream.start() >= 40_000_000, "until all was written");
      assertFalse(
          WaysToEnd.server(otlp, app, "/orders/2/handled", 422, "/orders/{id}/handled").error());
      Span broken = WaysToEnd.server(otlp, app, "/orders/3/broken", 500, "/orders/{id}/broken");
      assertTrue(broken.error());
      assertEquals("java.lang.IllegalStateException", broken.get("error.type"));
      WaysToEnd.server(otlp, app, "/functional/items/1", 200, "/functional/items/{id}");
      assertEquals(
          "java.lang.IllegalStateException",
          WaysToEnd.server(otlp, app, "/functional/broken/1", 500, "/functional/broken/{id}")
              .get("error.type"));
      assertNull(WaysToEnd.span(otlp, app, "/nowhere/CANARY-3", 404).get("http.route"));

      App.Answer remote = app.get("/orders/5/remote?port=" + app.port());
      assertEquals("order 5", remote.body());
      Trace trace = otlp.trace(remote.traceId(), one -> one.spans().size() == 4);
      Span client = trace.where(one -> one.kind() == Span.Kind.CLIENT && !one.isDatabase()).get(0);
      Span called = trace.served("GET /orders/{id}");
      assertTrue(called.within(client), trace::toString);
      assertEquals(200L, client.get("http.response.status_code"));

      assertTrue(trace.database().get(0).within(trace.served("GET /orders/{id}/remote")));

      assertEquals("6 asked 6", app.get("/orders/6/remotes?port=" + app.port()).body());
      JsonNode remotes =
          Told.awaitKind(
              app,
              "n_plus_one_http",
              "GET /orders/{id}/remotes",
              one -> one.at("/operation/count_max").asInt() == 6);
      if (netty.endsWith("1.3.6")) {
        assertEquals("app.WebFluxApp$Orders.remotes", remotes.at("/call_site/function").asText());
      }

      assertEquals("1 has 12", app.get("/orders/1/lines").body());
      JsonNode loop =
          Told.await(
              app, "GET /orders/{id}/lines", one -> one.at("/operation/count_max").asInt() == 12);
      assertEquals("app.WebFluxApp$Orders.line", loop.at("/call_site/function").asText());
      assertEquals("sequential", loop.at("/operation/execution").asText());
      assertEquals("1 has 12", app.get("/orders/1/parallel").body());
      JsonNode parallel =
          Told.await(
              app,
              "GET /orders/{id}/parallel",
              one -> one.at("/operation/count_max").asInt() == 12);
      assertEquals("parallel", parallel.at("/operation/execution").asText());

      Concurrently.check(otlp, app, 40, List.of("/orders/7/lines", "/orders/8/parallel"), 12);
      byHttp2(otlp, app);
      assertFalse(app.metrics().text().contains("CANARY"), "a path is a label");
    }
  }

  /** Each stream has a channel; the first is an upgraded request, also where it asks itself. */
  private static void byHttp2(Otlp otlp, App app) {
    app.by(HttpClient.Version.HTTP_2);
    for (int i = 0; i < 2; i++) {
      WaysToEnd.server(otlp, app, "/orders/CANARY-1", 200, "/orders/{id}");
      App.Answer remote = app.get("/orders/5/remote-by-http2?port=" + app.port());
      assertEquals(HttpClient.Version.HTTP_2, remote.response().version());
      Trace trace = otlp.trace(remote.traceId(), one -> one.spans().size() == 5);
      Span asking = trace.served("GET /orders/{id}/remote-by-http2");
      Span call = trace.where(one -> one.kind() == Span.Kind.CLIENT && !one.isDatabase()).get(0);
      Span asked = trace.served("GET /orders/{id}/async");
      assertEquals(200L, call.get("http.response.status_code"), trace::toString);
      assertTrue(call.within(asking) && asked.within(call), trace::toString);
      assertEquals(2, trace.children(asking).size(), trace::toString);
      assertEquals(1, trace.children(asked).size(), trace::toString);
    }
    WaysToEnd.span(otlp, app, "/nowhere/CANARY-3", 404);
    Concurrently.check(otlp, app, 40, List.of("/orders/7/lines", "/orders/8/parallel"), 12);
  }

  @Test
  void answers_are_the_same_with_and_without_the_agent() {
    List<String> paths =
        List.of(
            "/orders/1",
            "/orders/1/async",
            "/orders/1/stream",
            "/orders/2/handled",
            "/functional/items/1",
            "/orders/1/lines");
    String[] libraries = {
      "org.springframework:spring-webflux:7.0.10",
      "org.springframework:spring-context:7.0.10",
      "io.projectreactor.netty:reactor-netty-http:1.3.6"
    };
    try (App without = app(libraries).start();
        App with = app(libraries).agent(null).start()) {
      for (String path : paths) {
        App.Answer expected = without.get(path);
        App.Answer actual = with.get(path);
        assertEquals(expected.status(), actual.status(), path);
        assertEquals(expected.body(), actual.body(), path);
        assertEquals(expected.response().headers().map(), actual.response().headers().map(), path);
      }
    }
  }

  private static App.Launch app(String... libraries) {
    String[] all = java.util.Arrays.copyOf(libraries, libraries.length + 1);
    all[libraries.length] = H2;
    return App.main("app.WebFluxApp").libraries(all);
  }
}
