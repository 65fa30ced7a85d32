package shop.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import shop.load.Endpoint;
import shop.load.Throughput;
import shop.report.EndpointChange.Outcome;

final class ComparisonTest {
  private static final double NEARLY = 0.001;

  @Test
  void half_the_time_is_halved_and_a_little_more_is_not() {
    assertEquals(Outcome.HALVED, outcome(100, 50));
    assertEquals(Outcome.NOT_HALVED, outcome(100, 51));
    assertTrue(Comparisons.of(100, 50).halved());
    assertFalse(Comparisons.of(100, 51).halved());
  }

  @Test
  void what_was_quick_before_and_after_has_nothing_to_be_halved() {
    assertEquals(Outcome.QUICK_ALREADY, outcome(10, 10));
    assertEquals(Outcome.NOT_HALVED, outcome(11, 10));
    assertEquals(Outcome.NOT_HALVED, outcome(10, 11));
  }

  @Test
  void tuned_passes_when_it_is_quick_hits_its_caches_and_has_no_warning() {
    assertTrue(Comparisons.of(100, 10).passed());
    assertTrue(
        Comparisons.of(100, 10, Runs.problem("chatty", "info", "GET /o", "SELECT a")).passed());
    assertFalse(
        Comparisons.of(100, 10, Runs.problem("n_plus_one", "warning", "GET /o", "S")).passed());
    assertFalse(Comparisons.of(100, 60).passed());
  }

  @Test
  void a_read_is_a_hit_where_either_tier_had_it() {
    Comparison comparison = Comparisons.of(100, 10);
    assertEquals(0.95, comparison.tuned().hitRate(), NEARLY);
    assertTrue(comparison.hitRateReached());
    assertFalse(comparison.naive().cached(), "Redis is where the naive edition keeps prices");
    assertEquals(0, comparison.naive().hitRate());
  }

  @Test
  void an_endpoint_has_gatling_s_times_and_the_agent_s_figures_of_its_route() {
    EndpointFigures product = change(Comparisons.of(100, 10), Endpoint.PRODUCT).naive();
    assertEquals(new Times(10, 100, 100, 100, 100, 100), product.times());
    assertEquals(Grade.SLOW, product.grade());
    assertEquals(3, product.statements());
    assertEquals(0.5, product.withoutStatement());
    assertEquals(2_048, product.allocatedBytes());
    assertEquals(0.4, product.notModified());
    assertEquals(10, product.agentRequests());
  }

  @Test
  void cpu_connections_and_heap_are_of_the_time_at_the_full_rate() {
    Resources resources = Comparisons.of(100, 10).naive().resources();
    int processors = Runtime.getRuntime().availableProcessors();
    assertEquals(0.75 / processors, resources.cpu(), NEARLY);
    assertEquals(0.1 / processors, resources.loadCpu(), NEARLY);
    assertTrue(Double.isNaN(resources.machineCpu()));
    assertEquals(0.25, resources.heapAfterGc(), NEARLY, "300 MB were in use before, 200 after");
    assertEquals(0.4, resources.connectionsPeak(), NEARLY);
  }

  @Test
  void throughput_is_right_answers_by_the_time_they_took_together() {
    List<CapacityFigures> capacity = Comparisons.of(100, 10).tuned().capacity();
    for (Throughput kind : Throughput.values()) {
      CapacityFigures figures = capacity.get(kind.ordinal());
      assertEquals(100, figures.perSecond(), NEARLY);
      assertEquals(kind.target() <= 100, figures.met(), kind::title);
    }
  }

  @Test
  void each_target_has_a_verdict() {
    List<Verdict> verdicts = Comparisons.of(100, 10).verdicts();
    assertEquals(
        List.of(
            "response times",
            "cache hits",
            "cache hits of what can be cached",
            "problems of warning and above",
            "errors",
            "CPU at normal load",
            "memory at normal load",
            "connections of the pool",
            "simple API throughput",
            "database-heavy throughput",
            "file processing throughput",
            "analytics throughput"),
        verdicts.stream().map(Verdict::target).toList());
    assertEquals("2", verdicts.get(3).naive());
    assertFalse(verdicts.get(3).naiveMet());
    assertTrue(verdicts.get(3).tunedMet());
    assertFalse(verdicts.get(8).tunedMet());
  }

  private static Outcome outcome(long naive, long tuned) {
    return change(Comparisons.of(naive, tuned), Endpoint.PRODUCT).outcome();
  }

  private static EndpointChange change(Comparison comparison, Endpoint endpoint) {
    return comparison.endpoints().get(endpoint.ordinal());
  }
}
