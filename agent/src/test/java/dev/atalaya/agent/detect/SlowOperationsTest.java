package dev.atalaya.agent.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.trace.Pretend;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.Span;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Slow calls, also while they run. */
class SlowOperationsTest {
  private static final String ITEM = "SELECT * FROM items WHERE order_id = ?";

  private final Watch watch = new Watch("");

  @Test
  void a_slow_call_is_announced_while_it_runs_and_its_end_is_the_same_occurrence()
      throws Exception {
    watch.onANewThread(
        () -> {
          Request request = watch.app.request("/orders");
          Span call = watch.app.open(ITEM, 1);
          Pretend.age(call, 9_900);
          watch.look();
          assertTrue(watch.findings.list().isEmpty());
          Pretend.age(call, 10_100);
          watch.look();
          watch.look();
          assertEquals("slow_query", watch.only().get("kind"));
          assertEquals(true, ((Map<?, ?>) watch.only().get("slow")).get("running"));
          assertEquals(1, watch.events.size());
          Object name = watch.only().get("fingerprint");
          watch.app.passes(20_000);
          watch.app.finish(call, 3);
          watch.app.end(request);
          Map<String, Object> json =
              watch.findings.list().stream()
                  .filter(one -> one.get("kind").equals("slow_query"))
                  .findFirst()
                  .orElseThrow();
          assertEquals(name, json.get("fingerprint"));
          assertEquals(1, json.get("occurrences"));
          assertEquals(false, ((Map<?, ?>) json.get("slow")).get("running"));
          assertEquals(3, ((Number) ((Map<?, ?>) json.get("slow")).get("rows")).intValue());
        });
  }

  @Test
  void a_slow_statement_is_found_and_its_plan_asked_for() {
    Request request = watch.app.request("/orders");
    watch.app.takesMicros = 499_000;
    watch.app.query(ITEM, 3, 1);
    watch.app.end(request);
    assertTrue(watch.findings.list().isEmpty());
    request = watch.app.request("/orders");
    watch.app.takesMicros = 500_000;
    watch.app.query(ITEM, 3, 1);
    watch.app.end(request);
    assertEquals("slow_query", watch.only().get("kind"));
    assertEquals(List.of(watch.only().get("fingerprint")), watch.planned);
    request = watch.app.request("/orders");
    watch.app.query("UPDATE items SET a = ?", -1, 1);
    watch.app.end(request);
    assertEquals(1, watch.planned.size());
  }

  @Test
  void slow_ones_of_one_statement_are_one_occurrence_of_a_unit_of_work() {
    Request request = watch.app.request("/orders");
    watch.app.takesMicros = 400_000;
    watch.app.query(ITEM, 3, 0);
    watch.app.takesMicros = 600_000;
    for (int i = 1; i < 3; i++) watch.app.query(ITEM, 3, i);
    watch.app.end(request);
    assertEquals(2, watch.count("slow_query"));
    assertEquals(1, watch.one("slow_query").get("occurrences"));
    assertEquals(2, watch.counted.stream().filter("slow_query"::equals).count());
  }

  @Test
  void a_slow_statement_outside_of_any_unit_of_work_is_found_as_it_ends() {
    watch.app.takesMicros = 600_000;
    Span span = watch.app.query(ITEM, 3, 0);
    watch.app.worker.drain();
    watch.app.worker.drain();
    assertEquals("slow_query", watch.only().get("kind"));
    assertEquals(1, watch.count());
    assertEquals(1, ((List<?>) span.request().findings).size());
    watch.app.query(ITEM, 3, 0);
    watch.app.worker.drain();
    assertEquals(2, watch.count());
    assertEquals(1, watch.only().get("occurrences"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT id FROM task LIMIT 1 FOR UPDATE SKIP LOCKED",
        "SELECT * FROM items /* atalaya:ignore */",
        "SELECT pg_advisory_lock(?)"
      })
  void what_waits_or_is_ignored_is_not_slow(String sql) {
    Request request = watch.app.request("/orders");
    watch.app.takesMicros = 600_000;
    watch.app.query(sql, 1, 1);
    watch.app.end(request);
    assertTrue(watch.findings.list().isEmpty());
  }
}
