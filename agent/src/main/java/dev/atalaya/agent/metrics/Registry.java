package dev.atalaya.agent.metrics;

import dev.atalaya.agent.detect.Counters;
import dev.atalaya.agent.detect.Kind;
import dev.atalaya.agent.detect.Severity;
import dev.atalaya.agent.trace.Datasource;
import dev.atalaya.agent.trace.Distribution;
import dev.atalaya.agent.trace.Failure;
import dev.atalaya.agent.trace.HttpExchange;
import dev.atalaya.agent.trace.Ids;
import dev.atalaya.agent.trace.Meters;
import dev.atalaya.agent.trace.OperationFamily;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.RpcCall;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.agent.trace.Template;
import dev.atalaya.agent.trace.Worker;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All metrics: what application threads record through {@link Meters}, what the worker adds to it
 * once a request has ended, and what is read when somebody asks.
 *
 * <p>Making one is cheap; the JVM's beans and the pools are looked at in {@link #snapshot} alone.
 */
public final class Registry implements Meters, Worker.Consumer, Counters {
  private final Series<Distribution> server = distributions(Metric.HTTP_SERVER_DURATION);
  private final Series<Distribution> client = distributions(Metric.HTTP_CLIENT_DURATION);
  private final Series<Distribution> rpcServer = distributions(Metric.RPC_SERVER_DURATION);
  private final Series<Distribution> rpcClient = distributions(Metric.RPC_CLIENT_DURATION);
  private final Series<Distribution> operations = distributions(Metric.DB_DURATION);
  private final Series<Distribution> rows = distributions(Metric.DB_ROWS);
  private final Series<LongAdder> caches = counters(Metric.CACHE_REQUESTS);
  private final Series<LongAdder> findings = counters(Metric.FINDINGS);
  private final Series<LongAdder> verdicts = counters(Metric.VERDICTS);
  private final Series<LongAdder> wasted = counters(Metric.WASTED);
  private final Series<Route> routes = new Series<>(1, Route::new);

  private final Lookup<Distribution> serverLookup = new Lookup<>();
  private final Lookup<Distribution> clientLookup = new Lookup<>();
  private final Lookup<Distribution> rpcServerLookup = new Lookup<>();
  private final Lookup<Distribution> rpcClientLookup = new Lookup<>();
  private final Lookup<LongAdder> cacheLookup = new Lookup<>();
  private final Lookup<Route> routeLookup = new Lookup<>();

  /** By {@code db.system.name}. */
  private final Map<String, OperationFamily> families = new ConcurrentHashMap<>();

  private final Pools pools = new Pools();
  private final Map<Metric, List<Reading>> readings = new EnumMap<>(Metric.class);
  private final long startMillis = System.currentTimeMillis();
  private volatile boolean exemplars = true;
  private volatile Map<String, ?> target = Collections.emptyMap();
  private volatile @Nullable Quantiles quantiles; // made by the worker: its library loads late
  private volatile @Nullable Jvm jvm;

  // ---- What the agent tells about itself -------------------------------------------------------

  /** The resource's attributes, for {@code target_info}. */
  public void target(Map<String, ?> attributes) {
    target = new TreeMap<>(attributes);
  }

  /** False where no traces are exported: exemplars would point nowhere. */
  public void exemplars(boolean on) {
    exemplars = on;
  }

  /** A metric without labels, read at each snapshot. */
  public void read(Metric metric, LongSupplier value) {
    reading(metric, samples -> samples.add(new Sample(value.getAsLong())));
  }

  /** One series of a metric with one label. */
  public void read(Metric metric, String label, LongSupplier value) {
    reading(metric, samples -> samples.add(new Sample(value.getAsLong(), label)));
  }

  /** All series of a metric with one label, by its values. */
  public void readAll(Metric metric, Supplier<? extends Map<String, ? extends Number>> values) {
    reading(
        metric,
        samples ->
            values
                .get()
                .forEach((label, value) -> samples.add(new Sample(value.doubleValue(), label))));
  }

