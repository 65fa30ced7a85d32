package dev.atalaya.agent.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class QuantilesTest {
  private final AtomicLong clock = new AtomicLong(TimeUnit.HOURS.toNanos(-3)); // may be negative
  private final Quantiles quantiles = new Quantiles(clock::get);

  @Test
  void quantiles_are_exact_to_two_digits() {
    Random random = new Random(7);
    List<Long> recorded = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      long nanos = (long) (5_000_000 * Math.exp(1.2 * random.nextGaussian()));
      recorded.add(nanos);
      quantiles.record("/orders", nanos);
    }
    Collections.sort(recorded);

    for (Sample sample : quantiles.samples()) {
      double quantile = Double.parseDouble(sample.labels[1]);
      double exact = recorded.get((int) Math.ceil(quantile * recorded.size()) - 1) / 1e9;
      assertEquals(exact, sample.value, exact * 0.01, sample.labels[1]);
    }
    assertEquals(List.of("0.5", "0.9", "0.95", "0.99", "0.999"), labels(1));
  }

  @Test
  void a_value_is_seen_at_once_and_for_the_last_minute_only() {
    quantiles.record("/a", TimeUnit.MILLISECONDS.toNanos(100));
    assertEquals(0.1, median("/a"), 0.001);

    clock.addAndGet(TimeUnit.SECONDS.toNanos(49));
    quantiles.record("/b", TimeUnit.MILLISECONDS.toNanos(1));
    assertEquals(0.1, median("/a"), 0.001);

    clock.addAndGet(TimeUnit.SECONDS.toNanos(12));
    assertEquals(-1, median("/a"), "after more than a minute it is gone");
    assertEquals(0.001, median("/b"), 0.0001);

    clock.addAndGet(TimeUnit.HOURS.toNanos(2));
    assertEquals(List.of(), quantiles.samples());
    assertEquals(0, quantiles.footprint());
  }

  @Test
  void any_number_of_readers_see_the_same() {
    for (int i = 1; i <= 1_000; i++) quantiles.record("/a", i * 1_000_000L);
    double first = median("/a");
    for (int i = 0; i < 10; i++) {
      clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
      assertEquals(first, median("/a"));
    }
  }

  @Test
  void all_routes_together_stay_below_10_mb() {
    for (int interval = 0; interval < 7; interval++) {
      for (int route = 0; route < 20; route++) {
        for (long micros = 1; micros < 70_000_000L; micros += Math.max(1, micros / 200)) {
          quantiles.record("/r" + route, micros * 1_000);
        }
      }
      clock.addAndGet(TimeUnit.SECONDS.toNanos(9));
    }
    long all = quantiles.footprint() * 200 / 20;
    assertTrue(all > 4_000_000, all + " bytes: no interval is missing");
    assertTrue(all < 10_000_000, all + " bytes");
  }

  @Test
  void a_request_of_hours_costs_no_more_memory_than_one_of_a_minute() {
    quantiles.record("/slow", TimeUnit.HOURS.toNanos(5));
    assertEquals(67.1, median("/slow"), 0.7);
    assertTrue(quantiles.footprint() < 2_000);
  }

  private double median(String route) {
    for (Sample sample : quantiles.samples()) {
      if (sample.labels[0].equals(route) && sample.labels[1].equals("0.5")) return sample.value;
    }
    return -1;
  }

  private List<String> labels(int index) {
    List<String> labels = new ArrayList<>();
    for (Sample sample : quantiles.samples()) labels.add(sample.labels[index]);
    return labels;
  }
}
