package dev.atalaya.agent.metrics;

import static dev.atalaya.agent.metrics.Family.Type.COUNTER;
import static dev.atalaya.agent.metrics.Family.Type.GAUGE;
import static dev.atalaya.agent.metrics.Family.Type.HISTOGRAM;
import static dev.atalaya.agent.metrics.Family.Type.INFO;
import static dev.atalaya.agent.metrics.Family.Type.UP_DOWN_COUNTER;

import dev.atalaya.agent.trace.RpcNames;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * All metrics, declared once: name, kind, unit, sentence, labels, buckets. Names and labels are
 * OpenTelemetry's; Prometheus' follow from them. The reference page is printed from here.
 */
public enum Metric {
  HTTP_SERVER_DURATION(
      "http.server.request.duration",
      HISTOGRAM,
      "s",
      "Duration of incoming HTTP requests.",
      Bounds.HTTP,
      "http.request.method",
      "http.route",
      "http.response.status_code",
      "url.scheme",
      "error.type"),
  HTTP_SERVER_QUANTILES(
      "http.server.request.duration.quantile",
      GAUGE,
      "s",
      "Quantiles of the duration of incoming HTTP requests over the last minute.",
      "http.route",
      "quantile"),
  HTTP_CLIENT_DURATION(
      "http.client.request.duration",
      HISTOGRAM,
      "s",
      "Duration of outgoing HTTP requests.",
      Bounds.HTTP,
      "http.request.method",
      "server.address",
      "server.port",
      "http.response.status_code",
      "error.type"),
  RPC_SERVER_DURATION(
      RpcNames.SERVER_DURATION,
      HISTOGRAM,
      "s",
      "Duration of incoming remote procedure calls.",
      Bounds.HTTP,
      RpcNames.SYSTEM,
      RpcNames.METHOD,
      RpcNames.STATUS,
      "error.type"),
  RPC_CLIENT_DURATION(
      RpcNames.CLIENT_DURATION,
      HISTOGRAM,
      "s",
      "Duration of outgoing remote procedure calls.",
      Bounds.HTTP,
      RpcNames.SYSTEM,
      RpcNames.METHOD,
      RpcNames.STATUS,
      "error.type"),
  DB_DURATION(
      "db.client.operation.duration",
      HISTOGRAM,
      "s",
      "Duration of database operations: of the execution, without reading the rows.",
      Bounds.DB,
      "db.system.name",
      "db.namespace",
      "db.operation.name",
      "db.collection.name",
      "db.query.summary",
      "server.address",
      "server.port",
      "db.response.status_code",
      "error.type"),
  DB_ROWS(
      "db.client.response.returned_rows",
      HISTOGRAM,
      "{row}",
      "Rows that the application read of a database operation's result.",
      Bounds.ROWS,
      "db.system.name",
      "db.namespace",
      "db.operation.name",
      "db.collection.name",
      "db.query.summary",
      "server.address",
      "server.port",
      "db.response.status_code",
      "error.type"),
  POOL_COUNT(
      "db.client.connection.count",
      UP_DOWN_COUNTER,
      "{connection}",
      "Connections of a pool, by state: idle or used.",
      "db.client.connection.pool.name",
      "db.client.connection.state"),
  POOL_MAX(
      "db.client.connection.max",
      UP_DOWN_COUNTER,
      "{connection}",
      "The most connections that a pool may open.",
      "db.client.connection.pool.name"),
  POOL_PENDING(
      "db.client.connection.pending_requests",
      UP_DOWN_COUNTER,
      "{request}",
      "Threads that wait for a connection of a pool.",
      "db.client.connection.pool.name"),
  POOL_WAIT(
      "db.client.connection.wait_time",
      HISTOGRAM,
      "s",
      "Time that it took to get a connection of a pool.",
      Bounds.DB,
      "db.client.connection.pool.name"),
  POOL_USE(
      "db.client.connection.use_time",
      HISTOGRAM,
      "s",
      "Time between getting a connection of a pool and giving it back.",
      Bounds.DB,
      "db.client.connection.pool.name"),
  POOL_TIMEOUTS(
      "db.client.connection.timeouts",
      COUNTER,
      "{timeout}",
      "Attempts to get a connection of a pool that failed.",
      "db.client.connection.pool.name"),
  CACHE_REQUESTS(
      "cache.requests",
      COUNTER,
      "{request}",
      "Reads of a cache, by result: hit or miss.",
      "cache.system",
      "cache.name",
      "cache.result"),

