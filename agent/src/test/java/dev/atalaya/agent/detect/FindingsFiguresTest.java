package dev.atalaya.agent.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is kept of findings, and how many. */
class FindingsFiguresTest {
  private static final String ORDERS = "GET /orders";
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;

  private final Sightings all = new Sightings();

  @Test
  void a_thousand_live_and_the_rest_is_counted() {
    for (int i = 0; i < 1_005; i++) all.seen(Sightings.occurrence("x" + i, "GET /" + i, 1, 20));
    assertEquals(1_000, all.findings.list().size());
    assertEquals(5, all.findings.refused());
    assertEquals(1_000, all.events.size());
    all.seen(Sightings.occurrence("x7", "GET /7", 1, 20));
    assertEquals(5, all.findings.refused());
    all.now += 25 * HOUR;
    all.findings.sweep();
    all.now += 2 * HOUR;
    all.findings.sweep();
    all.seen(Sightings.occurrence("x2000", "GET /2000", 1, 20));
    assertEquals(1, all.findings.list().size());
  }

  @Test
  void later_figures_of_a_unit_of_work_are_no_occurrence_more() {
    Occurrence found = Sightings.wasting(20, 100);
    all.seen(found);
    found.count = 50;
    found.wastedInAllNanos = found.wastedNanos = 250_000_000;
    all.findings.add(found, true);
    all.findings.add(found, true);
    Map<String, Object> json = all.findings.list().get(0);
    assertEquals(1, json.get("occurrences"));
    assertEquals(50, ((Map<?, ?>) json.get("operation")).get("count_typical"));
    assertEquals(List.of("N_PLUS_ONE WARNING GET /orders postgresql"), all.counted.findings);
    assertEquals(250_000_000, all.counted.wasted);
  }

  @Test
  void figures_are_of_the_last_64() {
    for (int i = 0; i < 100; i++) all.seen(Sightings.wasting(400, 900));
    for (int i = 0; i < 64; i++) all.seen(Sightings.wasting(20 + i % 2, 30));
    Map<?, ?> operation = (Map<?, ?>) all.findings.list().get(0).get("operation");
    assertEquals(21, operation.get("count_typical"));
    assertEquals(21, operation.get("count_max"));
    assertEquals(30.0, operation.get("wasted_ms_p95"));
    assertEquals(164, all.findings.list().get(0).get("occurrences"));
    assertEquals("warning", all.findings.list().get(0).get("severity"));
  }

  @Test
  void the_latest_seen_comes_first() {
    all.seen(Sightings.occurrence("a", ORDERS, 1, 20));
    all.now += 1;
    all.seen(Sightings.occurrence("b", ORDERS, 1, 20));
    all.now += 1;
    all.seen(Sightings.occurrence("c", ORDERS, 1, 20));
    all.now += 1;
    all.seen(Sightings.occurrence("a", ORDERS, 1, 20));
    List<Object> names = new ArrayList<>();
    for (Map<String, Object> one : all.findings.list()) names.add(one.get("fingerprint"));
    assertEquals(List.of("n1-v2-a", "n1-v2-c", "n1-v2-b"), names);
  }

  @Test
  void the_cause_is_the_newest_and_different_ones_are_counted() {
    all.seen(Sightings.after("SELECT * FROM orders", 20));
    all.seen(Sightings.after("SELECT * FROM orders WHERE open", 20));
    all.seen(Sightings.after("SELECT * FROM orders", 20));
    all.seen(Sightings.one(20));
    Map<String, Object> json = all.findings.list().get(0);
    assertEquals(4, json.get("occurrences"));
    assertEquals(2, json.get("causes"));
    assertEquals("SELECT * FROM orders", ((Map<?, ?>) json.get("cause")).get("text"));
  }

  @Test
  void the_last_five_traces_are_named_once_each() {
    for (int i = 0; i < 8; i++) {
      Occurrence found = Sightings.one(20);
      found.traceId = "t" + i / 2 * 2;
      all.seen(found);
    }
    all.seen(Sightings.one(20));
    assertEquals(List.of("t6", "t4", "t2", "t0"), all.findings.list().get(0).get("trace_ids"));
  }
}
