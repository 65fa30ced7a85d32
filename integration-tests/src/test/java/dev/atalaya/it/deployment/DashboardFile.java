package dev.atalaya.it.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A file of dashboards/grafana. */
record DashboardFile(String name, String text, JsonNode json) {
  static final Path FOLDER = Path.of("..", "dashboards", "grafana");

  /** A panel with what it asks Prometheus. */
  record Panel(DashboardFile dashboard, JsonNode json) {
    String title() {
      return dashboard.name + ": " + json.get("title").asText();
    }

    List<JsonNode> queries() {
      List<JsonNode> queries = new ArrayList<>();
      json.get("targets").forEach(queries::add);
      return queries;
    }

    /** Titles and addresses of all that a click leads to. */
    List<JsonNode> links() {
      List<JsonNode> links = new ArrayList<>();
      json.at("/fieldConfig/defaults/links").forEach(links::add);
      for (JsonNode override : json.at("/fieldConfig/overrides")) {
        for (JsonNode property : override.get("properties")) {
          if (property.get("id").asText().equals("links")) {
            property.get("value").forEach(links::add);
          }
        }
      }
      return links;
    }
  }

  static List<DashboardFile> all() throws IOException {
    List<DashboardFile> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        String text = Files.readString(file);
        String name = file.getFileName().toString().replace(".json", "");
        all.add(new DashboardFile(name, text, new ObjectMapper().readTree(text)));
      }
    }
    return all;
  }

  static List<Panel> allPanels() throws IOException {
    List<Panel> panels = new ArrayList<>();
    for (DashboardFile dashboard : all()) panels.addAll(dashboard.panels());
    return panels;
  }

  /** Without the rows' titles. */
  List<Panel> panels() {
    List<Panel> panels = new ArrayList<>();
    for (JsonNode panel : json.get("panels")) {
      if (!panel.get("type").asText().equals("row")) panels.add(new Panel(this, panel));
    }
    return panels;
  }

  Set<String> variables() {
    Set<String> names = new HashSet<>();
    for (JsonNode variable : json.at("/templating/list")) names.add(variable.get("name").asText());
    return names;
  }
}
