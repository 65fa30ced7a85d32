package dev.atalaya.agent.breaker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ShareTest {
  private static final long SECOND = 1_000_000_000L;

  private final Share share = new Share();

  @Test
  void it_is_of_the_last_five_seconds() {
    assertEquals(Double.NaN, share.of(100, 1_000, 0, 0));
    assertEquals(Double.NaN, share.of(900, 1_100, 4 * SECOND, 0));
    assertEquals(0.5, share.of(200, 1_200, 5 * SECOND, 0));
    assertEquals(0.5, share.of(999, 1_201, 9 * SECOND, 0));
    assertEquals(0.1, share.of(210, 1_300, 10 * SECOND, 0));
  }

  @Test
  void of_too_little_it_is_nothing() {
    share.of(0, 0, 0, 50);
    assertEquals(0, share.of(49, 60, 5 * SECOND, 50));
    assertEquals(0.5, share.of(99, 160, 10 * SECOND, 50));
    assertEquals(0, share.of(199, 160, 15 * SECOND, 50));
  }
}
