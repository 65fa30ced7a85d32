package dev.atalaya.it.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.atalaya.it.App;
import dev.atalaya.it.Otlp;
import dev.atalaya.it.Prometheus;
import dev.atalaya.it.Shop;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What panels and rules ask Prometheus: of metrics that are documented, and with an answer where a
 * real one scrapes the shop.
 */
final class DashboardQueriesIT {
  /** Written by Prometheus itself, of each target. */
  private static final Set<String> OF_PROMETHEUS =
      Set.of("up", "scrape_duration_seconds", "scrape_samples_scraped");

  /** Added by Prometheus, its scrape configuration, or the rules. */
  private static final Set<String> ADDED_LABELS =
      Set.of("job", "instance", "service", "le", "slo", "entry_point");

  private static final String RPC = "rpc_";

  @TempDir Path folder;

  @Test
  void each_metric_that_is_named_is_documented_and_each_documented_one_is_named()
      throws IOException {
    Map<String, Documented> samples = Documented.samples();
    List<PrometheusFiles.Rule> rules = PrometheusFiles.rules();
    Set<String> recorded = new TreeSet<>();
    rules.stream().filter(rule -> !rule.alert()).forEach(rule -> recorded.add(rule.name()));
    Map<String, PromQl> expressions = new LinkedHashMap<>();
    for (PrometheusFiles.Rule rule : rules) {
      expressions.put(rule.name() + rule.yaml().path("labels"), rule.expression());
    }
    for (DashboardFile.Panel panel : DashboardFile.allPanels()) {
      for (JsonNode query : panel.queries()) {
        expressions.put(panel.title() + query.get("refId"), new PromQl(query.get("expr").asText()));
      }
    }
    Set<String> named = new TreeSet<>();
    expressions.forEach(
        (where, expression) -> named.addAll(names(where, expression, samples, recorded)));

    Set<String> unused = new TreeSet<>();
    for (Documented metric : samples.values()) {
      boolean used =
          samples.keySet().stream()
              .anyMatch(name -> samples.get(name) == metric && named.contains(name));
      if (!used) unused.add(metric.name());
    }
    assertEquals(Set.of(), unused, "documented, and in no panel or rule");
    recorded.removeAll(named);
    assertEquals(Set.of(), recorded, "recorded, and in no panel or alert");
  }

  /** The series that it names, of which each, and each label, must be known. */
  private static Set<String> names(
      String where, PromQl expression, Map<String, Documented> samples, Set<String> recorded) {
    Map<String, Set<String>> selected = expression.selected();
    assertFalse(selected.isEmpty() && !expression.text().startsWith("vector("), where);
    Set<String> known = new TreeSet<>(ADDED_LABELS);
    boolean anyLabel = false;
    for (String name : selected.keySet()) {
      Documented metric = samples.get(name);
      if (metric == null) {
        assertTrue(
            recorded.contains(name) || OF_PROMETHEUS.contains(name),
            () -> where + " names " + name);
        anyLabel |= recorded.contains(name);
        continue;
      }
      anyLabel |= metric.hasAnyLabel();
      known.addAll(metric.labels());
      for (String label : selected.get(name)) {
        assertTrue(
            metric.hasAnyLabel() || metric.labels().contains(label) || ADDED_LABELS.contains(label),
            () -> where + ": " + name + " has no label " + label);
      }
    }
    Set<String> grouped = expression.grouped();
    if (!anyLabel) {
      grouped.removeAll(known);
      assertEquals(Set.of(), grouped, where + " groups by labels that nothing in it has");
    }
    return selected.keySet();
  }

  @Test
  void every_query_of_every_panel_and_rule_returns_data_under_the_shops_load() throws Exception {
    try (Otlp otlp = Otlp.http();
        App shop =
            Shop.launch()
                .agent(otlp)
                .property("otel.service.name", "shop")
                .property("atalaya.slow.query.threshold", "1ms") // so that there are slow ones
                .start()) {
      PrometheusFiles.quick(folder, "shop", shop.metricsPort(), App.freePort());
      try (Prometheus prometheus = Prometheus.configured(folder)) {
        App traffic =
            App.jar(shopJar())
                .arguments("--traffic=http://localhost:" + shop.port(), "--seconds=20", "--rate=25")
                .launch();
        assertEquals(0, traffic.join(), traffic::errors);
        List<String> empty = new ArrayList<>();
        for (PrometheusFiles.Rule rule : PrometheusFiles.rules()) {
          String query = rule.alert() ? rule.expression().leftSide().text() : rule.name();
          if (!hasData(prometheus.vector(query))) empty.add(rule.name() + "\n    " + query);
          prometheus.vector(rule.expression().text());
          assertTrue(!rule.alert() || rule.expression().hasThreshold(), rule::name);
        }
        empty.addAll(withoutData(prometheus, query -> !query.contains(RPC)));
        assertTrue(
            empty.isEmpty(),
            () -> "no data:\n" + String.join("\n", empty) + "\n" + traffic.output());
      }
    }
  }

  /** The shop's two halves speak HTTP. */
  @Test
  void those_of_remote_procedure_calls_do_where_there_are_some() throws Exception {
    String[] libraries = {
      "io.grpc:grpc-netty:1.85.1",
      "io.grpc:grpc-inprocess:1.85.1",
      "io.grpc:grpc-stub:1.85.1",
      "com.h2database:h2:1.4.200"
    };
    try (Otlp otlp = Otlp.http();
        App app =
            App.main("app.GrpcApp")
                .libraries(libraries)
                .arguments("port")
                .agent(otlp)
                .property("otel.service.name", "shop")
                .start()) {
      PrometheusFiles.quick(folder, "shop", app.metricsPort(), App.freePort());
      try (Prometheus prometheus = Prometheus.configured(folder)) {
        List<String> empty = List.of("not asked yet");
        long end = System.nanoTime() + 30_000_000_000L;
        while (!empty.isEmpty() && System.nanoTime() < end) {
          for (String call : List.of("1", "throws")) app.get("/call?" + call);
          Otlp.sleep(500);
          empty = withoutData(prometheus, query -> query.contains(RPC));
        }
        assertEquals(List.of(), empty);
      }
    }
  }

  private static List<String> withoutData(Prometheus prometheus, Predicate<String> which)
      throws IOException {
    List<String> empty = new ArrayList<>();
    for (DashboardFile.Panel panel : DashboardFile.allPanels()) {
      for (JsonNode json : panel.queries()) {
        String query = chosen(json.get("expr").asText());
        if (!which.test(query)) continue;
        if (!hasData(prometheus.vector(query))) empty.add(panel.title() + "\n    " + query);
        if (json.path("exemplar").asBoolean() && prometheus.exemplars(query).isEmpty()) {
          empty.add(panel.title() + ", exemplars\n    " + query);
        }
      }
    }
    return empty;
  }

  private static Path shopJar() {
    return Path.of(System.getProperty("atalaya.shop.jar", "../demo-shop/target/demo-shop.jar"));
  }

  private static String chosen(String query) {
    String chosen =
        query
            .replace("$__rate_interval", "20s")
            .replace("$__range", "1m")
            .replace("$service", "shop")
            .replaceAll("\\$(instance|route)", ".*");
    assertFalse(chosen.contains("$"), chosen);
    return chosen;
  }

  private static boolean hasData(JsonNode vector) {
    for (JsonNode series : vector) {
      if (Double.isFinite(
          Double.parseDouble(series.get("value").get(1).asText().replace("Inf", "Infinity")))) {
        return true;
      }
    }
    return false;
  }
}
