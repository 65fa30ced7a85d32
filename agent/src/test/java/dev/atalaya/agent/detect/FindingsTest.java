package dev.atalaya.agent.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The life of a finding, on a clock that the test sets. */
class FindingsTest {
  private static final String ORDERS = "GET /orders";
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;

  private final Sightings all = new Sightings();

  @Test
  void there_is_none_at_first() {
    assertTrue(all.findings.list().isEmpty());
    all.findings.ended(ORDERS, List.of());
    all.findings.sweep();
    all.findings.plan("n1-v2-0", "Seq Scan", null);
  }

  @Test
  void who_reads_while_it_is_counted_sees_none_without_figures() {
    List<Object> seen = new ArrayList<>();
    all.counted.meanwhile =
        () -> {
          seen.addAll(all.findings.list());
          seen.addAll(all.findings.problems());
        };
    all.seen(Sightings.one(20));
    assertEquals(List.of(), seen);
    assertEquals(1, all.findings.list().size());
    assertEquals(1, all.findings.problems().size());
  }

  // ---- FindingReporter
  // ---------------------------------------------------------------------------------

  @Test
  void it_is_told_at_first_sight() {
    all.seen(Sightings.one(20));
    ProblemEvent event = all.events.get(0);
    assertEquals("p1-a", event.problem);
    assertEquals(Map.of(ORDERS, "n1-v2-a"), event.findings);
    assertEquals(Kind.N_PLUS_ONE, event.kind);
    assertEquals("shop", event.service);
    assertEquals(ORDERS, event.entryPoint);
    assertEquals(Severity.WARNING, event.severity);
    assertNull(event.severityBefore);
    assertFalse(event.resolved);
    assertEquals("firing", event.json.get("status"));
    assertEquals(1, all.events.size());
  }

  @Test
  void then_once_a_silence() {
    all.seen(Sightings.one(20));
    for (int i = 0; i < 59; i++) {
      all.now += MINUTE;
      all.seen(Sightings.one(20));
    }
    assertEquals(1, all.events.size());
    all.now += MINUTE;
    all.seen(Sightings.one(20));
    assertEquals(2, all.events.size());
    assertNull(all.events.get(1).severityBefore);
    assertEquals(61, all.events.get(1).json.get("occurrences"));
    all.now += HOUR - 1;
    all.seen(Sightings.one(20));
    assertEquals(2, all.events.size());
  }

  @Test
  void what_is_not_severe_enough_is_not_told_until_it_is() {
    Sightings strict = new Sightings("");
    strict.seen(Sightings.one(5));
    assertEquals(0, strict.events.size());
    strict.seen(Sightings.wasting(5, 30));
    assertEquals(1, strict.events.size());
    assertNull(strict.events.get(0).severityBefore);
  }

  @Test
  void at_once_where_it_is_worse() {
    all.seen(Sightings.one(5));
    assertEquals(Severity.INFO, all.events.get(0).severity);
    all.seen(Sightings.wasting(5, 30));
    assertEquals(2, all.events.size());
    assertEquals(Severity.WARNING, all.events.get(1).severity);
    assertEquals(Severity.INFO, all.events.get(1).severityBefore);
    all.seen(Sightings.wasting(5, 300));
    all.seen(Sightings.wasting(5, 300));
    assertEquals(3, all.events.size());
    assertEquals(Severity.CRITICAL, all.events.get(2).severity);
    assertEquals(Severity.WARNING, all.events.get(2).severityBefore);
  }

  @Test
  void not_where_it_is_better() {
    all.seen(Sightings.wasting(5, 300));
    for (int i = 0; i < 10; i++) all.seen(Sightings.one(5));
    assertEquals(1, all.events.size());
    assertEquals("info", all.findings.list().get(0).get("severity"));
  }

  @Test
  void at_once_where_its_typical_count_doubles() {
    all.seen(Sightings.one(20));
    for (int i = 0; i < 5; i++) all.seen(Sightings.one(39));
    assertEquals(1, all.events.size());
    for (int i = 0; i < 6; i++) all.seen(Sightings.one(40));
    assertEquals(2, all.events.size());
    assertNull(all.events.get(1).severityBefore);
    for (int i = 0; i < 10; i++) all.seen(Sightings.one(70));
    assertEquals(2, all.events.size());
  }

  @Test
  void one_outlier_among_many_is_nothing_new() {
    for (int i = 0; i < 10; i++) all.seen(Sightings.one(20));
    all.seen(Sightings.wasting(2_000, 9_000));
    assertEquals(1, all.events.size());
    Map<?, ?> operation = (Map<?, ?>) all.findings.list().get(0).get("operation");
    assertEquals(20, operation.get("count_typical"));
    assertEquals(2_000, operation.get("count_max"));
  }

