package dev.atalaya.agent.export;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2026-01-31T10:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      textBlock =
          """
          0 => 0
          7 => 7
          60 => 60
          3600 => 60
          999999999 => 60
          99999999999999999999 => 0
          Sat, 31 Jan 2026 10:00:30 GMT => 30
          Sat, 31 Jan 2026 12:00:00 GMT => 60
          Sat, 31 Jan 2026 09:00:00 GMT => 0
          -5 => 0
          soon => 0
          '' => 0
          """)
  void seconds_and_dates_are_read_and_a_minute_is_the_most(String header, long seconds) {
    assertEquals(seconds * 1_000_000_000, RetryAfter.nanos(header, NOW));
  }

  @Test
  void nothing_asked_is_nothing_granted() {
    assertEquals(0, RetryAfter.nanos(null, NOW));
  }
}
