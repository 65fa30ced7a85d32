package dev.atalaya.agent.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BaselineDurationTest {
  private static final long MILLI = 1_000_000;

  @Test
  void nothing_is_unusual_before_64_executions() {
    BaselineDuration baseline = new BaselineDuration();
    learn(baseline, 63, 50);
    assertEquals(Long.MAX_VALUE, baseline.slowNanos());
    learn(baseline, 1, 50);
    assertSlow(baseline, 250);
  }

  @Test
  void slow_is_five_times_what_95_of_100_stay_below() {
    BaselineDuration baseline = new BaselineDuration();
    for (int i = 0; i < 1_024; i++) baseline.learn(i % 100 < 94 ? 40 * MILLI : 4_000 * MILLI);
    assertSlow(baseline, 20_000);
    baseline = new BaselineDuration();
    for (int i = 0; i < 1_024; i++) baseline.learn(i % 100 < 97 ? 40 * MILLI : 4_000 * MILLI);
    assertSlow(baseline, 200);
  }

  @Test
  void below_100_ms_nothing_is_slow() {
    BaselineDuration baseline = new BaselineDuration();
    learn(baseline, 1_000, 0);
    assertEquals(100 * MILLI, baseline.slowNanos());
    learn(baseline, 10_000, 10);
    assertEquals(100 * MILLI, baseline.slowNanos());
  }

  @Test
  void what_was_is_forgotten_by_halves() {
    BaselineDuration baseline = new BaselineDuration();
    learn(baseline, 4_096, 400);
    assertSlow(baseline, 2_000);
    learn(baseline, 40_960, 30);
    assertSlow(baseline, 150);
    learn(baseline, 8_192, 400);
    assertSlow(baseline, 2_000);
  }

  @Test
  void the_longest_and_the_shortest_are_no_harm() {
    BaselineDuration baseline = new BaselineDuration();
    for (int i = 0; i < 64; i++) baseline.learn(i % 2 == 0 ? Long.MAX_VALUE : -5);
    assertTrue(baseline.slowNanos() > 10_000 * MILLI);
  }

  /** A bucket is half as wide as its least: between the value and the square root of two of it. */
  private static void assertSlow(BaselineDuration baseline, long millis) {
    double times = baseline.slowNanos() / (double) (millis * MILLI);
    assertTrue(times >= 0.99 && times < 1.42, baseline.slowNanos() / MILLI + " ms for " + millis);
  }

  private static void learn(BaselineDuration baseline, int times, long millis) {
    for (int i = 0; i < times; i++) baseline.learn(millis * MILLI);
  }
}
