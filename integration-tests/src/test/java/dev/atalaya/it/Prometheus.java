package dev.atalaya.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A real Prometheus that scrapes one port every second. */
final class Prometheus implements AutoCloseable {
  private final int port = App.freePort();
  private final Program program;

  private Prometheus(Path folder, int scraped) throws IOException {
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
            .formatted(scraped));
    program =
        Program.start(
            "PROMETHEUS_BIN",
            "prom/prometheus:v3.7.3",
            folder,
            "prometheus.yml",
            "--config.file=CONFIG",
            "--enable-feature=exemplar-storage",
            "--web.listen-address=127.0.0.1:" + port);
    program.awaitReady("http://127.0.0.1:" + port + "/-/ready");
  }

  static Prometheus scraping(Path folder, int port) throws IOException {
    return new Prometheus(folder, port);
  }

  /** The value of an instant query that yields one number; NaN where it yields nothing. */
  double query(String promql) {
    try {
      JsonNode result = get("query?query=", promql).get("data").get("result");
      return result.isEmpty()
          ? Double.NaN
          : Double.parseDouble(result.get(0).get("value").get(1).asText());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  JsonNode targets() throws IOException {
    return get("targets", "").get("data").get("activeTargets");
  }

  private JsonNode get(String path, String query) throws IOException {
    return new ObjectMapper()
        .readTree(
            Program.get(
                    "http://127.0.0.1:"
                        + port
                        + "/api/v1/"
                        + path
                        + URLEncoder.encode(query, StandardCharsets.UTF_8))
                .body());
  }

  @Override
  public void close() {
    program.close();
  }
}
