package dev.atalaya.agent.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;

/** Prints docs/metrics.md; a stale page is rewritten, and fails the build once. */
class MetricsDocTest {
  private static final Path PAGE = Path.of("..", "docs", "metrics.md");

  @Test
  void the_page_shows_the_metrics_as_they_are_declared() throws IOException {
    String page = page();
    String found = Files.exists(PAGE) ? Files.readString(PAGE) : "";
    if (!found.equals(page) && System.getenv("CI") == null) {
      Files.createDirectories(PAGE.getParent());
      Files.writeString(PAGE, page);
    }
    assertEquals(page, found, "docs/metrics.md was stale; it is rewritten unless CI is set");
  }

  private static String page() {
    StringBuilder page = new StringBuilder();
    page.append("# Metrics\n\n");
    page.append("Printed from `Metric.java` by `MetricsDocTest`; change that, not this page.\n\n");
    page.append(
        "On `/metrics` of the agent's port, or sent over OTLP under OpenTelemetry's name.\n");
    page.append("A label that does not apply is empty. A label takes at most ");
    page.append(Series.MAX_VALUES).append(" values, a metric ").append(Series.MAX_SETS);
    page.append(" label sets;\nwhat overflows becomes `").append(Series.OTHER).append("`. ");
    page.append("A series appears with its first value.\n");
    for (Metric metric : Metric.values()) {
      page.append("\n## `").append(metric.prometheusName()).append("`\n");
      page.append(metric.help()).append("\n\n");
      page.append("| | |\n|---|---|\n");
      String type = metric.type().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
      page.append("| type | ").append(type).append(" |\n");
      page.append("| OpenTelemetry | `").append(metric.otelName()).append('`');
      if (!metric.unit().isEmpty()) page.append(", `").append(metric.unit()).append('`');
      page.append(" |\n");
      page.append("| labels | ").append(labels(metric)).append(" |\n");
      if (metric.bounds().length > 0) {
        page.append("| le | ").append(bounds(metric)).append(" |\n");
      }
      String reason = Lint.reason(metric);
      if (reason != null) {
        page.append("| `promtool check metrics` | minds it: ").append(reason);
        page.append(" |\n");
      }
    }
    return page.toString();
  }

  private static String labels(Metric metric) {
    if (metric == Metric.TARGET) return "the resource's attributes";
    StringJoiner labels = new StringJoiner(", ");
    labels.setEmptyValue("none");
    for (String key : metric.keys()) labels.add("`" + Metric.label(key) + "`");
    return labels.toString();
  }

  private static String bounds(Metric metric) {
    StringJoiner bounds = new StringJoiner(" ");
    for (double bound : metric.bounds()) {
      bounds.add(bound == (long) bound ? String.valueOf((long) bound) : String.valueOf(bound));
    }
    return bounds.toString();
  }
}
