package dev.atalaya.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A real Prometheus. */
public final class Prometheus implements AutoCloseable {
  private final int port = App.freePort();
  private final Program program;

  private Prometheus(Path folder) throws IOException {
    program =
        Program.start(
            "PROMETHEUS_BIN",
            "prom/prometheus:v3.7.3",
            folder,
            "prometheus.yml",
            "--config.file=CONFIG",
            "--enable-feature=exemplar-storage",
            // Debian's keeps its series in one place for all who start it.
            "--storage.tsdb.path=data",
            "--web.listen-address=127.0.0.1:" + port);
    program.awaitReady("http://127.0.0.1:" + port + "/-/ready");
  }

  /** It scrapes that port every second. */
  public static Prometheus scraping(Path folder, int port) throws IOException {
    Files.writeString(
        folder.resolve("prometheus.yml"),
        """
        global:
          scrape_interval: 1s
        scrape_configs:
          - job_name: app
            static_configs:
              - targets: ["127.0.0.1:%d"]
        """
            .formatted(port));
    return new Prometheus(folder);
  }

  /** With the {@code prometheus.yml} that is there, and what it names. */
  public static Prometheus configured(Path folder) throws IOException {
    Program.assumeBinary("PROMETHEUS_BIN");
    return new Prometheus(folder);
  }

  /** The value of an instant query that yields one number; NaN where it yields nothing. */
  public double query(String promql) {
    JsonNode result = vector(promql);
    return result.isEmpty()
        ? Double.NaN
        : Double.parseDouble(result.get(0).get("value").get(1).asText());
  }

  /** What an instant query yields: each with its {@code metric} and its {@code value}. */
  public JsonNode vector(String promql) {
    return data("query?query=" + encoded(promql)).get("result");
  }

  /** The exemplars of a query's series, of the last minutes. */
  public JsonNode exemplars(String promql) {
    double now = System.currentTimeMillis() / 1_000.0;
    return data(
        "query_exemplars?query=" + encoded(promql) + "&start=" + (now - 300) + "&end=" + now);
  }

  public JsonNode targets() {
    return data("targets").get("activeTargets");
  }

  /** The alerts that its rules have raised. */
  public JsonNode alerts() {
    return data("alerts").get("alerts");
  }

  private JsonNode data(String path) {
    HttpResponse<String> answer = Program.get("http://127.0.0.1:" + port + "/api/v1/" + path);
    try {
      JsonNode json = new ObjectMapper().readTree(answer.body());
      if (!json.path("status").asText().equals("success")) {
        throw new IllegalStateException(path + ": " + answer.body());
      }
      return json.get("data");
    } catch (IOException e) {
      throw new IllegalStateException(path + ": " + answer.body(), e);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    program.close();
  }
}
