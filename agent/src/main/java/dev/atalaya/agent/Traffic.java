package dev.atalaya.agent;

import dev.atalaya.agent.metrics.Family;
import dev.atalaya.agent.metrics.Sample;
import dev.atalaya.agent.trace.OperationFamily;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.RpcNames;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.agent.trace.Worker;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What the agent has seen so far, and what is there that it does not see: for the page and the
 * doctor, and one line in the log a minute after the first of it.
 */
final class Traffic implements Worker.Consumer {
  /** Ends the name of a key-value store's count. */
  private static final String COMMANDS = "_commands";

  private static final long MINUTE_NANOS = 60_000_000_000L;

  private final Supplier<List<Family>> metrics;
  private final Function<String, OperationFamily> families;
  private final Unsupported unsupported;
  private final LongSupplier clock;
  private final Consumer<String> line;
  private volatile long jobs;
  private volatile boolean some;

  // Used by the worker's thread alone.
  private long first;
  private boolean counting;
  private boolean said;

  /**
   * @param families what family a {@code db.system.name} is of
   * @param clock nanoseconds that only grow
   */
  Traffic(
      Supplier<List<Family>> metrics,
      Function<String, OperationFamily> families,
      Unsupported unsupported,
      LongSupplier clock,
      Consumer<String> line) {
    this.metrics = metrics;
    this.families = families;
    this.unsupported = unsupported;
    this.clock = clock;
    this.line = line;
  }

  @Override
  public void accept(Request request, Span latest) {
    some = true;
    if (request.kind() != Request.Kind.JOB) return;
    for (Span span = latest; span != null; span = span.next()) if (span.isRoot()) jobs++;
  }

  @Override
  public String part() {
    return "traffic";
  }

  @Override
  public void tick(boolean closing) {
    if (said) return;
    if (!counting) {
      counting = some || !unsupported.isEmpty();
      first = clock.getAsLong();
    } else if (clock.getAsLong() - first >= MINUTE_NANOS) {
      said = true;
      line.accept("The first minute: " + summary(counts()));
    }
  }

  /** For the doctor's report. */
  Map<String, Object> report() {
    Map<String, Long> counts = counts();
    Map<String, Object> report = new LinkedHashMap<>(counts);
    report.put("not_instrumented", unsupported.names());
    report.put("no_request_of", withoutRequests(counts));
    report.put("route_unknown", routeUnknown(counts));
    report.put("summary", summary(counts));
    return report;
  }

  /** The servers that are loaded, where no request was seen. */
  private List<String> withoutRequests(Map<String, Long> counts) {
    return anyRequest(counts) ? new ArrayList<>() : unsupported.servers();
  }

  /** The servers that are loaded, where requests were seen and none had a route. */
  private List<String> routeUnknown(Map<String, Long> counts) {
    return anyRequest(counts) && !anyRoute() ? unsupported.servers() : new ArrayList<>();
  }

  private static boolean anyRequest(Map<String, Long> counts) {
    return counts.getOrDefault("requests", 0L) > 0;
  }

  private boolean anyRoute() {
    for (Family family : metrics.get()) {
      if (!family.name.equals("http.server.request.duration")) continue;
      int route = family.keys.indexOf("http.route");
      for (Sample sample : family.samples) {
        if (sample.count > 0 && !sample.labels[route].isEmpty()) return true;
      }
    }
    return false;
  }

  private Map<String, Long> counts() {
    long requests = 0;
    long statements = 0;
    Map<String, Long> commands = new TreeMap<>();
    long calls = 0;
    long remote = 0;
    for (Family family : metrics.get()) {
      int system = family.keys.indexOf("db.system.name");
      for (Sample sample : family.samples) {
        if (family.name.equals("http.server.request.duration")) requests += sample.count;
        if (family.name.equals("http.client.request.duration")) calls += sample.count;
        if (family.name.equals(RpcNames.SERVER_DURATION)) requests += sample.count;
        if (family.name.equals(RpcNames.CLIENT_DURATION)) remote += sample.count;
        if (!family.name.equals("db.client.operation.duration")) continue;
        String of = sample.labels[system];
        if (families.apply(of) == OperationFamily.KEY_VALUE) {
          commands.merge(of + COMMANDS, sample.count, Long::sum);
        } else statements += sample.count;
      }
    }
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("requests", requests);
    counts.put("jobs", jobs);
    counts.put("statements", statements);
    counts.putAll(commands);
    counts.put("http_calls", calls);
    counts.put("rpc_calls", remote);
    return counts;
  }

  /** {@code Redis commands} of {@code redis_commands}. */
  private static String words(String what) {
    String words = what.replace("http", "HTTP").replace("rpc", "RPC").replace('_', ' ');
    return what.endsWith(COMMANDS)
        ? Character.toUpperCase(words.charAt(0)) + words.substring(1)
        : words;
  }

  /** {@code 12 requests, 345 statements seen; Kafka is loaded and not instrumented yet}. */
  private String summary(Map<String, Long> counts) {
    List<String> seen = new ArrayList<>();
    counts.forEach(
        (what, count) -> {
          if (count == 0 && !what.equals("requests")) return;
          String words = words(what);
          seen.add(count + " " + (count == 1 ? words.substring(0, words.length() - 1) : words));
        });
    List<String> all = new ArrayList<>();
    all.add(String.join(", ", seen) + " seen");
    List<String> servers = withoutRequests(counts);
    if (!servers.isEmpty()) all.add(loaded(servers));
    List<String> unrouted = routeUnknown(counts);
    if (!unrouted.isEmpty()) all.add("route unknown: " + String.join(", ", unrouted));
    List<String> missing = unsupported.names();
    if (!missing.isEmpty()) all.add(loaded(missing) + " and not instrumented yet");
    return String.join("; ", all);
  }

  /** {@code R2DBC, Kafka and Pulsar are loaded}. */
  private static String loaded(List<String> names) {
    int last = names.size() - 1;
    return last == 0
        ? names.get(0) + " is loaded"
        : String.join(", ", names.subList(0, last)) + " and " + names.get(last) + " are loaded";
  }
}