  @Test
  void what_is_not_sure_enough_is_listed_and_not_told() {
    all.seen(Sightings.occurrence("a", ORDERS, 0.69, 20));
    assertTrue(all.events.isEmpty());
    assertEquals(1, all.findings.list().size());
    all.seen(Sightings.occurrence("b", ORDERS, 0.7, 20));
    assertEquals(1, all.events.size());
    for (int i = 0; i < 200; i++) all.findings.ended(ORDERS, List.of());
    assertEquals(2, all.events.size()); // of the one that was told
  }

  // ---- The end ---------------------------------------------------------------------------------

  @Test
  void it_is_resolved_by_200_clean_units_of_work_of_its_entry_point() {
    Occurrence found = Sightings.one(20);
    all.seen(found);
    for (int i = 0; i < 199; i++) all.findings.ended(ORDERS, List.of());
    for (int i = 0; i < 900; i++) all.findings.ended("GET /other", List.of());
    assertEquals(1, all.events.size());
    assertEquals("firing", status());
    all.now += MINUTE;
    all.findings.ended(ORDERS, List.of());
    assertEquals("resolved", status());
    assertEquals(2, all.events.size());
    assertTrue(all.events.get(1).resolved);
    assertEquals(Severity.WARNING, all.events.get(1).severity);
    assertEquals("resolved", all.events.get(1).json.get("status"));
    for (int i = 0; i < 900; i++) all.findings.ended(ORDERS, List.of());
    assertEquals(2, all.events.size());
  }

  @Test
  void an_occurrence_between_begins_the_count_anew() {
    for (int i = 0; i < 5; i++) {
      all.seen(Sightings.one(20));
      for (int clean = 0; clean < 199; clean++) all.findings.ended(ORDERS, List.of());
    }
    assertEquals("firing", status());
  }

  @Test
  void others_of_the_same_entry_point_count_as_clean() {
    all.seen(Sightings.one(20));
    for (int i = 0; i < 200; i++) all.seen(Sightings.occurrence("b", ORDERS, 1, 20));
    assertEquals(List.of("firing", "resolved"), statuses());
  }

  @Test
  void or_by_a_day_without() {
    all.seen(Sightings.one(20));
    all.now += 24 * HOUR;
    all.findings.sweep();
    assertEquals("firing", status());
    all.now += 1;
    all.findings.sweep();
    assertEquals("resolved", status());
    assertTrue(all.events.get(1).resolved);
  }

  @Test
  void an_hour_later_it_is_gone() {
    all.seen(Sightings.one(20));
    for (int i = 0; i < 200; i++) all.findings.ended(ORDERS, List.of());
    all.now += HOUR;
    all.findings.sweep();
    assertEquals("resolved", status());
    all.now += 1;
    all.findings.sweep();
    assertTrue(all.findings.list().isEmpty());
    all.seen(Sightings.one(20));
    assertEquals(1, all.findings.list().get(0).get("occurrences"));
    assertEquals(3, all.events.size());
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 30 * MINUTE})
  void what_comes_back_is_told_at_once_and_keeps_its_history(long later) {
    all.seen(Sightings.one(20));
    for (int i = 0; i < 200; i++) all.findings.ended(ORDERS, List.of());
    all.now += later;
    all.seen(Sightings.one(20));
    assertEquals("firing", status());
    assertEquals(3, all.events.size());
    assertFalse(all.events.get(2).resolved);
    assertNull(all.events.get(2).severityBefore);
    Map<String, Object> json = all.findings.list().get(0);
    assertEquals(2, json.get("occurrences"));
    assertEquals("2026-01-31T10:00:00Z", json.get("first_seen"));
    all.now += HOUR + 1;
    all.findings.sweep();
    assertEquals("firing", status());
    for (int i = 0; i < 199; i++) all.findings.ended(ORDERS, List.of());
    assertEquals("firing", status());
  }

  // ----------------------------------------------------------------------------------------------

  private Object status() {
    return all.findings.list().get(0).get("status");
  }

  private List<Object> statuses() {
    List<Object> found = new ArrayList<>();
    List<Map<String, Object>> list = new ArrayList<>(all.findings.list());
    list.sort((a, b) -> String.valueOf(a.get("status")).compareTo("" + b.get("status")));
    for (Map<String, Object> one : list) found.add(one.get("status"));
    return found;
  }
}
