package dev.atalaya.it.dashboards;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A panel with a row for each combination of labels, and a column for each of its queries. */
final class Table extends Panel {
  private final ObjectNode names;

  Table(String title, String unit, String description) {
    super("table", title, unit, description);
    ObjectNode custom = defaults.putObject("custom").put("align", "auto").put("inspect", false);
    custom.putObject("cellOptions").put("type", "auto");
    options.put("showHeader", true).put("cellHeight", "sm").put("frameIndex", 0);
    ArrayNode steps = json.putArray("transformations");
    steps.addObject().put("id", "merge").putObject("options");
    ObjectNode organize = steps.addObject().put("id", "organize").putObject("options");
    organize.putObject("excludeByName").put("Time", true);
    organize.putObject("indexByName");
    names = organize.putObject("renameByName");
  }

  /** A label of the rows, with where a click on it leads to: {@code ${__data.fields.Name}}. */
  Table label(String label, String name, Link... links) {
    names.put(label, name);
    if (links.length > 0) {
      ArrayNode list = override(name, "links").putArray("value");
      for (Link link : links) list.add(link.json());
    }
    return this;
  }

  /** What the query yields now. */
  Table column(String name, String unit, String expression) {
    ObjectNode query = Query.json(queries.size(), expression);
    names.put("Value #" + Query.letter(queries.size()), name);
    if (queries.isEmpty()) names.put("Value", name); // as it is called where it stays alone
    queries.add(query.put("format", "table").put("instant", true).put("range", false));
    override(name, "unit").put("value", unit);
    return this;
  }

  /** Colours a column. */
  Table levels(String name, Levels levels) {
    override(name, "thresholds").set("value", levels.json());
    override(name, "custom.cellOptions").putObject("value").put("type", "color-text");
    return this;
  }

  Table sortedBy(String name) {
    options.putArray("sortBy").addObject().put("displayName", name).put("desc", true);
    return this;
  }

  private ObjectNode override(String name, String property) {
    for (var override : overrides) {
      if (override.at("/matcher/options").asText().equals(name)) {
        return ((ArrayNode) override.get("properties")).addObject().put("id", property);
      }
    }
    ObjectNode override = overrides.addObject();
    override.putObject("matcher").put("id", "byName").put("options", name);
    return override.putArray("properties").addObject().put("id", property);
  }
}
