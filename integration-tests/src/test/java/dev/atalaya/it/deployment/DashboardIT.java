package dev.atalaya.it.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.atalaya.it.Tool;
import dev.atalaya.it.dashboards.Dashboards;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboards' files: what is on them, and whether Grafana would take them. */
final class DashboardIT {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{?([a-zA-Z_]+)");

  @TempDir Path folder;

  @Test
  void files_are_as_they_are_printed_from_code() throws IOException {
    Map<String, String> printed = Dashboards.files();
    Map<String, String> found = new TreeMap<>();
    for (DashboardFile file : DashboardFile.all()) found.put(file.name(), file.text());
    if (!found.equals(printed) && System.getenv("CI") == null) {
      for (Map.Entry<String, String> file : printed.entrySet()) {
        Files.writeString(DashboardFile.FOLDER.resolve(file.getKey() + ".json"), file.getValue());
      }
    }
    assertEquals(printed, found, "stale; they are rewritten unless CI is set");
  }

  @Test
  void each_panel_has_a_title_a_unit_a_description_and_a_link_that_leads_somewhere()
      throws IOException {
    Set<String> dashboards = new HashSet<>();
    for (DashboardFile file : DashboardFile.all()) dashboards.add(file.json().get("uid").asText());
    assertEquals(5, dashboards.size(), dashboards::toString);
    for (DashboardFile.Panel panel : DashboardFile.allPanels()) {
      for (String text : List.of("/title", "/description", "/fieldConfig/defaults/unit")) {
        assertFalse(panel.json().at(text).asText().isBlank(), () -> panel.title() + text);
      }
      assertFalse(panel.links().isEmpty(), () -> panel.title() + " has no link");
      Set<String> known = panel.dashboard().variables();
      for (JsonNode link : panel.links()) {
        String url = link.get("url").asText();
        assertTrue(
            url.matches("/d/(" + String.join("|", dashboards) + ")\\?.*|\\$\\{(console|jaeger):.*"),
            () -> panel.title() + " leads to " + url);
        assertKnown(known, url, panel);
        assertKnown(known, link.get("title").asText(), panel);
      }
      for (JsonNode query : panel.queries()) {
        assertKnown(known, query.get("expr").asText(), panel);
      }
    }
  }

  @Test
  void panels_do_not_cover_each_other() throws IOException {
    for (DashboardFile file : DashboardFile.all()) {
      Set<String> taken = new HashSet<>();
      Set<Integer> ids = new HashSet<>();
      for (JsonNode panel : file.json().get("panels")) {
        String title = file.name() + ": " + panel.get("title");
        assertTrue(ids.add(panel.get("id").asInt()), () -> title + " has another's id");
        JsonNode at = panel.get("gridPos");
        assertTrue(at.get("x").asInt() + at.get("w").asInt() <= 24, () -> title + " is cut off");
        for (int x = at.get("x").asInt(); x < at.get("x").asInt() + at.get("w").asInt(); x++) {
          for (int y = at.get("y").asInt(); y < at.get("y").asInt() + at.get("h").asInt(); y++) {
            assertTrue(taken.add(x + "/" + y), () -> title + " covers another");
          }
        }
      }
    }
  }

  @Test
  void dashboards_are_of_the_types_of_grafana_schema_13_2_3_as_there_is_no_grafana_to_load_them()
      throws Exception {
    Tool npm = Tool.named("npm", "install Node.js 20 or newer, whose npm fetches @grafana/schema");
    Path types = Path.of("grafana");
    for (String file : List.of("package.json", "package-lock.json", "dashboard.ts")) {
      Files.copy(types.resolve(file), folder.resolve(file));
    }
    Tool.Result fetched = npm.run(folder, "ci", "--ignore-scripts", "--no-audit", "--no-fund");
    Assumptions.assumeTrue(
        fetched.status() == 0, () -> "npm cannot fetch @grafana/schema: " + fetched.output());
    StringBuilder source = new StringBuilder("import type { Dashboard } from './dashboard';\n");
    int number = 0;
    for (DashboardFile file : DashboardFile.all()) {
      String name = file.name().replace('-', '_');
      source.append("export const ").append(name).append(": Dashboard = ").append(file.text());
      number++;
    }
    assertEquals(5, number);
    Files.writeString(folder.resolve("dashboards.ts"), source);
    assertEquals("", compiled(), "Grafana would not take them");

    Files.writeString(
        folder.resolve("dashboards.ts"), source.toString().replace("\"legend\"", "\"lengend\""));
    assertTrue(compiled().contains("\"lengend\"' does not exist"), "the check finds nothing");
  }

  private String compiled() throws Exception {
    return new Tool(folder.resolve("node_modules/.bin/tsc").toString())
        .run(
            folder,
            "--noEmit",
            "--strict",
            "--skipLibCheck",
            "--module",
            "nodenext",
            "--ignoreConfig",
            "dashboards.ts")
        .output();
  }

  private static void assertKnown(Set<String> known, String text, DashboardFile.Panel panel) {
    Matcher variable = VARIABLE.matcher(text);
    while (variable.find()) {
      String name = variable.group(1);
      assertTrue(
          known.contains(name) || name.startsWith("__"),
          () -> panel.title() + " has $" + name + " in " + text);
    }
  }
}
