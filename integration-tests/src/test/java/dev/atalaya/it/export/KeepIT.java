package dev.atalaya.it.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.it.App;
import dev.atalaya.it.Finding;
import dev.atalaya.it.Findings;
import dev.atalaya.it.Metrics;
import dev.atalaya.it.Otlp;
import dev.atalaya.it.Sources;
import dev.atalaya.it.Span;
import dev.atalaya.it.Trace;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The trace of a finding: exported whatever the sampler says, marked, and folded. */
final class KeepIT {
  private static Otlp otlp;
  private static App app;

  @BeforeAll
  static void start() {
    otlp = Otlp.http();
    app =
        App.main("app.FindingsApp")
            .release(17)
            .libraries("com.zaxxer:HikariCP:7.1.0", "com.h2database:h2:2.5.252")
            .arguments("jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1", "sa")
            .property("otel.service.name", "keep")
            .property("otel.traces.sampler", "always_off")
            .agent(otlp)
            .start();
  }

  @AfterAll
  static void stop() {
    app.close();
    otlp.close();
  }

  @Test
  void a_findings_trace_is_kept_and_others_are_not() {
    String quiet = get("/quiet").traceId();
    String found = get("/list").traceId();
    Trace trace = otlp.trace(found);
    Finding finding = Findings.only(app, "GET /list", 1).wellFormed("keep", found);

    Span root = trace.server();
    assertEquals(1L, root.get("atalaya.findings.count"), trace::toString);
    assertEquals(1, root.events().size(), () -> root.events().toString());
    Span.Event event = root.events().get(0);
    assertEquals("atalaya.finding", event.name());
    assertEvent(event, "atalaya.finding.kind", "n_plus_one");
    assertEvent(event, "atalaya.finding.severity", finding.text("severity"));
    assertEvent(event, "atalaya.finding.fingerprint", finding.fingerprint());
    assertEvent(event, "atalaya.finding.count", 20L);
    long distinct = (Long) event.attributes().get("atalaya.finding.distinct");
    assertTrue(distinct >= 18 && distinct <= 20, () -> "an estimate: " + distinct);
    assertEvent(event, "atalaya.finding.execution", "sequential");
    assertEvent(event, "atalaya.finding.suggestion", finding.text("suggestion"));
    assertEvent(event, "db.query.text", "SELECT name FROM item WHERE order_id = ?");
    assertEvent(event, "atalaya.finding.cause.query.text", finding.text("cause.text"));
    assertEvent(event, "atalaya.finding.cause.rows", 20L);
    assertEvent(event, "code.function.name", "app.FindingsApp.list");
    assertEvent(event, "code.line.number", (long) Sources.line("app.FindingsApp", "list"));
    assertTrue(
        String.valueOf(event.attributes().get("code.file.path")).endsWith("FindingsApp.java"),
        () -> event.attributes().toString());
    assertEquals(
        finding.number("confidence"),
        ((Number) event.attributes().get("atalaya.finding.confidence")).doubleValue(),
        0.001);
    assertNotNull(event.attributes().get("atalaya.finding.wasted_ms"));

    List<Span> items = trace.where(span -> span.name().equals("SELECT item"));
    assertEquals(20, items.size(), trace::toString);
    for (Span item : items) {
      assertEquals(finding.fingerprint(), item.get("atalaya.finding.fingerprint"));
    }
    for (Span order : trace.where(span -> span.name().equals("SELECT orders"))) {
      assertEquals(null, order.get("atalaya.finding.fingerprint"), "the cause is no repeat");
    }
    otlp.settle();
    assertEquals(0, otlp.spans().stream().filter(s -> s.traceId().equals(quiet)).count());
  }

