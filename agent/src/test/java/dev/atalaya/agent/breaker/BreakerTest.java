package dev.atalaya.agent.breaker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A breaker with a clock and readings of the test's own, looked at once a second. */
class BreakerTest {
  private static final double WELL = 0.1;

  private final List<String> told = new ArrayList<>();
  private boolean on = true;
  private double cpuLimit = 0.5;
  private long now = -3_000_000_000L; // a monotonic clock may begin anywhere

  private final Limits limits =
      new Limits() {
        @Override
        public boolean isOn() {
          return on;
        }

        @Override
        public double heap() {
          return 0.9;
        }

        @Override
        public double cpu() {
          return cpuLimit;
        }

        @Override
        public double overhead() {
          return 0.25;
        }

        @Override
        public long calmNanos() {
          return 30_000_000_000L;
        }
      };

  private final Breaker breaker = new Breaker(limits, (down, line) -> told.add(down + " " + line));

  @ParameterizedTest
  @CsvSource({"0.91, 0.1, 0.1", "0.1, 0.51, 0.1", "0.1, 0.1, 0.26", "NaN, 0.51, NaN"})
  void each_of_its_costs_takes_it_down_to_nothing_stage_by_stage(
      double heap, double cpu, double overhead) {
    List<Stage> stages = new ArrayList<>();
    for (int second = 0; second < 40; second++) {
      Stage stage = look(heap, cpu, overhead);
      if (stages.isEmpty() || stages.get(stages.size() - 1) != stage) stages.add(stage);
    }
    assertEquals(List.of(Stage.values()), stages);
    assertEquals(5, told.size(), "each step is told once");
  }

  @ParameterizedTest
  @CsvSource({
    "0.91, 0.1, 0.1, 'the heap is 91 % full after collections, above 90 %'",
    "0.1, 0.51, 0.1, 'the agent''s threads use 51 % of a core, above 50 %'",
    "0.1, 0.1, 0.3, 'the agent adds 30 % to requests, above 25 %'"
  })
  void it_says_why_and_what_is_left(double heap, double cpu, double overhead, String why) {
    for (int second = 0; second < 7; second++) look(heap, cpu, overhead);
    assertEquals(
        List.of("true circuit breaker, stage 1 of 5: " + why + "; the agent asks for no plans"),
        told);
    assertEquals(why, breaker.reason());
  }

  @Test
  void small_shares_are_said_in_two_digits() {
    cpuLimit = 0.0002;
    for (int second = 0; second < 7; second++) look(WELL, 0.00314, WELL);
    assertEquals("the agent's threads use 0.31 % of a core, above 0.02 %", breaker.reason());
  }

  @Test
  void what_lasts_less_than_five_seconds_is_let_pass() {
    for (int round = 0; round < 20; round++) {
      for (int second = 0; second < 5; second++) look(0.99, 0.9, 0.9);
      look(WELL, WELL, WELL);
    }
    assertEquals(Stage.NOTHING, breaker.stage());
    assertEquals(List.of(), told);
  }

  @Test
  void it_steps_up_by_one_after_each_calm_time() {
    reach(Stage.EVERYTHING);
    told.clear();
    List<Integer> steps = new ArrayList<>();
    Stage before = breaker.stage();
    for (int second = 1; second <= 200; second++) {
      Stage stage = look(WELL, WELL, WELL);
      if (stage != before) steps.add(second);
      before = stage;
    }
    assertEquals(List.of(31, 61, 91, 121, 151), steps);
    assertEquals(Stage.NOTHING, breaker.stage());
    assertEquals("", breaker.reason());
    assertEquals(
        "false circuit breaker, stage 0 of 5: all was well for a while; the agent leaves nothing",
        told.get(4));
  }

  @Test
  void between_well_and_too_much_it_stays_where_it_is() {
    reach(Stage.CALL_SITES);
    for (int second = 0; second < 1_000; second++) look(0.86, 0.1, 0.1);
    assertEquals(Stage.CALL_SITES, breaker.stage());
    for (int second = 0; second < 20; second++) look(WELL, WELL, WELL);
    look(0.86, WELL, WELL); // the calm time begins anew
    for (int second = 0; second < 20; second++) look(WELL, WELL, WELL);
    assertEquals(Stage.CALL_SITES, breaker.stage());
  }

  @Test
  void what_costs_too_much_only_while_it_runs_does_not_swing_to_and_fro() {
    int ups = 0;
    for (int second = 0; second < 3_600; second++) {
      Stage before = breaker.stage();
      // Spans are what costs too much: left, all is well.
      double cpu = before.leaves(Stage.SPANS) ? WELL : 0.8;
      if (look(WELL, cpu, WELL).compareTo(before) < 0) ups++;
    }
    assertTrue(ups >= 3 && ups <= 10, () -> "steps up in an hour: " + told);
  }

  @Test
  void switched_off_it_leaves_nothing_at_once_and_goes_down_no_more() {
    reach(Stage.EVERYTHING);
    on = false;
    assertEquals(Stage.NOTHING, look(0.99, 0.99, 0.99));
    for (int second = 0; second < 60; second++) look(0.99, 0.99, 0.99);
    assertEquals(Stage.NOTHING, breaker.stage());
    on = true;
    reach(Stage.PLANS);
  }

  @Test
  void what_is_not_known_is_not_said() {
    look(0.5, Double.NaN, 0.125);
    assertEquals(Map.of("heap", 0.5, "overhead", 0.125), breaker.shares());
  }

  private void reach(Stage stage) {
    for (int second = 0; second < 60 && breaker.stage() != stage; second++) look(0.95, WELL, WELL);
    assertEquals(stage, breaker.stage());
  }

  private Stage look(double heap, double cpu, double overhead) {
    now += 1_000_000_000L;
    return breaker.look(new Costs(heap, cpu, overhead), now);
  }
}
