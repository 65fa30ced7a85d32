package dev.atalaya.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.breaker.Stage;
import dev.atalaya.agent.config.Options;
import dev.atalaya.agent.detect.Counters;
import dev.atalaya.agent.detect.Detection;
import dev.atalaya.agent.detect.Findings;
import dev.atalaya.agent.detect.Kind;
import dev.atalaya.agent.detect.Rules;
import dev.atalaya.agent.detect.Service;
import dev.atalaya.agent.detect.Severity;
import dev.atalaya.agent.detect.Suggestions;
import dev.atalaya.agent.export.Recording;
import dev.atalaya.agent.export.Resource;
import dev.atalaya.agent.page.Query;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.Sampler;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.agent.trace.Worker;
import dev.atalaya.bridge.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** Which traces are kept for the console, of real requests that detection has seen. */
class TracesTest {
  private static final String NOTHING_IS_SLOW =
      "otel.traces.exporter=none,atalaya.slow.query.threshold=1h,atalaya.slow.request.threshold=1h";

  private final Options options = Options.read(NOTHING_IS_SLOW);
  private final LiveSettings settings =
      new LiveSettings(options, Sampler.ALWAYS, () -> new Class<?>[0]);
  private final Traces traces = new Traces(options, settings, () -> Resource.of(options, "1.0"));
  private final List<Request> seen = new ArrayList<>();
  private final Recording recording = new Recording(detection(), traces, this::saw);

  @Test
  void a_plain_request_is_not_kept_and_loads_nothing() {
    recording.start();
    serve("/orders", 1, null);
    recording.close();

    assertEquals(1, seen.size());
    assertTrue(traces.keptReport().isEmpty());
  }

  @Test
  void a_failed_request_is_kept_with_all_its_spans() {
    recording.start();
    serve("/orders", 3, new IllegalStateException());
    serve("/fine", 3, null);
    recording.close();

    List<Map<String, Object>> all = list("");
    assertEquals(1, all.size());
    Map<String, Object> kept = all.get(0);
    assertEquals(seen.get(0).traceId(), kept.get("trace_id"));
    assertEquals("GET /orders", kept.get("entry_point"));
    assertEquals("java.lang.IllegalStateException", kept.get("error"));
    assertEquals(500, kept.get("status"));
    assertEquals(4, kept.get("spans"));
    assertEquals(0, kept.get("spans_left_out"));
    assertEquals(3, kept.get("statements"));
    assertEquals(List.of(), kept.get("problems"));
    assertEquals(4, spans(kept).size());
    assertNull(traces.kept().get(Query.of("4bf92f3577b34da6a3ce929d0e0e4736", "")));
  }

  @Test
  void a_request_with_a_finding_is_found_by_its_problem() {
    recording.start();
    loop("/orders", 20);
    serve("/broken", 1, new IllegalStateException());
    recording.close();

    Map<String, Object> kept = list("route=/orders").get(0);
    List<?> problems = (List<?>) kept.get("problems");
    assertEquals(1, problems.size(), kept::toString);
    assertEquals(List.of(kept), list("problem=" + problems.get(0)));
    assertEquals(2, list("").size());
    assertEquals("GET /broken", list("").get(0).get("entry_point"), "the newest first");
    assertEquals(1, list("error=true").size());
    assertEquals(1, list("limit=1").size());
    assertEquals(0, list("min_ms=3600000").size());
  }

  @Test
  void what_goes_on_is_kept_from_its_first_part_once_it_is_known_to_have_failed() {
    recording.start();
    Call job = recording.tracer.job("Nightly#run");
    String trace = recording.tracer.traceId();
    for (int i = 0; i < 600; i++) recording.query("SELECT a FROM t" + i).end(null);
    await(() -> !seen.isEmpty());
    Call plain = recording.tracer.serve(Map.of(), "GET", "http", "shop", 80, "/x", null);
    assertNull(plain, "a request within a job is none of its own");
    assertEquals(0, list("").size(), "nothing tells yet");
    job.end(new IllegalStateException());
    recording.close();

    assertEquals(trace, list("error=true").get(0).get("trace_id"));
    assertEquals("JOB Nightly#run", list("").get(0).get("entry_point"));
    assertEquals(601, list("").get(0).get("spans"));
    assertEquals(601, spans(list("").get(0)).size());
  }

  @Test
  void what_goes_on_is_listed_as_soon_as_something_is_found_in_it() {
    recording.start();
    Call job = recording.tracer.job("Nightly#run");
    repeat(600);
    LockSupport.parkNanos(1_500_000_000L); // detection looks at it once a second
    for (int i = 0; i < 600; i++) recording.query("SELECT a FROM t" + i).end(null);
    await(() -> list("").size() == 1);
    double early = (Double) list("").get(0).get("duration_ms");
    job.end(null);
    recording.close();

    Map<String, Object> kept = list("").get(0);
    assertTrue((Double) kept.get("duration_ms") > early, kept::toString);
    assertEquals(kept.get("spans"), spans(kept).size());
    assertEquals(1, ((List<?>) kept.get("problems")).size(), kept::toString);
  }

