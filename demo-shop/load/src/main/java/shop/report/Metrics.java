package shop.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** One look at the agent's metrics, from Prometheus' text format. */
record Metrics(List<Sample> samples) {

  record Sample(String name, Map<String, String> labels, double value) {

    boolean has(String... labelsAndValues) {
      for (int i = 0; i < labelsAndValues.length; i += 2) {
        if (!labelsAndValues[i + 1].equals(labels.get(labelsAndValues[i]))) {
          return false;
        }
      }
      return true;
    }
  }

  static Metrics parse(String text) {
    List<Sample> samples = new ArrayList<>();
    for (String line : text.split("\n")) {
      if (!line.isBlank() && !line.startsWith("#")) {
        samples.add(new Line(line).sample());
      }
    }
    return new Metrics(samples);
  }

  /** Of all series of that name with these labels; 0 where there is none. */
  double sum(String name, String... labelsAndValues) {
    double sum = 0;
    for (Sample sample : samples) {
      if (sample.name.equals(name) && sample.has(labelsAndValues)) {
        sum += sample.value;
      }
    }
    return sum;
  }

  /** What a counter, or a histogram's part, has grown by since then. */
  double since(Metrics before, String name, String... labelsAndValues) {
    return sum(name, labelsAndValues) - before.sum(name, labelsAndValues);
  }

  /** The different values of a label. */
  List<String> values(String name, String label) {
    TreeSet<String> values = new TreeSet<>();
    for (Sample sample : samples) {
      if (sample.name.equals(name)) {
        values.add(sample.labels.getOrDefault(label, ""));
      }
    }
    return List.copyOf(values);
  }

  /** {@code name{label="value",} 1.0}, read from left to right. */
  private static final class Line {
    private final String text;
    private int at;

    Line(String text) {
      this.text = text;
    }

    Sample sample() {
      String name = until("{ ");
      Map<String, String> labels = new HashMap<>();
      if (text.charAt(at) == '{') {
        at++;
        while (text.charAt(at) != '}') {
          String label = until("=");
          at += 2; // the quote too
          labels.put(label, value());
          if (text.charAt(at) == ',') {
            at++;
          }
        }
        at++;
      }
      // A time may follow the value.
      String number = text.substring(at).strip().split(" ")[0];
      return new Sample(name, labels, number(number));
    }

    private String until(String ends) {
      int from = at;
      while (ends.indexOf(text.charAt(at)) < 0) {
        at++;
      }
      return text.substring(from, at);
    }

    private String value() {
      StringBuilder value = new StringBuilder();
      for (; text.charAt(at) != '"'; at++) {
        char c = text.charAt(at);
        if (c == '\\') {
          at++;
          c = text.charAt(at) == 'n' ? '\n' : text.charAt(at);
        }
        value.append(c);
      }
      at++;
      return value.toString();
    }

    private static double number(String text) {
      return switch (text) {
        case "+Inf" -> Double.POSITIVE_INFINITY;
        case "-Inf" -> Double.NEGATIVE_INFINITY;
        default -> Double.parseDouble(text);
      };
    }
  }
}