  @Test
  void a_thousand_repeats_are_few_spans_and_exact_numbers() {
    Metrics before = app.metrics();
    Trace trace = otlp.trace(get("/thousand").traceId());
    Finding finding = Findings.only(app, "GET /thousand", 1).counts(1_000);
    List<Span> spans = trace.where(span -> span.name().equals("SELECT product"));
    assertTrue(spans.size() <= 25, () -> spans.size() + " spans");
    assertEquals(spans.size(), trace.database().size(), trace::toString);
    List<Span> folds =
        spans.stream().filter(span -> span.get("atalaya.collapsed.count") != null).toList();
    assertEquals(1, folds.size(), trace::toString);
    Span fold = folds.get(0);
    long folded = (Long) fold.get("atalaya.collapsed.count");
    assertEquals(1_000, spans.size() - folds.size() + folded, trace::toString);
    double sum = ((Number) fold.get("atalaya.collapsed.sum_ms")).doubleValue();
    double min = ((Number) fold.get("atalaya.collapsed.min_ms")).doubleValue();
    double max = ((Number) fold.get("atalaya.collapsed.max_ms")).doubleValue();
    assertTrue(0 <= min && min <= max, trace::toString);
    assertTrue(sum >= folded * min * 0.999 && sum <= folded * max * 1.001, trace::toString);
    for (Span span : spans) {
      assertEquals(finding.fingerprint(), span.get("atalaya.finding.fingerprint"));
      assertTrue(span.within(trace.server()), span::toString);
    }
    Metrics after = app.metrics();
    for (String name :
        List.of(
            "db_client_operation_duration_seconds_count",
            "db_client_response_returned_rows_count")) {
      assertEquals(
          1_000,
          after.value(name, "db_query_summary", "SELECT product")
              - before.value(name, "db_query_summary", "SELECT product"),
          () -> after.about("db_client"));
    }
    assertFalse(otlp.received("CANARY"), "a value left the process in a trace");
  }

  @Test
  void what_belongs_to_a_finding_is_marked_so() {
    String traceId = get("/nested").traceId();
    Trace trace = otlp.trace(traceId);
    Finding finding = Findings.only(app, "GET /nested", 1).wellFormed("keep", traceId);
    assertEquals(1L, trace.server().get("atalaya.findings.count"), trace::toString);
    for (String name : List.of("SELECT item", "SELECT product")) {
      List<Span> spans = trace.where(span -> span.name().equals(name));
      assertTrue(spans.size() >= 10, trace::toString);
      for (Span span : spans) {
        assertEquals(finding.fingerprint(), span.get("atalaya.finding.fingerprint"));
      }
    }
  }

  @Test
  void a_failed_requests_trace_is_kept_without_a_finding() {
    App.Answer answer = app.get("/sometimes?none");
    assertEquals(500, answer.status());
    Trace trace = otlp.trace(answer.traceId());
    assertTrue(trace.server().error(), trace::toString);
    assertEquals(List.of(), trace.server().events());
  }

  @Test
  void without_a_request_the_first_call_tells_of_the_finding() {
    try (Otlp own = Otlp.http();
        App threads =
            App.main("app.ThreadsApp")
                .release(17)
                .libraries("com.h2database:h2:2.5.252")
                .property("otel.service.name", "threads")
                .agent(own)
                .start()) {
      assertTrue(Otlp.await(() -> !Findings.of(threads).all().isEmpty()), threads.errors());
      Finding finding = Findings.of(threads).all().get(0);
      assertEquals(1, finding.at("trace_ids").size(), () -> "the first call's trace: " + finding);
      Trace trace = own.trace(finding.at("trace_ids").get(0).asText(), t -> !t.spans().isEmpty());
      assertEquals(1, trace.spans().size(), "each call is a root of its own" + trace);
      Span first = trace.spans().get(0);
      assertEquals(Span.Kind.CLIENT, first.kind());
      assertEquals(finding.fingerprint(), first.get("atalaya.finding.fingerprint"));
      assertEquals(1, first.events().size(), trace::toString);
      assertEvent(first.events().get(0), "atalaya.finding.fingerprint", finding.fingerprint());
      assertEvent(first.events().get(0), "atalaya.finding.count", 60L);
    }
  }

  private static void assertEvent(Span.Event event, String key, Object value) {
    assertEquals(value, event.attributes().get(key), () -> key + " in " + event.attributes());
  }

  private static App.Answer get(String path) {
    App.Answer answer = app.get(path);
    assertEquals(200, answer.status(), answer.body());
    return answer;
  }
}
