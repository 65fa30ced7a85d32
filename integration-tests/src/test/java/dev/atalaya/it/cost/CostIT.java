package dev.atalaya.it.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the packaged agent adds in bytes, metaspace, and size, and that it delivers every span: the
 * figures that repeat. CPU is only printed, beside a second run without an agent.
 */
final class CostIT {
  private static Measurement measurement;
  private static Table table;

  @BeforeAll
  static void measure() throws Exception {
    Bench bench = Bench.build();
    measurement = new Measurement(bench, Path.of(System.getProperty("java.home")));
    Map<Variant, Map<Metric, Double>> round = new EnumMap<>(Variant.class);
    for (Variant variant : List.of(Variant.NONE, Variant.ATALAYA, Variant.NONE_AGAIN)) {
      Map<Metric, Double> found = measurement.startUp(variant);
      found.putAll(measurement.load(variant, Measurement.Size.EXACT));
      round.put(variant, found);
    }
    table =
        new Table(Path.of(System.getProperty("java.home")), List.of(round), measurement.errors());
    Files.writeString(bench.target().resolve("cost.md"), table.toString());
    System.out.println(table);
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "CALL_BYTES",
        "CALL_BYTES_ALL",
        "SERVER_BYTES",
        "SERVER_BYTES_ALL",
        "METASPACE_BEFORE",
        "METASPACE_AFTER",
        "JAR"
      })
  void adds_less_than_its_bound(Metric metric) {
    double added = table.added(metric, Variant.ATALAYA);
    assertTrue(
        added < metric.bound,
        () -> metric.title + ": " + added + " " + metric.unit + ", bound " + metric.bound);
  }

  @Test
  void delivers_every_span() {
    assertEquals(100.0, table.added(Metric.DELIVERED, Variant.ATALAYA));
  }

  @Test
  void the_runs_went_as_they_should() {
    assertEquals(List.of(), measurement.errors());
  }

  @Test
  void bytes_repeat_without_an_agent() {
    assertEquals(0, table.added(Metric.CALL_BYTES, Variant.NONE_AGAIN), 5);
    assertEquals(0, table.added(Metric.SERVER_BYTES, Variant.NONE_AGAIN), 30);
  }
}
