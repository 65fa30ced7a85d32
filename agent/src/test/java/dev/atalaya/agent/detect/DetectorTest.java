package dev.atalaya.agent.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.Sampler;
import dev.atalaya.agent.trace.Simulation;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.agent.trace.Tally;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a unit of work at its end. */
class DetectorTest {
  private static final String ITEM = "SELECT * FROM items WHERE order_id = ?";
  private static final String ORDERS = "SELECT * FROM orders";

  private Watch watch = new Watch("");

  @Test
  void a_request_is_judged_once_at_its_end() {
    Request request = watch.app.request("/orders");
    watch.app.query(ORDERS, 20);
    for (int i = 0; i < 20; i++) watch.app.query(ITEM, 3, i);
    assertTrue(watch.findings.list().isEmpty());
    watch.app.end(request);
    Map<String, Object> json = watch.only();
    assertEquals("n_plus_one", json.get("kind"));
    assertEquals("GET /orders", json.get("entry_point"));
    assertEquals(1.0, json.get("confidence"));
    assertEquals(List.of(request.traceId()), json.get("trace_ids"));
    assertEquals(List.of("n_plus_one", "n_plus_one at GET /orders"), watch.counted);
    assertEquals(1, ((List<?>) request.findings).size());
    Tally repeated = request.scope().tallies().get(1);
    assertEquals(json.get("fingerprint"), repeated.finding());
    assertNull(request.scope().tallies().get(0).finding());
    assertEquals(1, watch.notices.size());
  }

  @Test
  void without_call_sites_it_is_told_all_the_same() {
    watch.app.application = name -> true;
    watch.app.findsCallSites = false;
    Request request = watch.app.request("/orders");
    watch.app.query(ORDERS, 20);
    for (int i = 0; i < 20; i++) watch.app.query(ITEM, 3, i);
    watch.app.end(request);
    assertEquals("n_plus_one", watch.only().get("kind"));
    assertNull(watch.only().get("call_site"));
  }

  @Test
  void each_request_counts() {
    for (int n = 0; n < 7; n++) {
      Request request = watch.app.request("/orders");
      for (int i = 0; i < 20; i++) watch.app.query(ITEM, 3, i);
      watch.app.end(request);
    }
    assertEquals(7, watch.only().get("occurrences"));
    assertEquals(1, watch.notices.size());
  }

  @Test
  void what_ends_after_its_request_adds_nothing() {
    Request request = watch.app.request("/orders");
    for (int i = 0; i < 20; i++) watch.app.query(ITEM, 3, i);
    Span late = watch.app.openBeside(ITEM, 99);
    watch.app.end(request);
    watch.app.finish(late, 1);
    watch.app.worker.drain();
    assertEquals(1, watch.only().get("occurrences"));
    assertEquals(List.of("n_plus_one", "n_plus_one at GET /orders"), watch.counted);
  }

  @Test
  void what_is_not_sure_enough_is_counted_and_not_reported() {
    watch.app.application = name -> false;
    watch.app.gapMicros = 11_000;
    Request request = watch.app.request("/orders");
    watch.app.query(ORDERS, 30);
    for (int i = 0; i < 20; i++) watch.app.query(ITEM, 3, i);
    watch.app.end(request);
    assertEquals(List.of("n_plus_one, not told"), watch.counted);
    assertTrue(watch.findings.list().isEmpty());
  }

  @Test
  void what_is_right_as_it_is_is_counted_alone() {
    Request request = watch.app.request("/orders");
    for (int i = 0; i < 9; i++)
      watch.app.query("SELECT * FROM items LIMIT ? OFFSET ?", 9, 9, 9 * i);
    for (int i = 0; i < 9; i++) watch.app.query("SELECT 1", 1);
    watch.app.end(request);
    assertEquals(List.of("pagination", "ignored"), watch.counted);
    assertTrue(watch.findings.list().isEmpty());
  }

