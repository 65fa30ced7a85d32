package dev.atalaya.agent.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.prometheus.client.exporter.common.TextFormat;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PrometheusFamiliesTest {
  private static final Pattern LINE =
      Pattern.compile(
          "([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{(.*?)})? ([0-9.eE+\\-]+|[+-]Inf|NaN)"
              + "( # \\{trace_id=\"[0-9a-f]{32}\",span_id=\"[0-9a-f]{16}\"} [0-9.eE\\-]+ [0-9.]+)?");
  private static final Pattern LABEL =
      Pattern.compile("\\G([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\n]|\\\\[\\\\\"n])*)\",?");

  private final Registry registry = new Registry();

  @Test
  void a_histogram_has_the_contracts_buckets_in_order() throws IOException {
    registry.server("GET", "/a", 200, "http", null).record(30_000_000);
    registry.server("GET", "/a", 200, "http", null).record(20_000_000_000L);

    List<String> bounds = new ArrayList<>();
    List<Double> counts = new ArrayList<>();
    for (Map.Entry<String, Double> bucket : series("http_server_request_duration_seconds_bucket")) {
      Matcher le = Pattern.compile("le=\"([^\"]*)\"").matcher(bucket.getKey());
      assertTrue(le.find());
      bounds.add(le.group(1));
      counts.add(bucket.getValue());
    }
    assertEquals(
        List.of(
            "0.005", "0.01", "0.025", "0.05", "0.075", "0.1", "0.25", "0.5", "0.75", "1.0", "2.5",
            "5.0", "7.5", "10.0", "+Inf"),
        bounds);
    assertEquals(
        List.of(0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 2.0), counts);
    assertEquals(2.0, series("http_server_request_duration_seconds_count").get(0).getValue());
    assertEquals(20.03, series("http_server_request_duration_seconds_sum").get(0).getValue(), 1e-9);
  }

  @Test
  void every_line_can_be_parsed_and_stands_once() throws IOException {
    everything();
    for (String type :
        List.of(TextFormat.CONTENT_TYPE_004, TextFormat.CONTENT_TYPE_OPENMETRICS_100)) {
      Set<String> seen = new HashSet<>();
      for (String line : text(type).split("\n")) {
        if (line.startsWith("#")) continue;
        Matcher parsed = LINE.matcher(line);
        assertTrue(parsed.matches(), line);
        if (parsed.group(3) != null) {
          Matcher label = LABEL.matcher(parsed.group(3));
          int end = 0;
          while (label.find()) end = label.end();
          assertEquals(parsed.group(3).length(), end, line);
        }
        assertTrue(seen.add(parsed.group(1) + parsed.group(2)), "twice: " + line);
        assertFalse(parsed.group(1).endsWith("_created"), line);
      }
      assertTrue(seen.size() > 50);
    }
  }

  @Test
  void open_metrics_ends_as_it_must() throws IOException {
    assertTrue(text(TextFormat.CONTENT_TYPE_OPENMETRICS_100).endsWith("# EOF\n"));
  }

  @Test
  void label_values_are_escaped() throws IOException {
    registry.cache("caffeine", "a \"b\" \\ c\nd", 1, 0);

    assertTrue(
        text(TextFormat.CONTENT_TYPE_004)
            .contains(
                "cache_requests_total{cache_system=\"caffeine\","
                    + "cache_name=\"a \\\"b\\\" \\\\ c\\nd\",cache_result=\"hit\",} 1.0"));
  }

  @Test
  void counters_end_in_total_and_their_types_are_told() throws IOException {
    everything();
    String text = text(TextFormat.CONTENT_TYPE_004);
    for (String line :
        List.of(
            "# TYPE http_server_request_duration_seconds histogram",
            "# TYPE http_server_request_duration_quantile_seconds gauge",
            "# TYPE db_client_connection_timeouts_total counter",
            "# TYPE cache_requests_total counter",
            "# TYPE jvm_memory_used_bytes gauge",
            "# TYPE jvm_class_loaded_total counter",
            "# TYPE jvm_cpu_time_seconds_total counter",
            "# TYPE jvm_cpu_recent_utilization_ratio gauge",
            "# TYPE atalaya_spans_exported_total counter",
            "# TYPE atalaya_spans_dropped_total counter",
            "# TYPE atalaya_instrumentation_errors_total counter",
            "# TYPE atalaya_overhead_seconds_total counter",
            "# TYPE atalaya_queue_size gauge",
            "# TYPE atalaya_enabled gauge",
            "# TYPE atalaya_series gauge",
            "# TYPE target_info gauge")) {
      if (line.contains("quantile")) continue; // needs the worker: RegistryTest
      assertTrue(text.contains(line + "\n"), line);
    }
    assertTrue(text.contains("\ntarget_info{service_name=\"shop\",} 1.0\n"));
    assertTrue(text.contains("\natalaya_spans_dropped_total{reason=\"queue_full\",} 2.0\n"));
  }

  private void everything() {
    registry.server("GET", "/a", 200, "http", null).record(1);
    registry.client("GET", "stock", 80, 500, "500").record(1);
    registry.request("/a", 1, 1);
    registry.cache("redis", null, 1, 1);
    registry.borrowed(new Object(), 1, true);
    registry.target(Map.of("service.name", "shop"));
    registry.read(Metric.ENABLED, () -> 1);
    registry.read(Metric.SPANS_EXPORTED, () -> 1);
    registry.read(Metric.SPANS_DROPPED, "queue_full", () -> 2);
    registry.read(Metric.QUEUE_SIZE, () -> 0);
    registry.readAll(Metric.INSTRUMENTATION_ERRORS, () -> Map.of("jdbc", 1));
  }

  private List<Map.Entry<String, Double>> series(String name) throws IOException {
    List<Map.Entry<String, Double>> found = new ArrayList<>();
    for (String line : text(TextFormat.CONTENT_TYPE_OPENMETRICS_100).split("\n")) {
      Matcher parsed = LINE.matcher(line);
      if (parsed.matches() && parsed.group(1).equals(name)) {
        found.add(Map.entry(parsed.group(3), Double.valueOf(parsed.group(4))));
      }
    }
    return found;
  }

  private String text(String type) throws IOException {
    StringWriter text = new StringWriter();
    TextFormat.writeFormat(type, text, new PrometheusFamilies(registry).get());
    return text.toString();
  }
}
