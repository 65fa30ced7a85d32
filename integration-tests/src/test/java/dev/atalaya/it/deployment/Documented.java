package dev.atalaya.it.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A metric as docs/metrics.md has it. */
record Documented(String name, String type, Set<String> labels) {
  private static final Pattern METRIC =
      Pattern.compile(
          "(?s)## `(\\w+)`\\n.*?\\| type \\| ([\\w-]+) \\|.*?\\| labels \\| (.*?) \\|\\n");

  /** All of them, by each name that a sample of them has. */
  static Map<String, Documented> samples() throws IOException {
    Map<String, Documented> samples = new TreeMap<>();
    String page = Files.readString(Path.of("..", "docs", "metrics.md")) + "\n";
    Matcher matcher = METRIC.matcher(page);
    while (matcher.find()) {
      Set<String> labels = new TreeSet<>();
      Matcher label = Pattern.compile("`(\\w+)`").matcher(matcher.group(3));
      while (label.find()) labels.add(label.group(1));
      Documented metric = new Documented(matcher.group(1), matcher.group(2), labels);
      if (!metric.type.equals("histogram")) {
        samples.put(metric.name, metric);
        continue;
      }
      for (String part : new String[] {"_bucket", "_sum", "_count"}) {
        samples.put(metric.name + part, metric);
      }
    }
    return samples;
  }

  /** Those of the resource are up to its owner. */
  boolean hasAnyLabel() {
    return type.equals("info");
  }
}
