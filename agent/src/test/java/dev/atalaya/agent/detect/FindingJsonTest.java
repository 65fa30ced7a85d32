package dev.atalaya.agent.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.callsite.Application;
import dev.atalaya.agent.config.Options;
import dev.atalaya.agent.json.Json;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.Simulation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import shop.Calls;

/** What a finding looks like to others, key by key. */
class FindingJsonTest {
  private static final String TOP =
      "version fingerprint problem kind status severity confidence service service_version instance"
          + " entry_point first_seen last_seen occurrences operation cause causes call_site"
          + " children suggestion fix trace_ids trace_url";
  private static final String OPERATION =
      "system summary brief text count_typical count_max distinct_ratio total_ms_p95 wasted_ms_p95"
          + " wasted_ms_at_1ms execution";

  private final List<ProblemEvent> events = new ArrayList<>();
  private Findings findings;
  private Simulation app;

  FindingJsonTest() {
    begin("");
  }

  private void begin(String options) {
    Rules rules = new Rules(Options.read(options));
    findings = new Findings(rules, new Shop(), new Uncounted(), events::add, () -> 0);
    Detection detection =
        new Detection(
            rules,
            findings,
            new Uncounted(),
            Application.named(name -> false),
            (template, name) -> {},
            new Suggestions(Suggesting::fail));
    app = new Simulation(detection);
    app.slowQueryNanos = rules.slowQuery();
  }

  @Test
  void an_n_plus_one_has_all_of_it() {
    app.takesMicros = 1_000;
    Request request = app.request("/orders");
    app.query("SELECT * FROM orders WHERE customer_id = ?", 20, 7);
    for (int i = 0; i < 20; i++) {
      app.query("SELECT * FROM order_items WHERE order_id = ?", 3, i);
      app.query("SELECT * FROM customers WHERE id = ?", 1, i);
    }
    app.end(request);
    Map<String, Object> json = only();
    assertEquals(TOP, String.join(" ", json.keySet()));
    assertEquals(1, json.get("version"));
    assertTrue(String.valueOf(json.get("fingerprint")).matches("n1-v2-[0-9a-f]{16}"));
    assertTrue(String.valueOf(json.get("problem")).matches("p1-[0-9a-f]{16}"));
    assertEquals(1, json.get("causes"));
    assertEquals("n_plus_one", json.get("kind"));
    assertEquals("firing", json.get("status"));
    assertEquals("warning", json.get("severity"));
    assertEquals(1.0, json.get("confidence"));
    assertEquals("shop", json.get("service"));
    assertEquals("1.4.0", json.get("service_version"));
    assertEquals("host-1:4711", json.get("instance"));
    assertEquals("GET /orders", json.get("entry_point"));
    assertEquals("1970-01-01T00:00:00Z", json.get("first_seen"));
    assertEquals("1970-01-01T00:00:00Z", json.get("last_seen"));
    assertEquals(1, json.get("occurrences"));

    Map<?, ?> operation = (Map<?, ?>) json.get("operation");
    assertEquals(OPERATION, keys(operation));
    assertEquals("postgresql", operation.get("system"));
    assertEquals("SELECT order_items", operation.get("summary"));
    assertEquals("SELECT order_items", operation.get("brief"));
    assertEquals("SELECT * FROM order_items WHERE order_id = ?", operation.get("text"));
    assertEquals(20, operation.get("count_typical"));
    assertEquals(20, operation.get("count_max"));
    assertEquals(1.0, operation.get("distinct_ratio"));
    assertEquals(20.0, operation.get("total_ms_p95"));
    assertEquals(19.0, operation.get("wasted_ms_p95"));
    assertEquals(19, operation.get("wasted_ms_at_1ms"));
    assertEquals("sequential", operation.get("execution"));

    Map<?, ?> cause = (Map<?, ?>) json.get("cause");
    assertEquals("text rows_typical", keys(cause));
    assertEquals("SELECT * FROM orders WHERE customer_id = ?", cause.get("text"));
    assertEquals(20L, cause.get("rows_typical"));

    Map<?, ?> site = (Map<?, ?>) json.get("call_site");
    assertEquals("function file line stack", keys(site));
    String method = getClass().getName() + ".an_n_plus_one_has_all_of_it";
    assertEquals(method, site.get("function"));
    assertEquals("FindingJsonTest.java", site.get("file"));
    assertTrue((Integer) site.get("line") > 0);
    List<?> stack = (List<?>) site.get("stack");
    assertEquals("function file line", keys((Map<?, ?>) stack.get(0)));
    assertTrue(stack.size() <= 5);

    List<?> children = (List<?>) json.get("children");
    assertEquals(1, children.size());
    assertEquals(
        OPERATION.replace(" wasted_ms_at_1ms", "") + " call_site",
        keys((Map<?, ?>) children.get(0)));
    assertEquals("SELECT customers", ((Map<?, ?>) children.get(0)).get("summary"));
    assertTrue(json.get("suggestion") instanceof String);
    Map<?, ?> fix = (Map<?, ?>) json.get("fix");
    assertEquals("text where code", keys(fix));
    assertTrue(String.valueOf(fix.get("text")).startsWith(json.get("suggestion") + " "));
    assertEquals("\"SELECT * FROM order_items WHERE order_id = ANY(?)\"", fix.get("code"));
    assertEquals(List.of(request.traceId()), json.get("trace_ids"));
    assertNull(json.get("trace_url"));
    assertTrue(Json.write(json).startsWith("{\"version\":1,\"fingerprint\":\"n1-v2-"));
  }

