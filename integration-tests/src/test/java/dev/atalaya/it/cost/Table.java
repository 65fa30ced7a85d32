package dev.atalaya.it.cost;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** What each variant adds to the run without an agent of the same round: the rounds' medians. */
final class Table {
  private final Path javaHome;
  private final List<Map<Variant, Map<Metric, Double>>> rounds;
  private final List<String> errors;

  Table(Path javaHome, List<Map<Variant, Map<Metric, Double>>> rounds, List<String> errors) {
    this.javaHome = javaHome;
    this.rounds = rounds;
    this.errors = errors;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append("JDK ").append(javaHome.getFileName()).append(", ");
    text.append(Runtime.getRuntime().availableProcessors()).append(" cores, medians of ");
    text.append(rounds.size()).append(" rounds\n\n");
    boolean before = rounds.stream().anyMatch(round -> round.containsKey(Variant.BEFORE));
    text.append(
        "| added | no agent | OpenTelemetry | Atalaya"
            + (before ? " | Atalaya before" : "")
            + " | bound | Atalaya / OpenTelemetry"
            + " | noise: no agent, again (largest) | empty agent |\n");
    text.append(before ? "|---" : "").append("|---|---|---|---|---|---|---|---|\n");
    for (Metric metric : Metric.values()) {
      double rival = added(metric, Variant.OPENTELEMETRY);
      double ours = added(metric, Variant.ATALAYA);
      text.append("| ").append(metric.title);
      text.append(" | ").append(number(metric, absolute(metric), false));
      text.append(" | ").append(number(metric, rival, true));
      String our = number(metric, ours, true);
      text.append(" | ").append(our.isEmpty() ? "" : "**" + our + "**");
      if (before) {
        text.append(" | ").append(number(metric, added(metric, Variant.BEFORE), true));
      }
      text.append(" | ");
      if (!Double.isNaN(metric.bound)) {
        text.append("< ").append(number(metric, metric.bound, true));
      }
      text.append(" | ");
      if (Double.isFinite(ours / rival) && metric != Metric.DELIVERED) {
        text.append(String.format(Locale.ROOT, "%.3f", ours / rival));
      }
      text.append(" | ").append(noise(metric));
      text.append(" | ").append(number(metric, added(metric, Variant.EMPTY), true));
      text.append(" |\n");
    }
    for (String error : errors) {
      text.append("\nDoubtful: ").append(error).append('\n');
    }
    return text.toString();
  }

  /** NaN where the variant did not run. */
  double added(Metric metric, Variant variant) {
    return median(differences(metric, variant));
  }

  private double[] differences(Metric metric, Variant variant) {
    boolean plain = isNotCompared(metric);
    return rounds.stream()
        .map(
            round -> {
              Double with = value(round, variant, metric);
              Double without = plain ? Double.valueOf(0) : value(round, Variant.NONE, metric);
              return with == null || without == null ? null : with - without;
            })
        .filter(Objects::nonNull)
        .mapToDouble(Double::doubleValue)
        .toArray();
  }

  private static boolean isNotCompared(Metric metric) {
    return metric == Metric.JAR || metric == Metric.DELIVERED || metric == Metric.OTHER_SPANS;
  }

  private double absolute(Metric metric) {
    return median(
        rounds.stream()
            .map(round -> value(round, Variant.NONE, metric))
            .filter(Objects::nonNull)
            .mapToDouble(Double::doubleValue)
            .toArray());
  }

  private static Double value(
      Map<Variant, Map<Metric, Double>> round, Variant variant, Metric metric) {
    return round.getOrDefault(variant, Map.of()).get(metric);
  }

  private String noise(Metric metric) {
    double[] noise = differences(metric, Variant.NONE_AGAIN);
    if (noise.length == 0 || metric == Metric.JAR) {
      return "";
    }
    double largest = Arrays.stream(noise).map(Math::abs).max().orElseThrow();
    return number(metric, median(noise), true) + " (" + number(metric, largest, false) + ")";
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    if (sorted.length == 0) {
      return Double.NaN;
    }
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private static String number(Metric metric, double value, boolean signed) {
    if (Double.isNaN(value)) {
      return "";
    }
    boolean plain = !signed || isNotCompared(metric);
    String format = (plain ? "%." : "%+,.") + metric.digits + "f";
    return (String.format(Locale.ROOT, format, value) + " " + metric.unit).trim();
  }
}