  /** All series of a metric with two labels, by the values of the first, then of the second. */
  public void readPairs(
      Metric metric, Supplier<? extends Map<String, ? extends Map<String, Long>>> values) {
    reading(
        metric,
        samples ->
            values
                .get()
                .forEach(
                    (first, counts) ->
                        counts.forEach(
                            (second, count) -> samples.add(new Sample(count, first, second)))));
  }

  private void reading(Metric metric, Reading reading) {
    synchronized (readings) {
      readings.computeIfAbsent(metric, added -> new ArrayList<>()).add(reading);
    }
  }

  // ---- On the application's threads ------------------------------------------------------------

  @Override
  public Distribution server(
      String method,
      String route,
      int status,
      @Nullable String scheme,
      @Nullable String errorType) {
    Distribution known = serverLookup.get(method, route, scheme, errorType, status, 0);
    if (known != null) return known;
    Distribution found = server.get(method, route, number(status), text(scheme), text(errorType));
    return serverLookup.put(method, route, scheme, errorType, status, 0, found);
  }

  @Override
  public Distribution client(
      String method, @Nullable String host, int port, int status, @Nullable String errorType) {
    Distribution known = clientLookup.get(method, host, errorType, null, port, status);
    if (known != null) return known;
    Distribution found =
        client.get(method, text(host), number(port), number(status), text(errorType));
    return clientLookup.put(method, host, errorType, null, port, status, found);
  }

  @Override
  public Distribution rpc(boolean served, RpcCall call, @Nullable String errorType) {
    Lookup<Distribution> lookup = served ? rpcServerLookup : rpcClientLookup;
    String method = call.methodLabel();
    Distribution known = lookup.get(call.system, method, call.status(), errorType, 0, 0);
    if (known != null) return known;
    Distribution found =
        (served ? rpcServer : rpcClient)
            .get(call.system, method, text(call.status()), text(errorType));
    return lookup.put(call.system, method, call.status(), errorType, 0, 0, found);
  }

  @Override
  public Distribution operation(
      Template template, @Nullable String errorType, @Nullable String responseStatus) {
    families.putIfAbsent(template.datasource.system, template.datasource.family);
    return operations.get(labels(template, text(errorType), text(responseStatus)));
  }

  /** The family of operations on systems of that name; SQL where none was seen. */
  public OperationFamily family(String system) {
    return families.getOrDefault(system, OperationFamily.SQL);
  }

  @Override
  public Distribution rows(Template template) {
    return rows.get(labels(template, "", ""));
  }

  @Override
  public void request(String route, int statements, long allocatedBytes) {
    Route figures = route(route);
    figures.statements.record(statements);
    if (allocatedBytes >= 0) figures.allocated.record(allocatedBytes);
  }

  @Override
  public void cache(String system, @Nullable String name, int hits, int misses) {
    if (hits > 0) cache(system, name, "hit").add(hits);
    if (misses > 0) cache(system, name, "miss").add(misses);
  }

  @Override
  public void pool(String system, Object pool) {
    pools.watch(system, pool);
  }

  @Override
  public void borrowed(Object pool, long nanos, boolean timedOut) {
    Pools.Figures figures = pools.figures(pool);
    if (timedOut) figures.timeouts.increment();
    else figures.wait.record(nanos);
  }

  @Override
  public void returned(Object pool, long nanos) {
    pools.figures(pool).use.record(nanos);
  }

  private LongAdder cache(String system, @Nullable String name, String result) {
    LongAdder known = cacheLookup.get(system, name, result, null, 0, 0);
    if (known != null) return known;
    return cacheLookup.put(
        system, name, result, null, 0, 0, caches.get(system, text(name), result));
  }

  private Route route(String route) {
    Route known = routeLookup.get(route, null, null, null, 0, 0);
    return known != null
        ? known
        : routeLookup.put(route, null, null, null, 0, 0, routes.get(route));
  }

  private static String[] labels(Template template, String errorType, String responseStatus) {
    Datasource to = template.datasource;
    return new String[] {
      to.system,
      text(to.namespace),
      text(template.operation),
      text(template.collection),
      template.text == null ? "" : template.summary, // else it only repeats the system
      text(to.host),
      number(to.port),
      responseStatus,
      errorType
    };
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }

  private static String number(int value) {
    return value < 1 ? "" : String.valueOf(value);
  }

