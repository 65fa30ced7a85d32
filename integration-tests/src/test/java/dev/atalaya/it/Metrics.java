package dev.atalaya.it;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One scrape of a metrics port. */
public record Metrics(List<Sample> samples, String text) {
  private static final Pattern SAMPLE =
      Pattern.compile("^([a-zA-Z_:][\\w:]*)(?:\\{(.*?)})? ([^ #]+)(?: [^#]*)?(?:# \\{(.*)} .*)?$");
  private static final Pattern LABEL = Pattern.compile("([\\w]+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  /** A line of a scrape; the exemplar's labels are empty where there is none. */
  public record Sample(
      String name, Map<String, String> labels, double value, Map<String, String> exemplar) {

    private boolean has(String... pairs) {
      for (int i = 0; i < pairs.length; i += 2) {
        if (!pairs[i + 1].equals(labels.getOrDefault(pairs[i], ""))) {
          return false;
        }
      }
      return true;
    }
  }

  public static Metrics text(int port) {
    return read(port, "text/plain");
  }

  public static Metrics openMetrics(int port) {
    return read(port, "application/openmetrics-text; version=1.0.0");
  }

  private static Metrics read(int port, String accept) {
    try {
      HttpResponse<String> response =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                      .header("Accept", accept)
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IllegalStateException("status " + response.statusCode() + response.body());
      }
      return parse(response.body());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException("no metrics on port " + port, e);
    }
  }

  public static Metrics parse(String text) {
    List<Sample> samples = new ArrayList<>();
    for (String line : text.split("\n")) {
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      Matcher matcher = SAMPLE.matcher(line);
      if (!matcher.matches()) {
        throw new IllegalStateException("no sample: " + line);
      }
      samples.add(
          new Sample(
              matcher.group(1),
              labels(matcher.group(2)),
              Double.parseDouble(matcher.group(3).replace("Inf", "Infinity")),
              labels(matcher.group(4))));
    }
    return new Metrics(samples, text);
  }

  private static Map<String, String> labels(String text) {
    Map<String, String> labels = new LinkedHashMap<>();
    if (text != null) {
      Matcher matcher = LABEL.matcher(text);
      while (matcher.find()) {
        labels.put(
            matcher.group(1),
            matcher.group(2).replace("\\\"", "\"").replace("\\n", "\n").replace("\\\\", "\\"));
      }
    }
    return labels;
  }

  /** The sum of the samples of that name that carry these labels: key, value, key, value. */
  public double value(String name, String... labels) {
    return of(name, labels).stream().mapToDouble(Sample::value).sum();
  }

  public List<Sample> of(String name, String... labels) {
    return samples.stream().filter(s -> s.name().equals(name) && s.has(labels)).toList();
  }

  /** The lines that begin so, for a test's message. */
  public String about(String prefix) {
    return text.lines()
        .filter(line -> line.startsWith(prefix) && !line.contains("_bucket"))
        .limit(60)
        .collect(Collectors.joining("\n", "\n", ""));
  }

  /** The upper bounds of a histogram's buckets, without infinity, ascending. */
  public List<Double> bounds(String histogram) {
    TreeSet<Double> bounds = new TreeSet<>();
    for (Sample sample : of(histogram + "_bucket")) {
      double bound = Double.parseDouble(sample.labels().get("le").replace("Inf", "Infinity"));
      if (Double.isFinite(bound)) {
        bounds.add(bound);
      }
    }
    return List.copyOf(bounds);
  }
}
