package dev.atalaya.agent.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What findings of several entry points come to, on a clock that the test sets. */
class ProblemsTest {
  private static final String ORDERS = "GET /orders";
  private static final String REPORTS = "GET /reports";
  private static final long HOUR = 3_600_000;

  private final Sightings all = new Sightings();

  @Test
  void the_json_has_all_of_it() {
    all.seen(Sightings.shared(ORDERS, 20));
    Map<String, Object> json = all.findings.problems().get(0);
    assertEquals(
        "problem kind severity status confidence operation cause call_site loop children suggestion"
            + " fix entry_points trace_url wasted_seconds occurrences first_seen last_seen new_in",
        String.join(" ", json.keySet()));
    assertEquals("p1-shared", json.get("problem"));
    assertEquals("n_plus_one", json.get("kind"));
    assertEquals(20, ((Map<?, ?>) json.get("operation")).get("count_typical"));
    for (String key : List.of("cause", "call_site", "loop", "trace_url", "new_in")) {
      assertNull(json.get(key), key);
    }
    Map<?, ?> place = (Map<?, ?>) ((List<?>) json.get("entry_points")).get(0);
    assertEquals(
        "{entry_point=GET /orders, fingerprint=n1-v2-GET /orders, occurrences=1, count_typical=20,"
            + " wasted_ms_p95=0.0, trace_ids=[]}",
        place.toString());
  }

  @Test
  void findings_of_two_entry_points_are_one_with_the_figures_of_both() {
    wasting(ORDERS, 30);
    all.now += 5_000;
    wasting(REPORTS, 300);
    wasting(REPORTS, 300);
    assertEquals(2, all.findings.list().size());
    assertEquals(1, all.findings.problems().size());
    Map<String, Object> json = all.findings.problems().get(0);
    assertEquals(List.of(REPORTS, ORDERS), places(json));
    assertEquals(0.63, json.get("wasted_seconds"));
    assertEquals(3, json.get("occurrences"));
    assertEquals("critical", json.get("severity"));
    assertEquals(300.0, ((Map<?, ?>) json.get("operation")).get("wasted_ms_p95"));
    assertEquals("2026-01-31T10:00:00Z", json.get("first_seen"));
    assertEquals("2026-01-31T10:00:05Z", json.get("last_seen"));
  }

  @Test
  void what_wastes_most_comes_first() {
    for (String name : List.of("a", "b", "c")) {
      Occurrence found = Sightings.wasting(20, name.equals("b") ? 90 : 30);
      found.fingerprint = "n1-v2-" + name;
      found.problem = "p1-" + name;
      all.seen(found);
      all.now++;
    }
    List<Object> names = new ArrayList<>();
    for (Map<String, Object> one : all.findings.problems()) names.add(one.get("problem"));
    assertEquals(List.of("p1-b", "p1-c", "p1-a"), names);
  }

  // ---- FindingReporter
  // ---------------------------------------------------------------------------------

  @Test
  void what_was_told_can_say_how_it_goes_on() {
    all.seen(Sightings.shared(ORDERS, 20));
    ProblemEvent told = all.events.get(0);
    all.seen(Sightings.shared(ORDERS, 20));
    all.seen(Sightings.shared(REPORTS, 90));
    ProblemEvent now = told.asOfNow();
    assertEquals(List.of(ORDERS), List.copyOf(told.findings.keySet()));
    assertEquals(List.of(ORDERS, REPORTS), List.copyOf(now.findings.keySet()));
    assertEquals(1, told.json.get("occurrences"));
    assertEquals(2, now.json.get("occurrences"));
    assertEquals(told.entryPoint, now.entryPoint);
    assertEquals(told.severity, now.severity);
  }

  @Test
  void another_entry_point_is_no_news() {
    all.seen(Sightings.shared(ORDERS, 20));
    all.seen(Sightings.shared(REPORTS, 90));
    all.seen(Sightings.shared(REPORTS, 90));
    assertEquals(1, all.events.size());
  }

  @Test
  void unless_it_is_more_severe() {
    wasting(ORDERS, 30);
    wasting(REPORTS, 300);
    assertEquals(2, all.events.size());
    ProblemEvent event = all.events.get(1);
    assertEquals(Severity.CRITICAL, event.severity);
    assertEquals(Severity.WARNING, event.severityBefore);
    assertEquals(REPORTS, event.json.get("entry_point"));
    assertEquals(ORDERS, event.entryPoint, "the first one, for as long as it fires");
    assertEquals(List.of(ORDERS, REPORTS), new ArrayList<>(event.findings.keySet()));
    assertTrue(event.line.startsWith("N+1 GET /reports and GET /orders: SELECT"), event.line);
    assertTrue(event.line.contains("[p1-shared]"), event.line);
  }

