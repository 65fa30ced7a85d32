package dev.atalaya.it.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.it.App;
import dev.atalaya.it.Metrics;
import dev.atalaya.it.Otlp;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The names, units, buckets and bounds of /metrics. */
final class MetricsIT {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "com.github.ben-manes.caffeine:caffeine:2.0.0",
        "com.github.ben-manes.caffeine:caffeine:3.3.1"
      })
  void a_caches_reads_are_counted(String library) {
    try (App app = App.main("app.CaffeineApp").release(11).libraries(library).agent(null).start()) {
      app.get("/caches");
      for (boolean hit : List.of(true, false)) {
        assertEquals(
            hit ? 4 : 6,
            app.metrics()
                .value(
                    "cache_requests_total",
                    "cache_system",
                    "caffeine",
                    "cache_result",
                    hit ? "hit" : "miss"),
            () -> app.metrics().about("cache"));
      }
    }
  }

  @Test
  void everything_promised_is_there() {
    try (Otlp otlp = Otlp.http();
        App app =
            App.main("app.JdbcApp")
                .libraries("com.h2database:h2:2.5.252", "com.zaxxer:HikariCP:7.1.0")
                .arguments("jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1", "hikari", "sa")
                .property("otel.service.name", "till")
                .property("otel.resource.attributes", "service.version=1.4.0")
                .agent(otlp)
                .start()) {
      for (int i = 0; i < 3; i++) {
        app.get("/jdbc?prepared");
      }
      app.get("/jdbc?error");
      String traceId = app.get("/jdbc?update").traceId();
      otlp.trace(traceId);
      Metrics metrics = app.metrics(m -> m.value("atalaya_spans_exported_total") >= 10);

      assertEquals(
          List.of(0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0),
          metrics.bounds("http_server_request_duration_seconds"));
      assertEquals(
          List.of(0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 10.0),
          metrics.bounds("db_client_operation_duration_seconds"));
      assertEquals(
          List.of(
              1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0, 5000.0,
              10000.0),
          metrics.bounds("db_client_response_returned_rows"));
      assertEquals(
          List.of(0.0, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0),
          metrics.bounds("atalaya_statements_per_request"));

      assertEquals(5, metrics.value("atalaya_statements_per_request_count", "http_route", "/jdbc"));
      assertEquals(5, metrics.value("atalaya_statements_per_request_sum", "http_route", "/jdbc"));
      assertEquals(
          5, metrics.value("atalaya_request_allocated_bytes_count", "http_route", "/jdbc"));
      assertEquals(3, metrics.value("db_client_response_returned_rows_count"));
      assertEquals(
          1,
          metrics.value(
              "db_client_operation_duration_seconds_count",
              "db_system_name",
              "h2database",
              "db_query_summary",
              "SELECT nowhere",
              "db_response_status_code",
              "42S02"),
          () -> metrics.about("db_client_operation"));
      for (String quantile : List.of("0.5", "0.9", "0.95", "0.99", "0.999")) {
        assertTrue(
            metrics.value(
                    "http_server_request_duration_quantile_seconds",
                    "http_route",
                    "/jdbc",
                    "quantile",
                    quantile)
                > 0,
            () -> metrics.about("http_server"));
      }
      assertEquals(
          1, metrics.value("target_info", "service_name", "till", "service_version", "1.4.0"));
      assertEquals(1, metrics.value("atalaya_enabled"));
      for (String name :
          List.of(
              "db_client_connection_max",
              "db_client_connection_pending_requests",
              "jvm_memory_used_bytes",
              "jvm_thread_count",
              "jvm_class_loaded_total",
              "atalaya_spans_exported_total",
              "atalaya_queue_size",
              "atalaya_series")) {
        assertFalse(metrics.of(name).isEmpty(), () -> name + " in " + names(metrics));
      }
      assertFalse(metrics.of("db_client_connection_wait_time_seconds_count").isEmpty());
      assertFalse(metrics.of("db_client_connection_use_time_seconds_count").isEmpty());
      assertFalse(metrics.text().contains("_created"), "no _created series");
      assertTrue(
          metrics.of("http_server_request_duration_seconds_count").stream()
              .allMatch(
                  s ->
                      Set.of(
                              "http_request_method",
                              "http_route",
                              "http_response_status_code",
                              "url_scheme",
                              "error_type")
                          .containsAll(s.labels().keySet())),
          () -> metrics.about("http_server"));

      Metrics open = Metrics.openMetrics(app.metricsPort());
      assertTrue(open.text().stripTrailing().endsWith("# EOF"), "OpenMetrics");
      assertTrue(
          open.of("http_server_request_duration_seconds_bucket").stream()
              .anyMatch(s -> s.exemplar().containsKey("trace_id")),
          "exemplars");
      for (Metrics.Sample sample : open.samples()) {
        if (!sample.exemplar().isEmpty()) {
          // The first of repeated calls outside of requests waits for what they come to.
          assertTrue(
              Otlp.await(
                  () ->
                      otlp.spans().stream()
                          .anyMatch(s -> s.traceId().equals(sample.exemplar().get("trace_id")))),
              "an exemplar's trace was exported");
        }
      }
    }
  }

  @Test
  void a_label_takes_200_values() {
    try (App app =
        App.main("app.ManyTablesApp").libraries("com.h2database:h2:2.5.252").agent(null).start()) {
      App.Answer answer = app.get("/many?500");
      assertEquals(200, answer.status(), answer.body());
      Metrics metrics = app.metrics();
      List<Metrics.Sample> series = metrics.of("db_client_operation_duration_seconds_count");
      assertTrue(series.size() <= 202, () -> series.size() + " series");
      assertTrue(
          series.stream().anyMatch(s -> s.labels().containsValue("_other")),
          () -> metrics.about("db_client_operation"));
      assertEquals(500, series.stream().mapToDouble(Metrics.Sample::value).sum());
    }
  }

  private static Set<String> names(Metrics metrics) {
    return new java.util.TreeSet<>(metrics.samples().stream().map(Metrics.Sample::name).toList());
  }
}