  STATEMENTS_PER_REQUEST(
      "atalaya.statements_per_request",
      HISTOGRAM,
      "{statement}",
      "Statements and commands that an incoming request sent.",
      Bounds.STATEMENTS,
      "http.route"),
  REQUEST_ALLOCATED(
      "atalaya.request.allocated",
      HISTOGRAM,
      "By",
      "Bytes that the thread of an incoming request allocated; none for asynchronous ones.",
      Bounds.BYTES,
      "http.route"),

  FINDINGS(
      "atalaya.findings",
      COUNTER,
      "{finding}",
      "Units of work in which a finding showed itself.",
      "kind",
      "severity",
      "entry_point",
      "db.system.name"),
  VERDICTS(
      "atalaya.verdicts",
      COUNTER,
      "{verdict}",
      "What repeated, slow or ignored operations turned out to be, once a unit of work; told is true"
          + " where a finding came of it.",
      "verdict",
      "told"),
  WASTED(
      "atalaya.finding.wasted",
      COUNTER,
      "s",
      "Time that findings cost and their fix would save, parallel calls added up.",
      "kind",
      "entry_point"),

  JVM_MEMORY_USED(
      "jvm.memory.used",
      UP_DOWN_COUNTER,
      "By",
      "Memory in use.",
      "jvm.memory.type",
      "jvm.memory.pool.name"),
  JVM_MEMORY_COMMITTED(
      "jvm.memory.committed",
      UP_DOWN_COUNTER,
      "By",
      "Memory that is guaranteed to be available.",
      "jvm.memory.type",
      "jvm.memory.pool.name"),
  JVM_MEMORY_LIMIT(
      "jvm.memory.limit",
      UP_DOWN_COUNTER,
      "By",
      "The most memory that can be had, where there is a limit.",
      "jvm.memory.type",
      "jvm.memory.pool.name"),
  JVM_MEMORY_AFTER_GC(
      "jvm.memory.used_after_last_gc",
      UP_DOWN_COUNTER,
      "By",
      "Memory in use after the latest collection of the pool.",
      "jvm.memory.type",
      "jvm.memory.pool.name"),
  JVM_GC_DURATION(
      "jvm.gc.duration",
      HISTOGRAM,
      "s",
      "Duration of garbage collections.",
      Bounds.GC,
      "jvm.gc.action",
      "jvm.gc.name"),
  JVM_THREADS(
      "jvm.thread.count",
      UP_DOWN_COUNTER,
      "{thread}",
      "Platform threads.",
      "jvm.thread.daemon",
      "jvm.thread.state"),
  JVM_CLASSES_LOADED("jvm.class.loaded", COUNTER, "{class}", "Classes loaded since the start."),
  JVM_CLASSES_UNLOADED(
      "jvm.class.unloaded", COUNTER, "{class}", "Classes unloaded since the start."),
  JVM_CLASSES("jvm.class.count", UP_DOWN_COUNTER, "{class}", "Classes loaded now."),
  JVM_CPU_TIME("jvm.cpu.time", COUNTER, "s", "CPU time that the process used."),
  JVM_CPU_COUNT("jvm.cpu.count", UP_DOWN_COUNTER, "{cpu}", "Processors available."),
  JVM_CPU_UTILIZATION(
      "jvm.cpu.recent_utilization",
      GAUGE,
      "1",
      "Share of all processors' time that the process used recently."),
  JVM_BUFFER_USED(
      "jvm.buffer.memory.used",
      UP_DOWN_COUNTER,
      "By",
      "Memory of direct and mapped buffers.",
      "jvm.buffer.pool.name"),
  JVM_BUFFER_LIMIT(
      "jvm.buffer.memory.limit",
      UP_DOWN_COUNTER,
      "By",
      "Capacity of direct and mapped buffers.",
      "jvm.buffer.pool.name"),
  JVM_BUFFERS(
      "jvm.buffer.count",
      UP_DOWN_COUNTER,
      "{buffer}",
      "Direct and mapped buffers.",
      "jvm.buffer.pool.name"),

