package dev.atalaya.it.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.atalaya.it.App;
import dev.atalaya.it.Collector;
import dev.atalaya.it.Otlp;
import dev.atalaya.it.Program;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * dashboards/collector's way through Kafka: a real broker between a collector that writes and a
 * Jaeger that stores; what Kafka holds while the storage is away is stored when it is back.
 */
final class KafkaIT {
  @TempDir Path folder;

  @Test
  void traces_wait_in_kafka_until_they_are_stored() throws Exception {
    int port = App.freePort();
    int query = App.freePort();
    Collector.Launch ingester =
        Collector.jaeger(folder)
            .file("jaeger-ingester.yaml")
            .file("jaeger-query.yaml")
            .with("QUERY_HTTP", "127.0.0.1:" + query)
            .with("QUERY_GRPC", "127.0.0.1:" + App.freePort())
            .over(
                """
                extensions:
                  jaeger_storage:
                    backends:
                      traces:
                        memory:
                          max_traces: 1000
                service:
                  pipelines:
                    traces:
                      receivers: [kafka]
                      processors: [batch]
                      exporters: [jaeger_storage_exporter]
                """);
    try (Kafka kafka = Kafka.start(folder);
        Collector sender = sender(kafka, port);
        App app = app("http://127.0.0.1:" + port)) {
      String trace = app.get("/list").traceId();
      awaitSent(app);
      try (Collector late = ingester.with("KAFKA", kafka.address()).start("/status")) {
        String url = "http://127.0.0.1:" + query + "/api/traces/" + trace;
        assertTrue(
            Otlp.await(() -> Program.get(url).statusCode() == 200),
            () -> "not stored: " + Program.get(url).body());
        JsonNode spans = new ObjectMapper().readTree(Program.get(url).body()).at("/data/0/spans");
        assertEquals(22, spans.size(), "the request, its query and the 20 of the finding");
        assertFoundBy(query, "atalaya.findings.count", "1", trace);
        assertFoundBy(query, "atalaya.finding.kind", "n_plus_one", trace);
      }
    }
  }

  private Collector sender(Kafka kafka, int port) throws Exception {
    return Collector.jaeger(folder)
        .over(
            """
            receivers:
              otlp:
                protocols:
                  http:
                    endpoint: 127.0.0.1:%d
            processors:
              batch:
            extensions:
              healthcheckv2:
                use_v2: true
                http:
                  endpoint: ${env:HEALTH}
            service:
              extensions: [healthcheckv2]
              pipelines:
                traces:
                  receivers: [otlp]
                  processors: [batch]
              telemetry:
                metrics:
                  level: none
            """
                .formatted(port))
        .file("to-kafka.yaml")
        .with("KAFKA", kafka.address())
        .start("/status");
  }

  private static App app(String collector) {
    return App.main("app.FindingsApp")
        .release(17)
        .libraries("com.zaxxer:HikariCP:7.1.0", "com.h2database:h2:2.5.252")
        .arguments("jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1", "sa")
        .property("otel.service.name", "kafka")
        .agent(null)
        .property("otel.exporter.otlp.endpoint", collector)
        .start();
  }

  /** Until the collector took all that the agent has: nobody reads Kafka yet. */
  private static void awaitSent(App app) {
    double before;
    double sent = 0;
    do {
      before = sent;
      Otlp.sleep(500);
      sent = app.metrics().value("atalaya_spans_exported_total");
    } while (sent == 0 || sent != before);
  }

  private static void assertFoundBy(int query, String tag, String value, String trace) {
    String tags = URLEncoder.encode("{\"" + tag + "\":\"" + value + "\"}", StandardCharsets.UTF_8);
    HttpResponse<String> answer =
        Program.get(
            "http://127.0.0.1:" + query + "/api/traces?service=kafka&lookback=1h&tags=" + tags);
    assertTrue(answer.body().contains(trace), () -> tag + ": " + answer.body());
  }
}
