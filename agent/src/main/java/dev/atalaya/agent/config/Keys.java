package dev.atalaya.agent.config;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which keys there are, and which of them a misspelt one may mean. */
final class Keys {
  /** OpenTelemetry's that mean nothing here; with a dot at the end, all that begin so. */
  private static final String[] IGNORED = {
    "otel.attribute.",
    "otel.blrp.",
    "otel.config.file",
    "otel.event.",
    "otel.experimental.",
    "otel.exporter.console.",
    "otel.exporter.jaeger.",
    "otel.exporter.logging.",
    "otel.exporter.otlp.insecure",
    "otel.exporter.otlp.logs.",
    "otel.exporter.otlp.metrics.default.histogram.aggregation",
    "otel.exporter.otlp.metrics.insecure",
    "otel.exporter.otlp.metrics.temporality.preference",
    "otel.exporter.otlp.profiles.",
    "otel.exporter.otlp.span.insecure",
    "otel.exporter.otlp.traces.insecure",
    "otel.exporter.zipkin.",
    "otel.instrumentation.",
    "otel.java.",
    "otel.javaagent.",
    "otel.jmx.",
    "otel.link.",
    "otel.log.level",
    "otel.logrecord.",
    "otel.logs.exporter",
    "otel.metric.export.timeout",
    "otel.metrics.exemplar.filter",
    "otel.resource.disabled.keys",
    "otel.resource.providers.",
    "otel.semconv-stability.opt-in",
    "otel.semconv.stability.opt.in",
    "otel.span.",
  };

  private static final String ENABLED = ".enabled";

  private final Set<String> known = new LinkedHashSet<>();
  private boolean instrumentations;

  Keys(List<Option<?>> options) {
    for (Option<?> option : options) {
      known.add(option.key());
      for (String signal : Options.SIGNALS) known.add(Options.signalKey(option, signal));
    }
  }

  /** Until this is called, any name of an instrumentation will do. */
  void instrumentations(Collection<String> names) {
    for (String name : names) known.add(Options.INSTRUMENTATION_PREFIX + name + ENABLED);
    instrumentations = true;
  }

  /** One line, or null where the key is fine. */
  @Nullable String problem(String key) {
    if (known.contains(key) || among(IGNORED, key)) return null;
    if (key.startsWith(Options.ROUTE_PREFIX)) return null;
    boolean switches = key.startsWith(Options.INSTRUMENTATION_PREFIX) && key.endsWith(ENABLED);
    if (switches && !instrumentations) return null;
    // The beginning that many keys share does not count as likeness.
    int most =
        switches
            ? (key.length() - Options.INSTRUMENTATION_PREFIX.length() - ENABLED.length()) / 2
            : (key.length() - 1 - key.indexOf('.')) / 3;
    return "unknown option " + key + nearest(key, known, most);
  }

  /** As {@link #problem}, of an environment variable. */
  @Nullable String problemOfVariable(String variable) {
    Set<String> variables = new LinkedHashSet<>();
    for (String key : known) variables.add(Option.variable(key));
    if (variables.contains(variable)) return null;
    boolean switches = variable.startsWith(Option.variable(Options.INSTRUMENTATION_PREFIX));
    if (switches && !instrumentations) return null;
    int most = switches ? 2 : (variable.length() - 1 - variable.indexOf('_')) / 3;
    return "unknown environment variable " + variable + nearest(variable, variables, most);
  }

  private static boolean among(String[] keys, String key) {
    for (String one : keys) {
      if (one.endsWith(".") ? key.startsWith(one) : key.equals(one)) return true;
    }
    return false;
  }

  private static String nearest(String name, Collection<String> names, int most) {
    String best = null;
    int least = most + 1;
    for (String candidate : names) {
      int distance = distance(name, candidate);
      if (distance < least) {
        least = distance;
        best = candidate;
      }
    }
    return best == null ? "" : "; did you mean " + best + "?";
  }

  /** Levenshtein's. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) row[j] = j;
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int above = row[j];
        int substitute = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(substitute, Math.min(above, row[j - 1]) + 1);
        diagonal = above;
      }
    }
    return row[b.length()];
  }
}
