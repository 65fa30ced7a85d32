package dev.atalaya.it.dashboards;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.core.util.Separators.Spacing;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All dashboards, as the text of their files. */
public final class Dashboards {
  private Dashboards() {}

  /** The text of each file, by its name without {@code .json}. */
  public static Map<String, String> files() {
    Map<String, String> files = new TreeMap<>();
    for (Dashboard dashboard :
        List.of(
            ServiceDashboard.dashboard(),
            DatabaseDashboard.dashboard(),
            CachesDashboard.dashboard(),
            JvmDashboard.dashboard(),
            AgentDashboard.dashboard())) {
      files.put(dashboard.uid(), text(dashboard.json()));
    }
    return files;
  }

  private static String text(ObjectNode json) {
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter(
            Separators.createDefaultInstance().withObjectFieldValueSpacing(Spacing.AFTER));
    printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
    try {
      return new ObjectMapper().writer(printer).writeValueAsString(json) + "\n";
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
