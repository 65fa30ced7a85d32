package dev.atalaya.agent.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FaultsTest {
  private final List<String> told = new ArrayList<>();
  private final Faults faults = new Faults((part, error) -> told.add(part + ": " + error));

  @Test
  void each_is_counted_and_each_kind_told_once() {
    for (int i = 0; i < 200; i++) faults.add("detection", new IllegalStateException("no " + i));
    faults.add("detection", new ArithmeticException("by zero"));
    faults.add("export", new IllegalStateException("no"));
    assertEquals(
        List.of(
            "detection: java.lang.IllegalStateException: no 0",
            "detection: java.lang.ArithmeticException: by zero",
            "export: java.lang.IllegalStateException: no"),
        told);
    assertEquals(Map.of("detection", 201L, "export", 1L), faults.counts());
    assertEquals(
        "201, such as java.lang.ArithmeticException: by zero", faults.summary().get("detection"));
  }

  @Test
  void a_part_without_an_error_counts_from_nought_and_is_not_summed_up() {
    faults.expect("metrics");
    assertEquals(Map.of("metrics", 0L), faults.counts());
    assertEquals(Map.of(), faults.summary());
  }

  @Test
  void the_same_error_of_another_place_is_another_kind() {
    faults.add("detection", new IllegalStateException("here"));
    faults.add("detection", elsewhere());
    assertEquals(2, told.size());
  }

  @Test
  void nothing_leaves_where_it_cannot_be_told() {
    Faults mute =
        new Faults(
            (part, error) -> {
              throw new OutOfMemoryError();
            });
    mute.add("detection", new IllegalStateException());
    assertEquals(Map.of("detection", 1L), mute.counts());
  }

  private static RuntimeException elsewhere() {
    return new IllegalStateException("there");
  }
}
