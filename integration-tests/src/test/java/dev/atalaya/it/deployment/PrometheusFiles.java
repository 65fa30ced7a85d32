package dev.atalaya.it.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What an operator takes home for Prometheus: dashboards/prometheus. */
final class PrometheusFiles {
  static final Path FOLDER = Path.of("..", "dashboards", "prometheus");

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private PrometheusFiles() {}

  /** A rule: {@code name} is what it records or alerts about. */
  record Rule(String file, String name, boolean alert, PromQl expression, JsonNode yaml) {}

  static JsonNode yaml(Path file) throws IOException {
    return YAML.readTree(file.toFile());
  }

  static List<Rule> rules() throws IOException {
    List<Rule> rules = new ArrayList<>();
    for (String file : List.of("recording.rules.yml", "alerts.rules.yml")) {
      for (JsonNode group : yaml(FOLDER.resolve(file)).get("groups")) {
        for (JsonNode rule : group.get("rules")) {
          boolean alert = rule.has("alert");
          String name = rule.get(alert ? "alert" : "record").asText();
          rules.add(new Rule(file, name, alert, new PromQl(rule.get("expr").asText()), rule));
        }
      }
    }
    return rules;
  }

  /**
   * A copy that looks each second, at this service and this Alertmanager, and does not wait for
   * what alerts.
   *
   * @return its configuration
   */
  static Path quick(Path folder, String service, int port, int alertmanager) throws IOException {
    ObjectNode config = (ObjectNode) yaml(FOLDER.resolve("prometheus.yml"));
    ((ObjectNode) config.get("global"))
        .put("scrape_interval", "1s")
        .put("evaluation_interval", "1s");
    Path quick = folder.resolve("prometheus.yml");
    YAML.writeValue(quick.toFile(), config);
    for (JsonNode file : config.get("rule_files")) {
      JsonNode rules = yaml(FOLDER.resolve(file.asText()));
      for (JsonNode group : rules.get("groups")) {
        group.get("rules").forEach(rule -> ((ObjectNode) rule).remove("for"));
      }
      YAML.writeValue(folder.resolve(file.asText()).toFile(), rules);
    }
    Path targets = Files.createDirectories(folder.resolve("targets"));
    target(targets.resolve("services.yml"), port, Map.of("service", service));
    target(targets.resolve("alertmanagers.yml"), alertmanager, Map.of());
    return quick;
  }

  private static void target(Path file, int port, Map<String, String> labels) throws IOException {
    Map<String, Object> target = Map.of("targets", List.of("127.0.0.1:" + port), "labels", labels);
    YAML.writeValue(file.toFile(), List.of(target));
  }
}
