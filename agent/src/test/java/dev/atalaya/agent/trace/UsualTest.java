package dev.atalaya.agent.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class UsualTest {
  private static final long MILLI = 1_000_000;

  @Test
  void nothing_is_unusual_before_64_executions() {
    Usual usual = new Usual();
    learn(usual, 63, 50);
    assertEquals(Long.MAX_VALUE, usual.slowNanos());
    learn(usual, 1, 50);
    assertSlow(usual, 250);
  }

  @Test
  void slow_is_five_times_what_95_of_100_stay_below() {
    Usual usual = new Usual();
    for (int i = 0; i < 1_024; i++) usual.learn(i % 100 < 94 ? 40 * MILLI : 4_000 * MILLI);
    assertSlow(usual, 20_000);
    usual = new Usual();
    for (int i = 0; i < 1_024; i++) usual.learn(i % 100 < 97 ? 40 * MILLI : 4_000 * MILLI);
    assertSlow(usual, 200);
  }

  @Test
  void below_100_ms_nothing_is_slow() {
    Usual usual = new Usual();
    learn(usual, 1_000, 0);
    assertEquals(100 * MILLI, usual.slowNanos());
    learn(usual, 10_000, 10);
    assertEquals(100 * MILLI, usual.slowNanos());
  }

  @Test
  void what_was_is_forgotten_by_halves() {
    Usual usual = new Usual();
    learn(usual, 4_096, 400);
    assertSlow(usual, 2_000);
    learn(usual, 40_960, 30);
    assertSlow(usual, 150);
    learn(usual, 8_192, 400);
    assertSlow(usual, 2_000);
  }

  @Test
  void the_longest_and_the_shortest_are_no_harm() {
    Usual usual = new Usual();
    for (int i = 0; i < 64; i++) usual.learn(i % 2 == 0 ? Long.MAX_VALUE : -5);
    assertTrue(usual.slowNanos() > 10_000 * MILLI);
  }

  /** A bucket is half as wide as its least: between the value and the square root of two of it. */
  private static void assertSlow(Usual usual, long millis) {
    double times = usual.slowNanos() / (double) (millis * MILLI);
    assertTrue(times >= 0.99 && times < 1.42, usual.slowNanos() / MILLI + " ms for " + millis);
  }

  private static void learn(Usual usual, int times, long millis) {
    for (int i = 0; i < times; i++) usual.learn(millis * MILLI);
  }
}
