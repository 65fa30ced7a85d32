package dev.atalaya.it.memcached;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.it.App;
import dev.atalaya.it.Findings;
import dev.atalaya.it.Metrics;
import dev.atalaya.it.Otlp;
import dev.atalaya.it.Span;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Memcached through the oldest and newest Spymemcached. */
final class SpymemcachedIT {
  private static MemcachedProcess memcached;

  @BeforeAll
  static void start() throws Exception {
    memcached = MemcachedProcess.start();
  }

  @AfterAll
  static void stop() {
    if (memcached != null) {
      memcached.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"net.spy:spymemcached:2.10.6", "net.spy:spymemcached:2.12.3"})
  void each_command_is_one_span_with_its_key_pattern(String library) {
    try (Otlp otlp = Otlp.http();
        App app = launch(library).agent(otlp).start()) {
      Span hit = call(otlp, app, "hit", "get");
      assertEquals("memcached", hit.get("db.system.name"));
      assertEquals("get", hit.get("db.operation.name"));
      assertEquals("get user:{}:name", hit.get("db.query.text"));
      assertEquals("localhost", hit.get("server.address"));
      assertEquals((long) memcached.port(), hit.get("server.port"));
      call(otlp, app, "miss", "get");
      Metrics metrics = app.metrics();
      for (String result : List.of("hit", "miss")) {
        assertEquals(
            1,
            metrics.value(
                "cache_requests_total", "cache_system", "memcached", "cache_result", result),
            () -> metrics.about("cache"));
      }
      call(otlp, app, "set", "set");
      call(otlp, app, "bulk", "getBulk");
      call(otlp, app, "incr", "incr");
      assertTrue(call(otlp, app, "error", "incr").error());
      assertFalse(otlp.received("CANARY"), "a value left the process in a trace");
      assertFalse(app.metrics().text().contains("CANARY"));
      assertFalse(app.agentLines().contains("CANARY"), app.agentLines());
      assertFalse(app.agentLines().contains("not instrumented"), app.agentLines());
    }
  }

  @Test
  void a_get_per_key_is_found_with_its_line() {
    try (App app =
        launch("net.spy:spymemcached:2.12.3")
            .property("otel.service.name", "remote")
            .agent(null)
            .start()) {
      Findings.twice(app, "remote", "/reads")
          .has("kind", "n_plus_one_cache", "operation.system", "memcached")
          .has("operation.summary", "get", "operation.text", "get user:{}:name")
          .has("operation.hit_ratio", 1, "operation.execution", "sequential", "cause", null)
          .counts(20)
          .distinct(1)
          .calledFrom("app.SpymemcachedApp.reads", "reads")
          .severity("warning", "critical")
          .suggests("getBulk");
      assertEquals(200, app.get("/bulk").status());
      assertEquals(List.of(), Findings.of(app).at("GET /bulk"));
    }
  }

  private static App.Launch launch(String library) {
    return App.main("app.SpymemcachedApp").libraries(library).arguments("" + memcached.port());
  }

  private static Span call(Otlp otlp, App app, String scenario, String name) {
    App.Answer answer = app.get("/memcached?" + scenario);
    assertEquals(200, answer.status(), answer.body());
    List<Span> spans = otlp.trace(answer.traceId()).assertCallsInsideServer().database();
    assertEquals(List.of(name), spans.stream().map(Span::name).toList());
    return spans.get(0);
  }
}
