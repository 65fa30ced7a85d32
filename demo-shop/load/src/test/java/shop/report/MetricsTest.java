package shop.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class MetricsTest {
  private static final Metrics METRICS =
      Metrics.parse(
          """
          # HELP cache_requests_total Reads of a cache.
          # TYPE cache_requests_total counter
          cache_requests_total{cache_system="redis",cache_name="localhost",cache_result="hit",} 182.0
          cache_requests_total{cache_system="redis",cache_name="localhost",cache_result="miss"} 3
          cache_requests_total{cache_system="caffeine",cache_name="",cache_result="hit",} 1.0E7
          jvm_cpu_count 2.0
          some_bucket{http_route="/api/products/{id}",le="+Inf",} 4.0 1700000000000
          odd{text="a \\"quoted\\" \\\\ back\\nline, with } and = in it",other="x",} +Inf
          """);

  @Test
  void labels_choose_what_is_summed() {
    assertEquals(185, METRICS.sum("cache_requests_total", "cache_system", "redis"));
    assertEquals(
        3, METRICS.sum("cache_requests_total", "cache_system", "redis", "cache_result", "miss"));
    assertEquals(10_000_185, METRICS.sum("cache_requests_total"));
    assertEquals(0, METRICS.sum("cache_requests_total", "cache_system", "memcached"));
  }

  @Test
  void a_sample_may_have_no_labels_or_a_time() {
    assertEquals(2, METRICS.sum("jvm_cpu_count"));
    assertEquals(4, METRICS.sum("some_bucket", "http_route", "/api/products/{id}", "le", "+Inf"));
  }

  @Test
  void labels_may_hold_what_the_format_is_made_of() {
    String text = "a \"quoted\" \\ back\nline, with } and = in it";
    assertEquals(Double.POSITIVE_INFINITY, METRICS.sum("odd", "text", text, "other", "x"));
  }

  @Test
  void growth_counts_what_was_not_there_before() {
    Metrics before = Metrics.parse("cache_requests_total{cache_system=\"redis\"} 100\n");
    assertEquals(85, METRICS.since(before, "cache_requests_total", "cache_system", "redis"));
    assertEquals(2, METRICS.since(before, "jvm_cpu_count"));
  }

  @Test
  void a_label_s_values_are_told_once() {
    assertEquals(
        List.of("caffeine", "redis"), METRICS.values("cache_requests_total", "cache_system"));
  }
}