  @Test
  void from_the_second_occurrence_on_a_cause_has_its_line() {
    loopOverOrders();
    assertEquals("text rows_typical", keys((Map<?, ?>) only().get("cause")));
    loopOverOrders();
    Map<?, ?> cause = (Map<?, ?>) only().get("cause");
    assertEquals("text rows_typical call_site", keys(cause));
    String method = getClass().getName() + ".loopOverOrders";
    assertEquals(method, ((Map<?, ?>) cause.get("call_site")).get("function"));
  }

  private void loopOverOrders() {
    Request request = app.request("/orders");
    app.query("SELECT * FROM orders WHERE customer_id = ?", 20, 7);
    for (int i = 0; i < 20; i++) app.query("SELECT * FROM order_items WHERE order_id = ?", 3, i);
    app.end(request);
  }

  @Test
  void two_callers_are_both_shown_with_their_shares() {
    app.application = name -> name.startsWith("shop.");
    Request request = app.request("/orders");
    for (int i = 0; i < 40; i++) {
      int id = i;
      Supplier<Object> query = () -> app.query("SELECT * FROM items WHERE id = ?", 1, id);
      Object span = i < 20 ? Calls.plainly(query) : Calls.inNested(query);
      assertNotNull(span);
    }
    app.end(request);
    Map<String, Object> json = only();
    assertEquals("shop.Calls.plainly", ((Map<?, ?>) json.get("call_site")).get("function"));
    List<?> sites = (List<?>) json.get("call_sites");
    assertEquals(2, sites.size());
    Map<?, ?> first = (Map<?, ?>) sites.get(0);
    Map<?, ?> second = (Map<?, ?>) sites.get(1);
    assertEquals("function file line stack share", keys(first));
    assertEquals("shop.Calls.plainly", first.get("function"));
    assertEquals("shop.Calls$Nested.call", second.get("function"));
    assertEquals(0.5, first.get("share"));
    assertEquals(0.5, second.get("share"));
  }

  @Test
  void a_cause_says_that_a_join_may_have_multiplied_its_rows() {
    Request request = app.request("/orders");
    app.query("SELECT * FROM orders o LEFT JOIN tags t ON t.order_id = o.id", 60);
    for (int i = 0; i < 20; i++) app.query("SELECT * FROM items WHERE order_id = ?", 1, i);
    app.end(request);
    Map<?, ?> cause = (Map<?, ?>) only().get("cause");
    assertEquals("text rows_typical joined", keys(cause));
    assertEquals(60L, cause.get("rows_typical"));
    assertTrue((Double) only().get("confidence") < 0.8);
  }

  @Test
  void what_is_not_known_is_null() {
    app.application = name -> false;
    Request request = app.request("/orders");
    for (int i = 0; i < 20; i++) app.query("SELECT * FROM config", 1);
    app.end(request);
    Map<String, Object> json = only();
    assertEquals(TOP, String.join(" ", json.keySet()));
    for (String key : List.of("cause", "call_site", "trace_url")) assertNull(json.get(key), key);
    assertEquals(List.of(), json.get("children"));
    assertEquals(0.05, ((Map<?, ?>) json.get("operation")).get("distinct_ratio"));
  }

  @Test
  void of_values_that_were_not_seen_no_number_is_told() {
    Request request = app.request("/orders");
    for (int i = 0; i < 20; i++) {
      app.query("SELECT * FROM item WHERE note = ?", 1, Simulation.UNSEEN);
    }
    app.end(request);
    Map<?, ?> operation = (Map<?, ?>) only().get("operation");
    assertTrue(operation.containsKey("distinct_ratio"));
    assertNull(operation.get("distinct_ratio"));
    String line = events.get(0).line;
    assertTrue(line.contains("x20 (") && !line.contains("distinct"), line);
  }

  @Test
  void a_link_leads_to_the_latest_trace() {
    begin("atalaya.trace.url=http://jaeger/trace/{traceId}");
    Request request = app.request("/orders");
    for (int i = 0; i < 20; i++) app.query("SELECT * FROM config", 1);
    app.end(request);
    assertEquals("http://jaeger/trace/" + request.traceId(), only().get("trace_url"));
    assertEquals(only().get("trace_url"), events.get(0).traceUrl);
  }