  ENABLED("atalaya.enabled", GAUGE, "", "1 while the agent records, 0 while it is switched off."),
  SPANS_EXPORTED("atalaya.spans.exported", COUNTER, "{span}", "Spans that an exporter took."),
  SPANS_DROPPED(
      "atalaya.spans.dropped", COUNTER, "{span}", "Spans that were lost, by reason.", "reason"),
  QUEUE_SIZE("atalaya.queue.size", GAUGE, "", "Requests that wait for the worker."),
  INSTRUMENTATION_ERRORS(
      "atalaya.instrumentation.errors",
      COUNTER,
      "{error}",
      "Exceptions in woven code, which the application did not see.",
      "instrumentation"),
  AGENT_ERRORS(
      "atalaya.agent.errors",
      COUNTER,
      "{error}",
      "Errors in the agent's own parts, which went on.",
      "part"),
  ALERTS(
      "atalaya.alerts",
      COUNTER,
      "{alert}",
      "Alerts by channel and result: sent, failed (kept, to be tried again), dropped.",
      "channel",
      "result"),
  BREAKER_STAGE(
      "atalaya.breaker.stage",
      GAUGE,
      "",
      "How much the agent leaves so as to cost less: 0 nothing, 1 plans, 2 call sites, 3 folding,"
          + " 4 spans, 5 everything."),
  BREAKER_SHARE(
      "atalaya.breaker.share",
      GAUGE,
      "1",
      "What the breaker looks at: heap in use after collections, CPU of the agent's threads of one"
          + " core, what it adds to requests of their own time.",
      "cost"),
  SERIES("atalaya.series", GAUGE, "{series}", "Series of a metric.", "metric"),
  OVERHEAD("atalaya.overhead", COUNTER, "s", "CPU time of the agent's own threads."),
  TARGET("target", INFO, "", "The resource that the metrics are of.");

  private final String otelName;
  private final Family.Type type;
  private final String unit;
  private final String help;
  private final long[] rawBounds;
  private final List<String> keys;

  Metric(String otelName, Family.Type type, String unit, String help, String... keys) {
    this(otelName, type, unit, help, Bounds.NONE, keys);
  }

  Metric(
      String otelName,
      Family.Type type,
      String unit,
      String help,
      long[] rawBounds,
      String... keys) {
    this.otelName = otelName;
    this.type = type;
    this.unit = unit;
    this.help = help;
    this.rawBounds = rawBounds;
    this.keys = Collections.unmodifiableList(Arrays.asList(keys));
  }

  String otelName() {
    return otelName;
  }

  Family.Type type() {
    return type;
  }

  String unit() {
    return unit;
  }

  String help() {
    return help;
  }

  List<String> keys() {
    return keys;
  }

  /** In what is recorded: nanoseconds for durations. */
  long[] rawBounds() {
    return rawBounds;
  }

  /** In the metric's unit. */
  double[] bounds() {
    double[] bounds = new double[rawBounds.length];
    for (int i = 0; i < bounds.length; i++) bounds[i] = rawBounds[i] / perUnit();
    return bounds;
  }

  /** How many of what is recorded make one of the unit. */
  double perUnit() {
    return unit.equals("s") ? 1e9 : 1;
  }

  /** OpenTelemetry's rules for Prometheus' names. */
  String prometheusName() {
    String name = label(otelName);
    String suffix = prometheusUnit();
    if (!suffix.isEmpty()) name += "_" + suffix;
    if (type == COUNTER) name += "_total";
    return type == INFO ? name + "_info" : name;
  }

  String prometheusUnit() {
    switch (unit) {
      case "s":
        return "seconds";
      case "By":
        return "bytes";
      case "1":
        return "ratio";
      default:
        return "";
    }
  }

  /** A key as a Prometheus label: {@code http_route}. */
  static String label(String key) {
    StringBuilder label = new StringBuilder(key.length());
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      boolean digit = c >= '0' && c <= '9';
      if (digit && i == 0) label.append('_');
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      label.append(digit || letter ? c : '_');
    }
    return label.toString();
  }

  /** Buckets; durations in nanoseconds. Allocated bytes: powers of 4 from 1 KiB to 1 GiB. */
  private static final class Bounds {
    static final long[] NONE = {};
    static final long[] HTTP =
        millis(5, 10, 25, 50, 75, 100, 250, 500, 750, 1_000, 2_500, 5_000, 7_500, 10_000);
    static final long[] DB = millis(1, 5, 10, 50, 100, 500, 1_000, 5_000, 10_000);
    static final long[] GC = millis(10, 100, 1_000, 10_000);
    static final long[] ROWS = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000};
    static final long[] STATEMENTS = {0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000};
    static final long[] BYTES = {
      1 << 10, 1 << 12, 1 << 14, 1 << 16, 1 << 18, 1 << 20, 1 << 22, 1 << 24, 1 << 26, 1 << 28,
      1 << 30
    };

    private static long[] millis(long... values) {
      for (int i = 0; i < values.length; i++) values[i] *= 1_000_000;
      return values;
    }
  }
}
