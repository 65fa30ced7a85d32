package dev.atalaya.it.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.it.App;
import dev.atalaya.it.Metrics;
import dev.atalaya.it.Otlp;
import dev.atalaya.it.Shop;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What docs/scaling.md counts with, measured on the shop: bytes of a span on the wire, spans of a
 * request, series of a route and of a statement.
 */
final class WireIT {
  private static final List<String> VISITS =
      List.of("/", "/api/products?page=3", "/api/products/7", "/products/7", "/api/categories");
  private static final int ROUNDS = 100;

  private static Otlp otlp;
  private static App shop;
  private static Metrics metrics;

  @BeforeAll
  static void visit() {
    otlp = Otlp.http();
    shop =
        Shop.launch()
            .agent(otlp)
            .property("otel.service.name", "shop")
            // Batches as they are in production: full ones.
            .property("otel.bsp.schedule.delay", "5000")
            .property("atalaya.alert.log", "false")
            .start();
    for (int round = 0; round < ROUNDS; round++) {
      for (String path : VISITS) {
        assertEquals(200, shop.plain(path).statusCode(), path);
      }
    }
    metrics = shop.metrics();
    shop.stop();
    otlp.settle();
  }

  @AfterAll
  static void stop() {
    shop.close();
    otlp.close();
  }

  @Test
  void a_span_on_the_wire_is_as_large_as_the_page_says() throws IOException {
    int spans = otlp.spans().size();
    long plain = 0;
    long packed = 0;
    for (byte[] batch : otlp.batches()) {
      plain += batch.length;
      packed += gzip(batch);
    }
    double bytes = (double) plain / spans;
    double zipped = (double) packed / spans;
    double perRequest = (double) spans / (ROUNDS * VISITS.size());
    String page =
        String.format(
            Locale.ROOT,
            "%d spans in %d batches: %.0f B a span, %.0f B with gzip in %.1f us; %.1f spans a"
                + " request%n",
            spans,
            otlp.batches().size(),
            bytes,
            zipped,
            microsecondsOfGzip(spans),
            perRequest);
    write("wire.txt", page + kinds());
    assertTrue(bytes > 200 && bytes < 450, page);
    assertTrue(zipped > 20 && zipped < 80, page);
  }

  @Test
  void a_route_and_a_statement_have_as_many_series_as_the_page_says() throws IOException {
    String route = "/api/products/{id}";
    Map<String, Long> ofRoute = families("http_route", route);
    Map<String, Long> ofStatement = families("db_query_summary", "SELECT products");
    long all = metrics.samples().size();
    long rest =
        metrics.samples().stream()
            .filter(sample -> !sample.labels().containsKey("http_route"))
            .filter(sample -> !sample.labels().containsKey("db_query_summary"))
            .count();
    write(
        "series.txt",
        "a route: "
            + ofRoute
            + "\na statement: "
            + ofStatement
            + "\nof no route or statement: "
            + rest
            + "\nin all: "
            + all
            + "\n");
    assertEquals(
        Map.of(
            "http_server_request_duration_seconds", 17L,
            "http_server_request_duration_quantile_seconds", 5L,
            "atalaya_statements_per_request", 14L,
            "atalaya_request_allocated_bytes", 14L),
        ofRoute);
    assertEquals(
        Map.of(
            "db_client_operation_duration_seconds", 12L, "db_client_response_returned_rows", 16L),
        ofStatement);
  }

  /** Spans and bytes of one, by what they are of. */
  private static String kinds() throws IOException {
    Map<String, LongSummaryStatistics> sizes = new TreeMap<>();
    for (byte[] batch : otlp.batches()) {
      for (ResourceSpans resource :
          ExportTraceServiceRequest.parseFrom(batch).getResourceSpansList()) {
        resource.getScopeSpansList().stream()
            .flatMap(scope -> scope.getSpansList().stream())
            .forEach(
                span ->
                    sizes
                        .computeIfAbsent(kind(span), any -> new LongSummaryStatistics())
                        .accept(span.getSerializedSize()));
      }
    }
    StringBuilder text = new StringBuilder();
    sizes.forEach(
        (kind, size) ->
            text.append(
                String.format(
                    Locale.ROOT, "%s: %d of %.0f B%n", kind, size.getCount(), size.getAverage())));
    return text.toString();
  }

  private static String kind(io.opentelemetry.proto.trace.v1.Span span) {
    return span.getAttributesList().stream()
        .filter(attribute -> attribute.getKey().equals("db.system.name"))
        .map(attribute -> attribute.getValue().getStringValue())
        .findFirst()
        .orElse(span.getKind().toString());
  }

  /** CPU of packing, once the JIT knows it. */
  private static double microsecondsOfGzip(int spans) throws IOException {
    for (int i = 0; i < 10; i++) for (byte[] batch : otlp.batches()) gzip(batch);
    long start = System.nanoTime();
    for (int i = 0; i < 5; i++) for (byte[] batch : otlp.batches()) gzip(batch);
    return (System.nanoTime() - start) / 5e3 / spans;
  }

  private static Map<String, Long> families(String label, String value) {
    return metrics.samples().stream()
        .filter(sample -> value.equals(sample.labels().get(label)))
        .collect(
            Collectors.groupingBy(
                sample -> sample.name().replaceAll("_(bucket|count|sum)$", ""),
                Collectors.counting()));
  }

  private static int gzip(byte[] batch) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(batch);
    }
    return packed.size();
  }

  private static void write(String name, String text) throws IOException {
    Path folder = Files.createDirectories(Path.of("target", "scaling"));
    Files.writeString(folder.resolve(name), text);
  }
}