  @Test
  void a_cache_tells_its_hit_ratio() {
    Request request = app.request("/orders");
    for (int i = 0; i < 20; i++) app.redis(i % 2 == 0 ? "x" : null, "GET", "user:" + i);
    app.end(request);
    Map<?, ?> operation = (Map<?, ?>) only().get("operation");
    assertEquals(0.5, operation.get("hit_ratio"));
    assertEquals(
        "redis GET GET user:{}",
        operation.get("system") + " " + operation.get("summary") + " " + operation.get("text"));
    assertEquals(operation.get("text"), operation.get("brief"));
  }

  @Test
  void what_overlaps_is_parallel() {
    Request request = app.request("/orders");
    List<dev.atalaya.agent.trace.Span> open = new ArrayList<>();
    for (int i = 0; i < 20; i++) open.add(app.openBeside("SELECT * FROM t WHERE id = ?", i));
    for (var span : open) app.finish(span, 1);
    app.end(request);
    assertEquals("parallel", ((Map<?, ?>) only().get("operation")).get("execution"));
  }

  @Test
  void a_slow_query_has_more() {
    Request request = app.request("/orders");
    app.takesMicros = 600_000;
    app.query("SELECT * FROM items WHERE order_id = ?", 3, 1);
    app.end(request);
    Map<String, Object> json = only();
    assertEquals(TOP + " slow", String.join(" ", json.keySet()));
    Map<?, ?> slow = (Map<?, ?>) json.get("slow");
    assertEquals("duration_ms threshold_ms rows pool_wait_ms plan running", keys(slow));
    assertEquals(600.0, slow.get("duration_ms"));
    assertEquals(500.0, slow.get("threshold_ms"));
    assertEquals(3L, slow.get("rows"));
    assertEquals(0.0, slow.get("pool_wait_ms"));
    assertNull(slow.get("plan"));
    assertEquals(false, slow.get("running"));
    assertEquals(1.0, json.get("confidence"));
    findings.plan(String.valueOf(json.get("fingerprint")), "Seq Scan on items", "Index it.");
    assertEquals("Seq Scan on items", ((Map<?, ?>) only().get("slow")).get("plan"));
    assertTrue(String.valueOf(only().get("suggestion")).startsWith("Index it. "));
    Map<?, ?> fix = (Map<?, ?>) only().get("fix");
    assertTrue(String.valueOf(fix.get("text")).startsWith("Index it. "));
  }

  @Test
  void a_slow_request_has_no_operation() {
    Request request = app.request("/orders");
    app.passes(3_000);
    app.end(request);
    Map<String, Object> json = only();
    assertEquals(TOP + " slow", String.join(" ", json.keySet()));
    assertNull(json.get("operation"));
    assertEquals(2000.0, ((Map<?, ?>) json.get("slow")).get("threshold_ms"));
    assertNull(((Map<?, ?>) json.get("slow")).get("rows"));
  }

  @Test
  void a_line_tells_it_to_people() {
    app.takesMicros = 1_000;
    Request request = app.request("/orders");
    app.query("SELECT * FROM orders", 20);
    for (int i = 0; i < 20; i++) app.query("SELECT * FROM order_items WHERE order_id = ?", 3, i);
    app.end(request);
    String line = events.get(0).line;
    String pattern =
        "N\\+1 GET /orders: SELECT order_items x20 \\(~20 distinct, 20 ms of 21 ms\\) after SELECT"
            + " orders \\(20 rows\\) at dev\\.atalaya\\.agent\\.detect\\.FindingJsonTest"
            + "\\.a_line_tells_it_to_people\\(FindingJsonTest\\.java:\\d+\\) -> .*"
            + " \\[p1-[0-9a-f]{16}] trace=[0-9a-f]{32}";
    assertTrue(line.matches(pattern), line);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void kinds_have_the_names_that_others_read(Kind kind) {
    String findings =
        "n_plus_one n_plus_one_write n_plus_one_cache n_plus_one_http duplicate_query slow_query"
            + " slow_request batch_too_small chatty";
    String others = "pagination chunked_read polling queue_poll retry_storm sequence ignored";
    String list = kind.isFinding() ? findings : others;
    assertTrue(List.of(list.split(" ")).contains(kind.label()), kind.label());
  }

  private Map<String, Object> only() {
    assertEquals(1, findings.list().size());
    return findings.list().get(0);
  }

  private static String keys(Map<?, ?> map) {
    List<String> keys = new ArrayList<>();
    for (Object key : map.keySet()) keys.add(String.valueOf(key));
    return String.join(" ", keys);
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
