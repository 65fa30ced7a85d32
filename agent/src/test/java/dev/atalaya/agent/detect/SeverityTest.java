package dev.atalaya.agent.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SeverityTest {
  private static final double MILLI = 1e6;

  /** By waste and count, in a unit of work of so many ms. */
  @ParameterizedTest
  @CsvSource({
    "0,      5,  1000, INFO",
    "19.999, 9,  1000, INFO",
    "20,     9,  1000, WARNING",
    "0,      10, 1000, WARNING",
    "0,      9,  1000, INFO",
    "49.999, 5,  50,   WARNING",
    "50,     5,  100,  CRITICAL",
    "50,     5,  101,  WARNING",
    "249.99, 5,  1000, WARNING",
    "250,    5,  9999, CRITICAL",
    "19,     5,  19,   INFO",
    "0,      499, 1000, WARNING",
    "0,      500, 1000, CRITICAL",
  })
  void it_goes_by_what_is_wasted(double wasted, int count, long unit, Severity severity) {
    for (Kind kind : Kind.values()) {
      if (!kind.isFinding() || kind.compareTo(Kind.BATCH_TOO_SMALL) >= 0) continue;
      assertEquals(severity, of(kind, count, 0, wasted, unit, 0), kind.label());
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"CHATTY", "BATCH_TOO_SMALL"})
  void some_are_never_more_than_worth_knowing(Kind kind) {
    assertEquals(Severity.INFO, of(kind, 900, 9_000, 9_000, 9_000, 0));
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"SLOW_QUERY", "SLOW_REQUEST"})
  void what_is_slow_is_a_warning_and_critical_at_five_times_the_threshold(Kind kind) {
    assertEquals(Severity.WARNING, of(kind, 1, 500, 0, 1, 500));
    assertEquals(Severity.WARNING, of(kind, 1, 2_499.999, 2_000, 1, 500));
    assertEquals(Severity.CRITICAL, of(kind, 1, 2_500, 0, 1, 500));
  }

  @Test
  void they_are_in_order() {
    assertEquals("info warning critical", String.join(" ", labels()));
  }

  private static String[] labels() {
    Severity[] all = Severity.values();
    String[] labels = new String[all.length];
    for (int i = 0; i < all.length; i++) labels[i] = all[i].label();
    return labels;
  }

  private static Severity of(
      Kind kind, int count, double total, double wasted, long unit, long threshold) {
    return kind.severity()
        .of(
            count,
            (long) (total * MILLI),
            (long) (wasted * MILLI),
            (long) (unit * MILLI),
            (long) (threshold * MILLI));
  }
}
