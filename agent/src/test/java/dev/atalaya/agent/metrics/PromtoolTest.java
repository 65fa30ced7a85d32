package dev.atalaya.agent.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.atalaya.agent.trace.Distribution;
import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.exporter.common.TextFormat;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What {@code promtool check metrics} says of all metrics; each exception has its reason. */
class PromtoolTest {
  @Test
  void promtool_finds_nothing_but_what_the_page_explains() throws Exception {
    File promtool = promtool();
    assumeTrue(promtool != null, "promtool is not installed");
    Process check =
        new ProcessBuilder(promtool.getPath(), "check", "metrics")
            .redirectErrorStream(true)
            .start();
    try (OutputStream in = check.getOutputStream()) {
      in.write(text().getBytes(StandardCharsets.UTF_8));
    }
    String output = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    check.waitFor();

    TreeSet<String> unexplained = new TreeSet<>(Arrays.asList(output.split("\n")));
    TreeSet<String> unneeded = new TreeSet<>();
    for (Metric metric : Metric.values()) {
      String reason = Lint.reason(metric);
      String name = metric.prometheusName() + " ";
      if (reason != null && !unexplained.removeIf(line -> line.startsWith(name))) {
        unneeded.add(name);
      }
    }
    unexplained.remove("");
    assertEquals(Collections.emptySet(), unexplained, output);
    assertEquals(Collections.emptySet(), unneeded, "a reason for what promtool does not mind");
  }

  /** A sample of every metric that is declared. */
  private static String text() throws IOException {
    List<MetricFamilySamples> families = new ArrayList<>();
    for (Metric metric : Metric.values()) {
      String[] labels = metric.keys().toArray(new String[0]);
      Arrays.fill(labels, "a");
      Distribution distribution = new Distribution(metric.rawBounds());
      distribution.record(1);
      boolean histogram = metric.type() == Family.Type.HISTOGRAM;
      Sample sample =
          histogram ? new Sample(distribution, metric.perUnit(), labels) : new Sample(1, labels);
      Family family = new Family(metric, metric.keys(), Collections.singletonList(sample));
      families.add(PrometheusFamilies.samples(family));
    }
    StringWriter text = new StringWriter();
    TextFormat.write004(text, Collections.enumeration(families));
    return text.toString();
  }

  private static File promtool() {
    String folder = System.getenv("PROMETHEUS_BIN");
    for (String place : Arrays.asList(folder == null ? "/usr/bin" : folder, "/usr/bin")) {
      File file = new File(place, "promtool");
      if (file.canExecute()) return file;
    }
    return null;
  }
}
