package dev.atalaya.agent.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.atalaya.agent.config.Options;
import dev.atalaya.agent.metrics.Registry;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MetricExporterTest {
  private final List<ExportMetricsServiceRequest> requests = new CopyOnWriteArrayList<>();
  private final Registry registry = new Registry();
  private HttpServer collector;

  @BeforeEach
  void receive() throws Exception {
    collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/v1/metrics",
        exchange -> {
          requests.add(ExportMetricsServiceRequest.parseFrom(exchange.getRequestBody()));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    collector.start();
  }

  @AfterEach
  void stop() {
    collector.stop(0);
  }

  @Test
  void counts_and_histograms_arrive_in_the_types_of_the_conventions() throws Exception {
    registry.server("GET", "/orders", 200, "https", null).record(30_000_000);
    registry.server("GET", "/orders", 200, "https", null).record(700_000_000);
    registry.cache("redis", "sessions", 3, 1);

    exporter("").tick(true);

    Map<String, Metric> metrics = received();
    Metric duration = metrics.get("http.server.request.duration");
    assertEquals("s", duration.getUnit());
    assertEquals(
        AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE,
        duration.getHistogram().getAggregationTemporality());
    HistogramDataPoint point = duration.getHistogram().getDataPoints(0);
    assertEquals(2, point.getCount());
    assertEquals(0.73, point.getSum(), 1e-9);
    assertEquals(0.025, point.getExplicitBounds(2));
    assertEquals(1, point.getBucketCounts(3));
    assertEquals(point.getExplicitBoundsCount() + 1, point.getBucketCountsCount());
    assertEquals(registry.startMillis() * 1_000_000, point.getStartTimeUnixNano());
    assertEquals("/orders", value(point.getAttributesList(), "http.route").getStringValue());
    assertEquals(200, value(point.getAttributesList(), "http.response.status_code").getIntValue());

    Metric cache = metrics.get("cache.requests");
    assertTrue(cache.getSum().getIsMonotonic());
    NumberDataPoint hits =
        cache.getSum().getDataPointsList().stream()
            .filter(
                p -> value(p.getAttributesList(), "cache.result").getStringValue().equals("hit"))
            .findFirst()
            .orElseThrow();
    assertEquals(3, hits.getAsDouble());
    assertTrue(metrics.containsKey("jvm.memory.used"));
  }

  @Test
  void metrics_are_sent_each_interval() throws Exception {
    MetricExporter exporter = exporter(",otel.metric.export.interval=20");

    Collector.await(
        "two exports",
        () -> {
          exporter.tick(false);
          return requests.size() >= 2;
        });

    assertTrue(exporter.state().endsWith(": up"), exporter.state());
  }

  private MetricExporter exporter(String more) {
    Options options =
        Options.read(
            "otel.exporter.otlp.endpoint=http://localhost:"
                + collector.getAddress().getPort()
                + more);
    return new MetricExporter(options, Resource.of(options, "1.0"), registry);
  }

  private Map<String, Metric> received() {
    Map<String, Metric> metrics = new HashMap<>();
    for (ExportMetricsServiceRequest request : requests) {
      for (Metric metric : request.getResourceMetrics(0).getScopeMetrics(0).getMetricsList()) {
        metrics.put(metric.getName(), metric);
      }
    }
    return metrics;
  }

  private static AnyValue value(List<KeyValue> attributes, String key) {
    for (KeyValue attribute : attributes) {
      if (attribute.getKey().equals(key)) return attribute.getValue();
    }
    throw new AssertionError("no " + key);
  }
}
