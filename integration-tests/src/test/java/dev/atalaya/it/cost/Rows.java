package dev.atalaya.it.cost;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A table by rows: what of each variant was measured in each round; it prints the medians. Rows are
 * in the order of their titles, of which the first two characters are left out.
 */
final class Rows {
  private final List<Variant> variants;
  private final Map<String, Map<Variant, List<Double>>> rows = new TreeMap<>();

  Rows(List<Variant> variants) {
    this.variants = variants;
  }

  void add(String row, Variant variant, double value) {
    rows.computeIfAbsent(row, r -> new TreeMap<>())
        .computeIfAbsent(variant, v -> new ArrayList<>())
        .add(value);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("| |");
    for (Variant variant : variants) text.append(' ').append(variant.title).append(" |");
    text.append("\n|---|").append("---|".repeat(variants.size())).append('\n');
    rows.forEach(
        (row, values) -> {
          text.append("| ").append(row.substring(2)).append(" |");
          for (Variant variant : variants) {
            List<Double> found = values.getOrDefault(variant, List.of());
            text.append(' ').append(found.isEmpty() ? "" : number(median(found))).append(" |");
          }
          text.append('\n');
        });
    return text.toString();
  }

  private static String number(double value) {
    return String.format(
        Locale.ROOT, value < 100 && value != Math.rint(value) ? "%.2f" : "%,.0f", value);
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip((values.size() - 1) / 2).findFirst().orElseThrow();
  }
}
