package dev.atalaya.agent.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.trace.OperationStatistics;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.Sampler;
import dev.atalaya.agent.trace.Simulation;
import dev.atalaya.agent.trace.Span;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a unit of work at its end. */
class DetectionTest {
  private static final String ITEM = "SELECT * FROM items WHERE order_id = ?";
  private static final String ORDERS = "SELECT * FROM orders";

  private Watch watch = new Watch("");

  @Test
  void a_request_is_analyzed_once_at_its_end() {
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
    OperationStatistics repeated = request.unit().operations().get(1);
    assertEquals(json.get("fingerprint"), repeated.finding());
    assertNull(request.unit().operations().get(0).finding());
    assertEquals(1, watch.events.size());
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
    assertEquals(1, watch.events.size());
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
    watch.detection.accept(request, Simulation.of(request));
    assertTrue(watch.findings.list().isEmpty());
  }
}