  // ---- On the worker's thread ------------------------------------------------------------------

  @Override
  public String part() {
    return "metrics";
  }

  @Override
  public void accept(Request request, Span latest) {
    long now = request.isExported() && exemplars ? System.currentTimeMillis() : 0;
    for (Span span = latest; span != null; span = span.next()) {
      Template template = span.template();
      HttpExchange exchange = span.http();
      RpcCall call = span.rpc();
      if (template != null) operated(span, template, now);
      else if (exchange != null && span.kind() == Span.Kind.SERVER) served(span, exchange, now);
      else if (exchange != null && now != 0) called(span, exchange, now);
      else if (call != null && now != 0) called(span, call, now);
    }
  }

  @Override
  public void tick(boolean closing) {
    Jvm asked = jvm;
    if (asked != null) asked.collections();
  }

  @Override
  public void finding(Kind kind, Severity severity, String entryPoint, String system) {
    findings.get(kind.label(), severity.label(), entryPoint, system).increment();
  }

  @Override
  public void wasted(Kind kind, String entryPoint, long nanos) {
    wasted.get(kind.label(), entryPoint).add(nanos);
  }

  @Override
  public void classified(Kind kind, boolean told) {
    verdicts.get(kind.label(), String.valueOf(told)).increment();
  }

  private void operated(Span span, Template template, long now) {
    if (span.isFolded()) return; // its executions were recorded one by one
    // Rows are read after the call ended, so the application thread could not record them there.
    if (template.rows != null && span.rows() >= 0 && span.failure() == null) {
      template.rows.record(span.rows());
      if (now != 0) exemplar(template.rows, span.rows(), span, now);
    }
    if (now == 0) return;
    Failure failure = span.failure();
    Distribution series =
        failure == null
            ? template.duration
            : operations.find(labels(template, failure.type, text(failure.responseStatus())));
    if (series != null) exemplar(series, span.durationNanos(), span, now);
  }

  private void served(Span span, HttpExchange exchange, long now) {
    String route = span.request().route();
    String method = exchange.methodLabel();
    String scheme = exchange.scheme;
    String error = errorType(span);
    int status = span.status();
    Distribution series = serverLookup.get(method, route, scheme, error, status, 0);
    if (series == null) {
      series = server.find(method, route, number(status), text(scheme), text(error));
    }
    if (series == null) return; // excluded requests have none
    Quantiles known = quantiles;
    if (known == null) quantiles = known = new Quantiles(System::nanoTime);
    known.record(route(route).label, span.durationNanos());
    if (now != 0) exemplar(series, span.durationNanos(), span, now);
  }

  private void called(Span span, HttpExchange exchange, long now) {
    String method = exchange.methodLabel();
    String host = exchange.host;
    String error = errorType(span);
    int port = exchange.port;
    int status = span.status();
    Distribution series = clientLookup.get(method, host, error, null, port, status);
    if (series == null) {
      series = client.find(method, text(host), number(port), number(status), text(error));
    }
    if (series != null) exemplar(series, span.durationNanos(), span, now);
  }

  private void called(Span span, RpcCall call, long now) {
    boolean served = span.kind() == Span.Kind.SERVER;
    String error = errorType(span);
    Distribution series =
        (served ? rpcServerLookup : rpcClientLookup)
            .get(call.system, call.methodLabel(), call.status(), error, 0, 0);
    if (series == null) {
      series =
          (served ? rpcServer : rpcClient)
              .find(call.system, call.methodLabel(), text(call.status()), text(error));
    }
    if (series != null) exemplar(series, span.durationNanos(), span, now);
  }

  private static void exemplar(Distribution series, long value, Span span, long now) {
    if (series.wantsExemplar(value, now))
      series.exemplar(value, span.request().traceId(), Ids.span(span.id()));
  }

  private static @Nullable String errorType(Span span) {
    Failure failure = span.failure();
    return failure == null ? null : failure.type;
  }

  // ---- For any thread --------------------------------------------------------------------------

  /** CPU time of the agent's own threads in ns; below 0 where the JVM does not say. */
  public long ownCpuNanos() {
    return jvm().ownNanos();
  }

  /** Since when counters count, in ms since 1970. */
  public long startMillis() {
    return startMillis;
  }

