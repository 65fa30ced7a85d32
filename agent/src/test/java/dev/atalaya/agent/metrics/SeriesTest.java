package dev.atalaya.agent.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

class SeriesTest {
  @Test
  void a_label_takes_at_most_200_values_and_the_overflow_becomes_other() {
    Series<LongAdder> series = new Series<>(2, labels -> new LongAdder());
    for (int i = 0; i < 1_000; i++) series.get("GET", "/r" + i).increment();

    Set<String> routes = new HashSet<>();
    AtomicLong sum = new AtomicLong();
    series.forEach(
        (labels, count) -> {
          assertEquals("GET", labels[0], "only the label that overflows gives way");
          routes.add(labels[1]);
          sum.addAndGet(count.sum());
        });
    assertTrue(routes.size() <= 200, routes.size() + " values");
    assertTrue(routes.size() >= 198, routes.size() + " values");
    assertTrue(routes.contains("_other"));
    assertEquals(1_000, sum.get(), "nothing is lost");
  }

  @Test
  void values_that_came_before_the_overflow_keep_their_series() {
    Series<LongAdder> series = new Series<>(1, labels -> new LongAdder());
    LongAdder first = series.get("/first");
    for (int i = 0; i < 1_000; i++) series.get("/r" + i);

    assertSame(first, series.get("/first"));
    assertSame(series.get("_other"), series.get("/new"));
  }

  @Test
  void an_absent_label_stays_absent_past_the_overflow() {
    Series<String> series = new Series<>(1, labels -> labels[0]);
    for (int i = 0; i < 1_000; i++) series.get("/r" + i);

    assertEquals("", series.get(""));
  }

  @Test
  void a_metric_takes_at_most_2000_label_sets() {
    Series<LongAdder> series = new Series<>(3, labels -> new LongAdder());
    for (int a = 0; a < 50; a++) {
      for (int b = 0; b < 20; b++) {
        for (int c = 0; c < 10; c++) series.get("a" + a, "b" + b, "c" + c).increment();
      }
    }

    AtomicLong sum = new AtomicLong();
    series.forEach((labels, count) -> sum.addAndGet(count.sum()));
    assertTrue(series.size() <= 2_000, series.size() + " sets");
    assertEquals(10_000, sum.get(), "nothing is lost");
  }

  @Test
  void finding_makes_nothing() {
    Series<LongAdder> series = new Series<>(1, labels -> new LongAdder());

    assertNull(series.find("/r"));
    assertEquals(0, series.size());
    assertSame(series.get("/r"), series.find("/r"));
  }
}
