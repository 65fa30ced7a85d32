package dev.atalaya.agent.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.atalaya.agent.trace.Distribution;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallsTest {
  private static final long MS = 1_000_000;
  private final Distribution series = new Distribution(new long[] {10 * MS, 100 * MS, 1_000 * MS});
  private final Calls calls = new Calls(series.bounds());

  @Test
  void a_quantile_lies_in_the_bucket_of_its_rank() {
    for (int i = 0; i < 90; i++) series.record(5 * MS);
    for (int i = 0; i < 10; i++) series.record(500 * MS);
    calls.add(series, false);

    assertEquals(10 * MS * 50.0 / 90, calls.quantile(0.5), MS / 100.0);
    assertEquals(550 * MS, calls.quantile(0.95), MS);
    assertEquals(1_000 * MS, calls.quantile(1), MS);
  }

  @Test
  void what_takes_far_less_than_the_first_bound_is_not_taken_for_it() {
    for (int i = 0; i < 100; i++) series.record(MS / 5);
    calls.add(series, false);

    assertEquals(2 * MS / 5 * 0.95, calls.quantile(0.95), MS / 100.0);
  }

  @Test
  void what_takes_longer_than_the_last_bound_is_not_taken_for_it() {
    series.record(30_000 * MS);
    calls.add(series, false);

    assertEquals(30_000 * MS, calls.quantile(0.95));
  }

  @Test
  void nothing_called_has_no_figures() {
    Map<String, Object> json = new LinkedHashMap<>();
    calls.write("calls", json);

    assertEquals(
        "{calls=0, errors=0, total_ms=0.0, p50_ms=0.0, p95_ms=0.0, p99_ms=0.0}", json.toString());
  }
}