  @Test
  void a_chatty_request_is_a_finding_without_an_operation() {
    Request request = watch.app.request("/orders");
    for (int i = 0; i < 51; i++) watch.app.query("SELECT * FROM t" + i, 1);
    watch.app.end(request);
    assertEquals("chatty", watch.only().get("kind"));
    assertEquals("info", watch.only().get("severity"));
    assertTrue(watch.only().containsKey("operation"));
    assertNull(watch.only().get("operation"));
  }

  @Test
  void a_chatty_statement_is_one_too() {
    watch.app.application = name -> false;
    Request request = watch.app.request("/orders");
    for (int i = 0; i < 10; i++) watch.app.query(ITEM + " AND kind = ?", 1, i, i);
    watch.app.end(request);
    assertEquals("chatty", watch.only().get("kind"));
    assertNull(watch.only().get("operation"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"fingerprint", "problem"})
  void a_finding_that_the_user_ignores_is_counted_once_as_such(String by) {
    Request request = watch.app.request("/orders");
    for (int i = 0; i < 20; i++) watch.app.query(ITEM, 3, i);
    watch.app.end(request);
    String name = String.valueOf(watch.only().get(by));
    watch.counted.clear();
    watch = new Watch("atalaya.ignore.fingerprints=" + name);
    request = watch.app.request("/orders");
    for (int i = 0; i < 20; i++) watch.app.query(ITEM, 3, i);
    watch.portion();
    watch.portion();
    watch.app.end(request);
    assertTrue(watch.findings.list().stream().allMatch(one -> one.get("kind").equals("chatty")));
    assertEquals(1, watch.counted.stream().filter("ignored"::equals).count());
    assertNull(request.scope().tallies().get(0).finding());
  }

  // ---- What is kept of what was not sampled ----------------------------------------------------

  @ParameterizedTest
  @CsvSource({
    "slow;error;finding, slow,    true",
    "slow;error;finding, error,   true",
    "slow;error;finding, finding, true",
    "slow;error;finding, none,    false",
    "slow,               slow,    true",
    "slow,               error,   false",
    "slow,               finding, false",
    "error,              slow,    false",
    "error,              error,   true",
    "finding,            finding, true",
    "finding,            error,   false",
    "none,               slow,    false",
    "none,               error,   false",
    "none,               finding, false",
  })
  void unsampled_requests_are_kept_for_what_they_hold(String keep, String what, boolean kept) {
    watch = new Watch("atalaya.traces.keep=" + keep.replace(';', ','));
    watch.app.sampler = Sampler.NEVER;
    Request request = watch.app.request("/orders");
    if (what.equals("slow")) watch.app.takesMicros = 600_000;
    int queries = what.equals("finding") ? 20 : 1;
    for (int i = 0; i < queries; i++) watch.app.query(ITEM, 3, i);
    watch.app.end(request, what.equals("error") ? new IllegalStateException("no") : null);
    assertEquals(kept, request.isExported());
  }

  // ---- Whatever comes --------------------------------------------------------------------------

  @Test
  void a_call_of_nobody_knows_what_is_no_harm() throws Exception {
    watch.onANewThread(
        () -> {
          Request request = watch.app.request("/orders");
          Span open = watch.app.unknown();
          watch.look();
          open.end(null);
          for (int i = 0; i < 9; i++) watch.app.unknown().end(null);
          for (int i = 0; i < 9; i++) watch.app.query(ITEM, 3, i);
          watch.app.end(request);
          assertEquals(Map.of(), watch.app.faults.counts());
          assertEquals("n_plus_one", watch.only().get("kind"));
        });
  }

  @ParameterizedTest
  @EnumSource(Request.Kind.class)
  void nor_is_a_unit_of_work_without_a_root(Request.Kind kind) {
    Request request = watch.app.rootless(kind);
    watch.detector.accept(request, Simulation.of(request));
    assertTrue(watch.findings.list().isEmpty());
  }
}
