package dev.atalaya.agent.watch;

import dev.atalaya.agent.metrics.Metric;
import dev.atalaya.agent.metrics.Registry;
import dev.atalaya.agent.metrics.Sample;
import dev.atalaya.agent.trace.Distribution;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Incoming requests by their routes, as the metrics have them. */
final class Routes {
  private static final String RPC = "RPC ";

  private final Registry registry;

  Routes(Registry registry) {
    this.registry = registry;
  }

  /** By route, {@code RPC shop.Stock/Find} of remote procedure calls. */
  Map<String, Calls> counts() {
    Map<String, Calls> routes = new HashMap<>();
    read((route, entryPoint, failed, series) -> add(routes, route, failed, series));
    registry.visit(
        Metric.STATEMENTS_PER_REQUEST,
        (labels, series) -> {
          Calls calls = routes.get(labels[0]);
          if (calls != null) calls.statements = calls.statements.plus(series);
        });
    registry.visit(
        Metric.REQUEST_ALLOCATED,
        (labels, series) -> {
          Calls calls = routes.get(labels[0]);
          if (calls != null) calls.bytes = calls.bytes.plus(series);
        });
    return routes;
  }

  /** Those that took most time first. */
  List<Map<String, Object>> list(LastMinute minute, long now) {
    Map<String, Map<String, Calls>> entryPoints = entryPoints();
    Map<String, Map<String, Double>> quantiles = quantiles();
    List<Map.Entry<String, Calls>> all = new ArrayList<>(counts().entrySet());
    all.sort((a, b) -> Long.compare(b.getValue().nanos(), a.getValue().nanos()));
    List<Map<String, Object>> list = new ArrayList<>();
    for (Map.Entry<String, Calls> one : all) {
      String route = one.getKey();
      Calls calls = one.getValue();
      if (calls.count() == 0) continue;
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("route", route);
      json.put("entry_points", list(entryPoints.getOrDefault(route, new TreeMap<>())));
      write(calls, json);
      Map<String, Object> recent = new LinkedHashMap<>();
      recent.put("seconds", minute.seconds(now));
      write(minute.of(route, calls), recent);
      Map<String, Double> exact = quantiles.get(route);
      if (exact != null) recent.putAll(exact);
      json.put("last_minute", recent);
      list.add(json);
    }
    return list;
  }

  private static void write(Calls calls, Map<String, Object> json) {
    calls.write("count", json);
    json.put("statements_per_request", calls.statements.each());
    json.put("bytes_per_request", Math.round(calls.bytes.each()));
  }

  private static List<Map<String, Object>> list(Map<String, Calls> entryPoints) {
    List<Map<String, Object>> list = new ArrayList<>();
    entryPoints.forEach(
        (entryPoint, calls) -> {
          Map<String, Object> json = new LinkedHashMap<>();
          json.put("entry_point", entryPoint);
          calls.write("count", json);
          list.add(json);
        });
    return list;
  }

  private Map<String, Map<String, Calls>> entryPoints() {
    Map<String, Map<String, Calls>> routes = new HashMap<>();
    read(
        (route, entryPoint, failed, series) ->
            add(
                routes.computeIfAbsent(route, made -> new TreeMap<>()),
                entryPoint,
                failed,
                series));
    return routes;
  }

  private static void add(Map<String, Calls> to, String name, boolean failed, Distribution series) {
    to.computeIfAbsent(name, made -> new Calls(series.bounds())).add(series, failed);
  }

  private void read(Reader reader) {
    registry.visit(
        Metric.HTTP_SERVER_DURATION,
        (labels, series) -> {
          String route = labels[1];
          String entryPoint = route.isEmpty() ? labels[0] : labels[0] + " " + route;
          reader.read(route, entryPoint, !labels[4].isEmpty(), series);
        });
    registry.visit(
        Metric.RPC_SERVER_DURATION,
        (labels, series) -> {
          String route = RPC + labels[1];
          reader.read(route, route, !labels[3].isEmpty(), series);
        });
  }

  /** Of the last minute, by route: finer than what the buckets tell. */
  private Map<String, Map<String, Double>> quantiles() {
    Map<String, Map<String, Double>> routes = new HashMap<>();
    for (Sample sample : registry.quantiles()) {
      String key = key(sample.labels[1]);
      if (key == null) continue;
      routes
          .computeIfAbsent(sample.labels[0], made -> new HashMap<>())
          .put(key, Calls.millis(Math.round(sample.value * 1e9)));
    }
    return routes;
  }

  private static @Nullable String key(String quantile) {
    switch (quantile) {
      case "0.5":
        return "p50_ms";
      case "0.95":
        return "p95_ms";
      case "0.99":
        return "p99_ms";
      default:
        return null;
    }
  }

  /** Is shown each series of incoming requests. */
  private interface Reader {
    void read(String route, String entryPoint, boolean failed, Distribution series);
  }
}
