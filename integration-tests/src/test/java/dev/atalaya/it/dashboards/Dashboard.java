package dev.atalaya.it.dashboards;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A dashboard in Grafana's classic JSON: its variables, and rows of panels. */
final class Dashboard {
  /** Of Grafana 11; newer ones read it and bring it up to date. */
  private static final int SCHEMA_VERSION = 39;

  private static final int COLUMNS = 24;

  private final String uid;
  private final ObjectNode json = JsonNodeFactory.instance.objectNode();
  private final ArrayNode panels = JsonNodeFactory.instance.arrayNode();
  private int nextId = 1;
  private int top;

  Dashboard(String name, String title, String description, Variables variables) {
    uid = "atalaya-" + name;
    json.put("uid", uid);
    json.put("title", "Atalaya: " + title);
    json.put("description", description);
    json.putArray("tags").add("atalaya");
    json.put("schemaVersion", SCHEMA_VERSION);
    json.put("editable", true);
    json.put("graphTooltip", 1); // one crosshair over all panels
    json.put("refresh", "30s");
    json.put("timezone", "browser");
    json.putObject("time").put("from", "now-1h").put("to", "now");
    json.putArray("links").add(others());
    json.putObject("templating").set("list", variables.json());
    json.set("panels", panels);
  }

  String uid() {
    return uid;
  }

  ObjectNode json() {
    return json;
  }

  Dashboard row(String title) {
    ObjectNode row = panels.addObject();
    row.put("id", nextId++);
    row.put("type", "row");
    row.put("title", title);
    row.put("collapsed", false);
    row.putArray("panels");
    place(row, 0, COLUMNS, 1);
    top++;
    return this;
  }

  /** Side by side, equally wide. */
  Dashboard panels(int height, Panel... beside) {
    int width = COLUMNS / beside.length;
    for (int i = 0; i < beside.length; i++) {
      ObjectNode panel = beside[i].json();
      panel.put("id", nextId++);
      place(panel, i * width, width, height);
      panels.add(panel);
    }
    top += height;
    return this;
  }

  private void place(ObjectNode panel, int x, int width, int height) {
    panel.putObject("gridPos").put("x", x).put("y", top).put("w", width).put("h", height);
  }

  private static ObjectNode others() {
    ObjectNode link = JsonNodeFactory.instance.objectNode();
    link.put("type", "dashboards").put("title", "Atalaya").put("icon", "external link");
    link.putArray("tags").add("atalaya");
    link.put("tooltip", "The other dashboards, of the same service and time");
    link.put("asDropdown", true).put("includeVars", true).put("keepTime", true);
    return link.put("targetBlank", false);
  }
}