  @Test
  void a_part_that_comes_late_is_added() {
    recording.start();
    Call request = recording.serve("GET", "/orders", null, Map.of());
    Call late = recording.tracer.span("late");
    late.detach();
    request.end(new IllegalStateException());
    await(() -> list("").size() == 1);
    assertEquals(1, list("").get(0).get("spans"));
    late.end(null);
    recording.close();

    assertEquals(2, list("").get(0).get("spans"));
    assertEquals(2, spans(list("").get(0)).size());
  }

  @Test
  void what_a_trace_has_no_room_for_is_counted_and_its_root_is_there() {
    recording.start();
    Call request = recording.serve("GET", "/orders", null, Map.of());
    for (int i = 0; i < 30; i++) {
      Call span = recording.tracer.span("large");
      span.attribute("text", "x".repeat(16_000));
      span.end(null);
    }
    request.end(new IllegalStateException());
    recording.close();

    Map<String, Object> kept = list("").get(0);
    assertEquals(31, kept.get("spans"));
    assertEquals(31 - spans(kept).size(), kept.get("spans_left_out"));
    assertTrue(spans(kept).size() > 10, kept::toString);
    assertTrue(spans(kept).stream().anyMatch(span -> !span.containsKey("parentSpanId")));
  }

  @Test
  void the_latest_of_each_route_are_kept_while_somebody_looks() {
    recording.start();
    assertEquals(0, list("").size());
    serve("/orders", 1, null);
    serve("/items", 1, null);
    serve("/items", 1, null);
    recording.close();

    assertEquals(1, list("route=/orders").size());
    assertTrue(traces.keptReport().get("latest_since") instanceof String);
    assertTrue(list("route=/items").size() >= 1, "one a second, or one that took longer");
  }

  @Test
  void of_one_problem_a_trace_a_second_is_kept() {
    recording.start();
    for (int i = 0; i < 200; i++) serve("/orders", 0, new IllegalStateException());
    recording.close();

    int kept = list("").size();
    assertTrue(kept > 0 && kept < 100, () -> kept + " of 200");
  }

  @Test
  void nothing_is_kept_where_the_agent_leaves_spans() {
    settings.leave(Stage.SPANS);
    recording.start();
    serve("/orders", 1, new IllegalStateException());
    recording.close();

    assertEquals(1, seen.size());
    assertTrue(traces.keptReport().isEmpty());
  }

  @Test
  void nothing_is_kept_that_nobody_could_ask_for() {
    Options off = Options.read(NOTHING_IS_SLOW + ",atalaya.console.enabled=false");
    Traces unasked = new Traces(off, settings, () -> Resource.of(off, "1.0"));
    try (Recording other = new Recording(unasked)) {
      other.start();
      other.serve("GET", "/orders", null, Map.of()).end(new IllegalStateException());
    }

    assertTrue(unasked.keptReport().isEmpty());
  }

  private void serve(String route, int queries, Throwable thrown) {
    Call request = recording.serve("GET", route, null, Map.of());
    recording.tracer.route(route);
    for (int i = 0; i < queries; i++) recording.query("SELECT a FROM t" + i).end(null);
    if (thrown != null) request.status(500);
    request.end(thrown);
  }

  private void loop(String route, int times) {
    Call request = recording.serve("GET", route, null, Map.of());
    recording.tracer.route(route);
    repeat(times);
    request.end(null);
  }

  private void repeat(int times) {
    for (int i = 0; i < times; i++) {
      Object statement = recording.statement("SELECT a FROM items WHERE id = ?");
      recording.tracer.bind(statement, 1, i);
      recording.tracer.sql(statement, null).end(null);
    }
  }

  @SuppressWarnings("unchecked")
  private List<Map<String, Object>> list(String query) {
    return (List<Map<String, Object>>) traces.kept().get(Query.of("", query));
  }

  /** As the OTLP/JSON of the trace has them. */
  @SuppressWarnings("unchecked")
  private List<Map<String, Object>> spans(Map<String, Object> kept) {
    Object otlp = traces.kept().get(Query.of((String) kept.get("trace_id"), ""));
    Map<String, Object> resource = first(((Map<String, Object>) otlp).get("resourceSpans"));
    return (List<Map<String, Object>>) first(resource.get("scopeSpans")).get("spans");
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> first(Object list) {
    return ((List<Map<String, Object>>) list).get(0);
  }

  private void saw(Request request, Span latest) {
    seen.add(request);
  }

  private static void await(BooleanSupplier condition) {
    for (long end = System.nanoTime() + 5_000_000_000L; System.nanoTime() < end; ) {
      if (condition.getAsBoolean()) return;
      LockSupport.parkNanos(10_000_000);
    }
    throw new AssertionError("not in time");
  }

  private Worker.Consumer detection() {
    Rules rules = new Rules(options);
    Service service =
        new Service() {
          @Override
          public String name() {
            return "shop";
          }

          @Override
          public String version() {
            return null;
          }

          @Override
          public String instance() {
            return "host:1";
          }
        };
    Findings findings = new Findings(rules, service, new Uncounted(), event -> {});
    return new Detection(
        rules,
        findings,
        new Uncounted(),
        settings.application(),
        (template, fingerprint) -> {},
        new Suggestions(error -> {}));
  }

  private static final class Uncounted implements Counters {
    @Override
    public void finding(Kind kind, Severity severity, String entryPoint, String system) {}

    @Override
    public void wasted(Kind kind, String entryPoint, long nanos) {}

    @Override
    public void classified(Kind kind, boolean told) {}
  }
}