  /** The series of a metric by their labels; none of what is not recorded in distributions. */
  public void visit(Metric metric, BiConsumer<String[], Distribution> visitor) {
    if (metric == Metric.HTTP_SERVER_DURATION) server.forEach(visitor);
    else if (metric == Metric.RPC_SERVER_DURATION) rpcServer.forEach(visitor);
    else if (metric == Metric.DB_DURATION) operations.forEach(visitor);
    else if (metric == Metric.DB_ROWS) rows.forEach(visitor);
    else if (metric == Metric.STATEMENTS_PER_REQUEST)
      routes.forEach((labels, route) -> visitor.accept(labels, route.statements));
    else if (metric == Metric.REQUEST_ALLOCATED)
      routes.forEach((labels, route) -> visitor.accept(labels, route.allocated));
  }

  /** Quantiles of the last minute: route, quantile; in seconds. */
  public List<Sample> quantiles() {
    Quantiles minute = quantiles;
    return minute == null ? Collections.emptyList() : minute.samples();
  }

  /** All metrics that have a series, as they are now. Any thread may ask, at any time. */
  public List<Family> snapshot() {
    Snapshot all = new Snapshot();
    all.add(Metric.HTTP_SERVER_DURATION, server);
    all.add(Metric.HTTP_SERVER_QUANTILES, quantiles());
    all.add(Metric.HTTP_CLIENT_DURATION, client);
    all.add(Metric.RPC_SERVER_DURATION, rpcServer);
    all.add(Metric.RPC_CLIENT_DURATION, rpcClient);
    all.add(Metric.DB_DURATION, operations);
    all.add(Metric.DB_ROWS, rows);
    pools.read(all);
    all.add(Metric.CACHE_REQUESTS, samples(caches, 1));
    all.add(Metric.FINDINGS, samples(findings, 1));
    all.add(Metric.VERDICTS, samples(verdicts, 1));
    all.add(Metric.WASTED, samples(wasted, 1e9));
    routes.forEach(
        (labels, route) -> {
          all.add(Metric.STATEMENTS_PER_REQUEST, route.statements, labels);
          all.add(Metric.REQUEST_ALLOCATED, route.allocated, labels);
        });
    try {
      jvm().read(all);
    } catch (LinkageError absent) {
      // A runtime without the module java.management does not say.
    }
    synchronized (readings) {
      readings.forEach(all::add);
    }
    List<Family> families = all.families();
    families.add(all.sizes(families));
    if (!target.isEmpty()) families.add(resource(target));
    return families;
  }

  private synchronized Jvm jvm() {
    Jvm known = jvm;
    if (known == null) jvm = known = new Jvm();
    return known;
  }

  private static Family resource(Map<String, ?> attributes) {
    Map<String, String> byLabel = new TreeMap<>(); // two keys may become one label
    attributes.forEach((key, value) -> byLabel.put(Metric.label(key), String.valueOf(value)));
    return new Family(
        Metric.TARGET,
        new ArrayList<>(byLabel.keySet()),
        Collections.singletonList(new Sample(1, byLabel.values().toArray(new String[0]))));
  }

  private static Series<Distribution> distributions(Metric metric) {
    return new Series<>(metric.keys().size(), labels -> new Distribution(metric.rawBounds()));
  }

  private static Series<LongAdder> counters(Metric metric) {
    return new Series<>(metric.keys().size(), labels -> new LongAdder());
  }

  private static List<Sample> samples(Series<LongAdder> series, double perUnit) {
    List<Sample> samples = new ArrayList<>();
    series.forEach((labels, count) -> samples.add(new Sample(count.sum() / perUnit, labels)));
    return samples;
  }

  /** Adds what a metric has at this moment. */
  interface Reading {
    void addTo(List<Sample> samples);
  }

  /** What is counted for each route beside its duration. */
  private static final class Route {
    final String label;
    final Distribution statements = new Distribution(Metric.STATEMENTS_PER_REQUEST.rawBounds());
    final Distribution allocated = new Distribution(Metric.REQUEST_ALLOCATED.rawBounds());

    Route(String[] labels) {
      label = labels[0];
    }
  }
}
