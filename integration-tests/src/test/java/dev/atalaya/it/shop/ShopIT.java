package dev.atalaya.it.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.atalaya.it.App;
import dev.atalaya.it.Jaeger;
import dev.atalaya.it.Metrics;
import dev.atalaya.it.Otlp;
import dev.atalaya.it.Prometheus;
import dev.atalaya.it.Shop;
import dev.atalaya.it.Span;
import dev.atalaya.it.Trace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo shop as a user runs it. */
final class ShopIT {
  @TempDir Path folder;

  @Test
  void under_load_every_request_is_one_trace_and_one_count() throws Exception {
    try (Otlp otlp = Otlp.http();
        App shop = Shop.launch().agent(otlp).start()) {
      // What the start sent has come.
      Otlp.await(() -> Shop.calls(otlp.spans()).equals(Shop.calls(shop.metrics())));
      otlp.settle();
      otlp.clear();
      Metrics before = shop.metrics();

      List<Shop.Visit> visits = new ArrayList<>();
      ExecutorService visitors = Executors.newFixedThreadPool(4);
      List<Future<?>> walks = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        // Checkouts empty carts and lock each other's rows: one visitor does them.
        List<Shop.Visit> walk = new ArrayList<>(Shop.WALK);
        if (i > 0) {
          walk.removeIf(visit -> visit.path().startsWith("/api/checkout"));
        }
        Collections.rotate(walk, i);
        visits.add(Shop.LOGIN);
        visits.addAll(walk);
        walks.add(visitors.submit(() -> Shop.walk(shop, walk)));
      }
      for (Future<?> walk : walks) {
        walk.get();
      }
      visitors.shutdown();

      Otlp.await(() -> roots(otlp.spans()).size() >= visits.size());
      otlp.settle();
      List<Span> spans = otlp.spans();
      Shop.assertOneTraceEach(visits, spans);
      assertEquals(Set.of("postgresql", "redis"), Shop.systems(spans));

      Span checkout =
          roots(spans).stream()
              .filter(s -> s.name().startsWith("POST /api/checkout"))
              .toList()
              .get(0);
      Trace trace =
          new Trace(spans.stream().filter(s -> s.traceId().equals(checkout.traceId())).toList());
      List<Span> payment = trace.where(s -> "/payments".equals(s.text("http.route")));
      assertEquals(1, payment.size(), trace::toString);
      List<Span> paying = trace.where(s -> s.spanId().equals(payment.get(0).parentId()));
      assertEquals(Span.Kind.CLIENT, paying.get(0).kind(), trace::toString);

      // A stock report may come between: then the counts agree a moment later.
      boolean equal =
          Otlp.await(
              () -> Shop.calls(otlp.spans()).equals(less(Shop.calls(shop.metrics()), before)));
      if (!equal) {
        assertEquals(Shop.calls(otlp.spans()), less(Shop.calls(shop.metrics()), before));
      }
      Metrics after = shop.metrics();
      for (Shop.Visit visit : visits) {
        long count = visits.stream().filter(v -> v.name().equals(visit.name())).count();
        String[] route = {"http_route", visit.route(), "http_request_method", visit.method()};
        assertEquals(
            count,
            after.value("http_server_request_duration_seconds_count", route),
            () -> visit.name() + after.about("http_server_request"));
        double spanSeconds =
            roots(spans).stream()
                .filter(s -> s.name().equals(visit.name()))
                .mapToDouble(s -> (s.end() - s.start()) / 1e9)
                .sum();
        double seconds = after.value("http_server_request_duration_seconds_sum", route);
        assertEquals(spanSeconds, seconds, 0.05 * spanSeconds + 0.02, "time of " + visit.name());
      }
      assertEquals(
          (double) visits.stream().filter(v -> v.status() == 404).count(),
          after.value(
              "http_server_request_duration_seconds_count", "http_response_status_code", "404"));
      assertTrue(
          after.value("cache_requests_total", "cache_result", "hit") > 0,
          () -> after.about("cache_"));
      assertTrue(
          after.value("db_client_connection_max", "db_client_connection_pool_name", "shop") == 5,
          () -> after.about("db_client_connection"));
      assertFalse(shop.errors().contains("Exception"), shop.errors());

      Duration end = shop.stop();
      assertTrue(end.toSeconds() < 20, () -> "took " + end);
    }
  }

  @Test
  void answers_are_the_same_and_attach_by_pid_shows_all_that_follows() throws Exception {
    List<String> plain;
    try (Otlp otlp = Otlp.http();
        App shop = Shop.launch().start()) {
      plain = Shop.answers(shop, Shop.WALK);

      int metricsPort = App.freePort();
      App attach =
          App.jar(App.agentJar())
              .arguments(
                  "attach",
                  Long.toString(shop.pid()),
                  "otel.exporter.otlp.endpoint=" + otlp.endpoint(),
                  "otel.exporter.prometheus.port=" + metricsPort,
                  "otel.bsp.schedule.delay=20")
              .launch();
      assertEquals(0, attach.join(), () -> attach.output() + attach.errors());

      List<Shop.Visit> visits = new ArrayList<>(Shop.WALK);
      visits.removeIf(visit -> visit.path().startsWith("/api/checkout"));
      visits.addAll(visits);
      Shop.walk(shop, visits);
      visits.add(Shop.LOGIN);
      Otlp.await(() -> roots(otlp.spans()).size() >= visits.size());
      otlp.settle();
      Shop.assertOneTraceEach(visits, otlp.spans());
      assertEquals(Set.of("postgresql", "redis"), Shop.systems(otlp.spans()));
      assertEquals(
          2,
          Metrics.text(metricsPort)
              .value("http_server_request_duration_seconds_count", "http_route", "/products/{id}"));
    }
    try (Otlp otlp = Otlp.http();
        App shop = Shop.launch().agent(otlp).start()) {
      List<String> traced = Shop.answers(shop, Shop.WALK);
      for (int i = 0; i < plain.size(); i++) {
        assertEquals(plain.get(i), traced.get(i));
      }
    }
  }

  @Test
  void jaeger_returns_the_traces_and_prometheus_answers_queries() throws Exception {
    try (Jaeger jaeger = Jaeger.start(folder);
        App shop =
            Shop.launch()
                .agent(null)
                .property("otel.exporter.otlp.endpoint", jaeger.grpcEndpoint())
                .property("otel.exporter.otlp.protocol", "grpc")
                .property("otel.service.name", "the-shop")
                .start()) {
      String traceId = App.hex(16);
      Shop.visit(shop, Shop.SEARCH, "traceparent", "00-" + traceId + "-" + App.hex(8) + "-01");
      JsonNode spans = jaeger.spans(traceId, 10);
      Set<String> names = new HashSet<>();
      spans.forEach(span -> names.add(span.get("operationName").asText()));
      assertTrue(names.contains("GET /api/products"), names::toString);
      assertTrue(names.contains("SELECT products"), names::toString);
      assertTrue(names.contains("GET"), names::toString);
      assertTrue(jaeger.services().contains("the-shop"), jaeger.services()::toString);

      try (Prometheus prometheus = Prometheus.scraping(folder, shop.metricsPort())) {
        String query = "sum(http_server_request_duration_seconds_count{http_route=\"/health\"})";
        for (int i = 0; i < 7; i++) {
          Shop.visit(shop, Shop.HEALTH);
        }
        assertTrue(Otlp.await(() -> prometheus.query(query) == 7), prometheus.targets()::toString);
        assertEquals(
            1, prometheus.query("sum(target_info{service_name=\"the-shop\"})"), "target_info");
        assertTrue(
            prometheus.query(
                    "histogram_quantile(0.99, sum by (le)"
                        + " (http_server_request_duration_seconds_bucket))")
                > 0);
      }
    }
  }

  private static List<Span> roots(List<Span> spans) {
    return spans.stream().filter(s -> s.isRoot() && s.kind() == Span.Kind.SERVER).toList();
  }

  private static Map<String, Integer> less(Map<String, Integer> calls, Metrics before) {
    Map<String, Integer> less = new TreeMap<>(calls);
    Shop.calls(before).forEach((name, count) -> less.merge(name, -count, Integer::sum));
    less.values().removeIf(count -> count == 0);
    return less;
  }
}
