package dev.atalaya.agent.detect;

import dev.atalaya.agent.callsite.CallSite;
import dev.atalaya.agent.config.Options;
import dev.atalaya.agent.config.Wildcard;
import dev.atalaya.agent.trace.OperationFamily;
import dev.atalaya.agent.trace.Request;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the options say about detection: thresholds, and what to leave alone. Live. */
public final class Rules {
  private final Options options;
  private volatile Patterns patterns;

  public Rules(Options options) {
    this.options = options;
    patterns = new Patterns(options);
  }

  /** After live options may have changed. */
  public void refresh() {
    patterns = new Patterns(options);
  }

  /** How often the operation must repeat in a unit of work of that kind to be classified. */
  int threshold(Request.Kind kind, Operation operation) {
    boolean request = kind == Request.Kind.REQUEST;
    return options.get(Families.of(operation).threshold(request, operation.isWrite()));
  }

  /** Below this many repeats nothing is classified, whatever it is and wherever. */
  int leastRepeats() {
    return patterns.leastRepeats;
  }

  /** Below this no request is slow, whatever its route; in ns. */
  long leastSlowRequest() {
    return patterns.leastSlowRequest;
  }

  /** What is slow at that entry point, in ns. */
  public long slowRequest(String entryPoint) {
    for (Map.Entry<Wildcard, Long> route : patterns.slowRoutes.entrySet()) {
      if (matches(route.getKey(), entryPoint)) return route.getValue();
    }
    return options.get(Options.SLOW_REQUEST);
  }

  long slowQuery() {
    return options.get(Options.SLOW_QUERY);
  }

  long slowRunning() {
    return options.get(Options.SLOW_QUERY_RUNNING);
  }

  long silenceNanos() {
    return options.get(Options.ALERT_SILENCE);
  }

  boolean alerts(Kind kind, Severity severity) {
    return alerts(options, kind, severity);
  }

  /** Whether the user wants to be alerted of such a thing at present. */
  public static boolean alerts(Options options, Kind kind, Severity severity) {
    String least = options.get(Options.ALERT_MIN_SEVERITY).toUpperCase(Locale.ROOT);
    if (severity.compareTo(Severity.valueOf(least)) < 0) return false;
    return kind != Kind.SLOW_QUERY || options.get(Options.ALERT_SLOW_QUERY);
  }

  String traceUrl() {
    return options.get(Options.TRACE_URL);
  }

  boolean exportsTraces() {
    return !options.get(Options.TRACES_EXPORTER).equals("none");
  }

  /** Whether traces of that kind ({@code slow}, {@code error}, {@code finding}) are kept. */
  boolean keeps(String kind) {
    return options.get(Options.TRACES_KEEP).contains(kind);
  }

  boolean ignoresEntryPoint(String entryPoint) {
    for (Wildcard route : patterns.routes) if (matches(route, entryPoint)) return true;
    return false;
  }

  boolean ignoresTable(@Nullable String table) {
    if (table == null || patterns.tables.isEmpty()) return false;
    String name = table.replaceAll("[\"`\\[\\]]", "");
    String last = name.substring(name.lastIndexOf('.') + 1);
    for (Wildcard one : patterns.tables) {
      if (one.matches(name) || one.matches(last)) return true;
    }
    return false;
  }

  boolean ignoresSite(@Nullable CallSite site) {
    if (site == null || patterns.sites.isEmpty()) return false;
    String type = site.top().getClassName();
    String method = type + "." + site.top().getMethodName();
    for (Wildcard one : patterns.sites) {
      if (one.matches(type) || one.matches(method)) return true;
    }
    return false;
  }

  boolean ignoresFingerprint(String fingerprint) {
    for (Wildcard one : patterns.fingerprints) if (one.matches(fingerprint)) return true;
    return false;
  }

  /** A route is meant with its method ({@code GET /admin/*}) or without. */
  private static boolean matches(Wildcard route, String entryPoint) {
    if (route.matches(entryPoint)) return true;
    int blank = entryPoint.indexOf(' ');
    return blank > 0 && route.matches(entryPoint.substring(blank + 1));
  }

  /** The options' texts, ready to be asked. */
  private static final class Patterns {
    private static final boolean[] EITHER = {true, false};

    final List<Wildcard> routes;
    final List<Wildcard> tables;
    final List<Wildcard> sites;
    final List<Wildcard> fingerprints;
    final Map<Wildcard, Long> slowRoutes = new LinkedHashMap<>();
    final int leastRepeats;
    final long leastSlowRequest;

    Patterns(Options options) {
      routes = all(options.get(Options.IGNORE_ROUTES), false);
      tables = all(options.get(Options.IGNORE_TABLES), true);
      sites = all(options.get(Options.IGNORE_CALL_SITES), false);
      fingerprints = all(options.get(Options.IGNORE_FINGERPRINTS), false);
      List<Map.Entry<String, Long>> ofRoutes = new ArrayList<>(options.slowRoutes().entrySet());
      // The longest, as the most exact, first.
      ofRoutes.sort((a, b) -> b.getKey().length() - a.getKey().length());
      long slow = options.get(Options.SLOW_REQUEST);
      for (Map.Entry<String, Long> route : ofRoutes) {
        slowRoutes.put(new Wildcard(route.getKey(), false), route.getValue());
        slow = Math.min(slow, route.getValue());
      }
      leastSlowRequest = slow;
      leastRepeats = leastRepeats(options);
    }

    private static int leastRepeats(Options options) {
      int least = Integer.MAX_VALUE;
      for (OperationFamily family : OperationFamily.values()) {
        FamilyRules rules = Families.of(family);
        for (boolean request : EITHER) {
          for (boolean writes : EITHER) {
            least = Math.min(least, options.get(rules.threshold(request, writes)));
          }
        }
      }
      return least;
    }

    private static List<Wildcard> all(List<String> texts, boolean ignoresCase) {
      List<Wildcard> all = new ArrayList<>();
      for (String text : texts) all.add(new Wildcard(text, ignoresCase));
      return all;
    }
  }
}
