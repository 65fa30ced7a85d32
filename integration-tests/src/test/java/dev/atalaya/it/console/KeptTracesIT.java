package dev.atalaya.it.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.atalaya.it.App;
import dev.atalaya.it.Finding;
import dev.atalaya.it.Findings;
import dev.atalaya.it.Jaeger;
import dev.atalaya.it.Otlp;
import dev.atalaya.it.Program;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Traces that the agent keeps by itself, where nothing is exported. */
final class KeptTracesIT {
  private static App app;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    app =
        App.main("app.FindingsApp")
            .release(17)
            .libraries("com.zaxxer:HikariCP:7.1.0", "com.h2database:h2:2.5.252")
            .arguments("jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1", "sa")
            .property("otel.service.name", "kept")
            .property("otel.traces.exporter", "none")
            .agent(null)
            .nothingIsSlow()
            .start();
  }

  @AfterAll
  static void stop() {
    app.close();
  }

  @Test
  void a_problems_trace_is_kept_and_jaeger_takes_it() throws Exception {
    String id = app.get("/list").traceId();
    Finding finding = Findings.only(app, "GET /list", 1);
    JsonNode kept = one("problem=" + finding.text("problem"), id);
    assertEquals("GET /list", kept.get("entry_point").asText());
    assertEquals(200, kept.get("status").asInt());
    assertTrue(kept.get("error").isNull(), kept::toString);
    assertEquals(0, kept.get("spans_left_out").asInt());

    String waterfall = body("/traces/" + id);
    assertTrue(waterfall.contains("SELECT item <b>\u00d720</b>"), waterfall);
    assertTrue(waterfall.contains("<code>FindingsApp.java:"), waterfall);
    assertTrue(body("/traces").contains("href=\"/traces/" + id), "the list leads to it");
    assertTrue(body("/problems/" + finding.text("problem")).contains("<h2>An example</h2>"));

    String otlp = body("/api/traces/" + id);
    JsonNode spans = spans(otlp);
    assertEquals(kept.get("spans").asInt(), spans.size());
    assertTrue(spans.size() > 21, otlp);
    try (Jaeger jaeger = Jaeger.start(folder)) {
      assertEquals(names(spans, "name"), names(jaeger.opened(otlp), "operationName"));
      jaeger.take(otlp);
      JsonNode stored = jaeger.spans(id, spans.size());
      assertEquals(names(spans, "name"), names(stored, "operationName"));
      assertTrue(jaeger.services().contains("kept"));
    }
  }

  @Test
  void the_latest_of_a_route_are_kept_once_somebody_asked() {
    body("/api/traces");
    String id = app.get("/quiet").traceId();
    assertEquals("GET /quiet", one("route=/quiet", id).get("entry_point").asText());
    assertTrue(list("route=/quiet&error=true").isEmpty());
    assertEquals(404, get("/api/traces/" + App.hex(16)).statusCode());
  }

  /** The trace in the list, once it is there. */
  private static JsonNode one(String query, String id) {
    Otlp.await(() -> ids(query).contains(id));
    for (JsonNode trace : list(query)) if (trace.get("trace_id").asText().equals(id)) return trace;
    throw new AssertionError(id + " is not in " + list(query));
  }

  private static Set<String> ids(String query) {
    Set<String> ids = new HashSet<>();
    for (JsonNode trace : list(query)) ids.add(trace.get("trace_id").asText());
    return ids;
  }

  private static JsonNode list(String query) {
    return read(body("/api/traces?" + query));
  }

  private static JsonNode spans(String otlp) {
    return read(otlp).at("/resourceSpans/0/scopeSpans/0/spans");
  }

  private static JsonNode read(String json) {
    try {
      return new ObjectMapper().readTree(json);
    } catch (JsonProcessingException malformed) {
      throw new IllegalStateException(json, malformed);
    }
  }

  private static List<String> names(JsonNode spans, String key) {
    List<String> names = new ArrayList<>();
    spans.forEach(span -> names.add(span.get(key).asText()));
    assertFalse(names.isEmpty());
    names.sort(null);
    return names;
  }

  private static String body(String path) {
    HttpResponse<String> response = get(path);
    assertEquals(200, response.statusCode(), response.body());
    return response.body();
  }

  private static HttpResponse<String> get(String path) {
    return Program.get("http://127.0.0.1:" + app.metricsPort() + path);
  }
}
