package dev.atalaya.it.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What an operator takes home for Alertmanager: dashboards/alertmanager. */
final class AlertmanagerFiles {
  static final Path FOLDER = Path.of("..", "dashboards", "alertmanager");

  private AlertmanagerFiles() {}

  /** A copy with the same routes and inhibitions, that waits for nothing and notifies these. */
  static void quick(Path folder, Notifications notifications) throws IOException {
    ObjectNode config = (ObjectNode) PrometheusFiles.yaml(FOLDER.resolve("alertmanager.yml"));
    for (JsonNode template : config.get("templates")) {
      Files.copy(FOLDER.resolve(template.asText()), folder.resolve(template.asText()));
    }
    hasten((ObjectNode) config.get("route"));
    for (JsonNode receiver : config.get("receivers")) {
      String name = receiver.get("name").asText();
      ObjectNode hook = ((ObjectNode) receiver).removeAll().put("name", name);
      hook.putArray("webhook_configs").addObject().put("url", notifications.url(name));
    }
    new ObjectMapper().writeValue(folder.resolve("alertmanager.yml").toFile(), config);
  }

  private static void hasten(ObjectNode route) {
    for (String wait : new String[] {"group_wait", "group_interval"}) {
      if (route.has(wait)) route.put(wait, "1s");
    }
    route.path("routes").forEach(inner -> hasten((ObjectNode) inner));
  }
}