  @Test
  void after_the_silence_it_is_told_by_its_worst_finding() {
    wasting(ORDERS, 300);
    wasting(REPORTS, 30);
    all.now += HOUR;
    wasting(REPORTS, 30);
    assertEquals(2, all.events.size());
    assertEquals(Severity.CRITICAL, all.events.get(1).severity);
    assertEquals(ORDERS, all.events.get(1).json.get("entry_point"));
    wasting(ORDERS, 300);
    assertEquals(2, all.events.size());
  }

  @Test
  void told_again_at_the_smaller_entry_point_the_larger_has_not_doubled() {
    all.seen(Sightings.shared(ORDERS, 90));
    all.seen(Sightings.shared(REPORTS, 20));
    all.now += HOUR;
    all.seen(Sightings.shared(REPORTS, 20));
    assertEquals(2, all.events.size());
    all.seen(Sightings.shared(ORDERS, 90));
    assertEquals(2, all.events.size());
  }

  @Test
  void doubled_is_more_than_what_any_entry_point_was_told_or_seen_with() {
    all.seen(Sightings.shared(ORDERS, 20));
    all.seen(Sightings.shared(REPORTS, 50));
    for (int i = 0; i < 9; i++) all.seen(Sightings.shared(ORDERS, 60));
    assertEquals(1, all.events.size());
    for (int i = 0; i < 12; i++) all.seen(Sightings.shared(ORDERS, 100));
    assertEquals(2, all.events.size());
    assertNull(all.events.get(1).severityBefore);
  }

  @Test
  void many_entry_points_are_named_in_part() {
    for (String where : List.of("GET /a", "GET /b", "GET /c", "GET /d", "GET /e")) {
      all.seen(Sightings.shared(where, 20));
    }
    all.now += HOUR;
    all.seen(Sightings.shared("GET /b", 20));
    String line = all.events.get(1).line;
    assertTrue(line.startsWith("N+1 GET /a, GET /b, GET /c and 2 more: "), line);
  }

  @Test
  void a_finding_that_is_not_sure_enough_makes_no_alert_worse() {
    all.seen(Sightings.shared(ORDERS, 20));
    Occurrence unsure = Sightings.occurrence("unsure", REPORTS, 0.6, 900);
    unsure.problem = "p1-shared";
    all.seen(unsure);
    all.seen(Sightings.shared(ORDERS, 20));
    assertEquals(1, all.events.size());
    assertEquals("critical", all.findings.problems().get(0).get("severity"));
  }

  // ---- The end ---------------------------------------------------------------------------------

  @Test
  void it_is_resolved_when_all_its_findings_are() {
    all.seen(Sightings.shared(ORDERS, 20));
    all.seen(Sightings.shared(REPORTS, 20));
    clean(ORDERS);
    assertEquals(1, all.events.size());
    assertEquals("firing", all.findings.problems().get(0).get("status"));
    clean(REPORTS);
    assertEquals(2, all.events.size());
    assertTrue(all.events.get(1).resolved);
    assertEquals(ORDERS, all.events.get(1).entryPoint);
    assertEquals("n1-v2-GET /orders", all.events.get(1).json.get("fingerprint"));
    assertEquals("resolved", all.findings.problems().get(0).get("status"));
  }

  @Test
  void what_comes_back_where_others_still_fire_is_no_news() {
    all.seen(Sightings.shared(ORDERS, 20));
    all.seen(Sightings.shared(REPORTS, 20));
    clean(ORDERS);
    all.seen(Sightings.shared(ORDERS, 20));
    assertEquals(1, all.events.size());
    clean(ORDERS);
    clean(REPORTS);
    all.seen(Sightings.shared(REPORTS, 20));
    assertEquals(3, all.events.size());
    assertEquals(REPORTS, all.events.get(2).entryPoint);
    assertEquals(List.of(REPORTS), new ArrayList<>(all.events.get(2).findings.keySet()));
  }

  @Test
  void it_is_gone_with_the_last_of_its_findings() {
    all.seen(Sightings.shared(ORDERS, 20));
    all.seen(Sightings.shared(REPORTS, 20));
    clean(ORDERS);
    all.now += HOUR + 1;
    all.findings.sweep();
    assertEquals(List.of(REPORTS), places(all.findings.problems().get(0)));
    clean(REPORTS);
    all.now += HOUR + 1;
    all.findings.sweep();
    assertTrue(all.findings.problems().isEmpty());
  }

  // ----------------------------------------------------------------------------------------------

  private void wasting(String entryPoint, long millis) {
    Occurrence found = Sightings.shared(entryPoint, 20);
    found.totalNanos = found.wastedNanos = found.wastedInAllNanos = millis * 1_000_000;
    found.unitNanos = 100 * found.wastedNanos;
    all.seen(found);
  }

  private void clean(String entryPoint) {
    for (int i = 0; i < 200; i++) all.findings.ended(entryPoint, List.of());
  }

  private static List<Object> places(Map<String, Object> problem) {
    List<Object> places = new ArrayList<>();
    for (Object one : (List<?>) problem.get("entry_points")) {
      places.add(((Map<?, ?>) one).get("entry_point"));
    }
    return places;
  }
}
