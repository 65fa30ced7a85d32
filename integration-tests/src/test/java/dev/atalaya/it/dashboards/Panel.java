package dev.atalaya.it.dashboards;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A picture of one question: its queries, unit, levels and where to look on. */
class Panel {
  final ObjectNode json = JsonNodeFactory.instance.objectNode();
  final ObjectNode defaults;
  final ArrayNode overrides;
  final ObjectNode options;
  final ArrayNode queries;

  Panel(String type, String title, String unit, String description) {
    json.put("type", type);
    json.put("title", title);
    json.put("description", description);
    json.set("datasource", Query.datasource());
    ObjectNode fields = json.putObject("fieldConfig");
    defaults = fields.putObject("defaults");
    defaults.put("unit", unit);
    overrides = fields.putArray("overrides");
    options = json.putObject("options");
    queries = json.putArray("targets");
  }

  /** Lines over time. */
  static Panel lines(String title, String unit, String description) {
    Panel panel = new Panel("timeseries", title, unit, description);
    panel.defaults.put("min", 0);
    panel.defaults.putObject("color").put("mode", "palette-classic");
    ObjectNode custom = panel.defaults.putObject("custom");
    custom.put("drawStyle", "line").put("lineWidth", 1).put("fillOpacity", 8);
    custom.put("showPoints", "never").put("spanNulls", false);
    ObjectNode legend = panel.options.putObject("legend");
    legend.put("showLegend", true).put("displayMode", "table").put("placement", "bottom");
    legend.putArray("calcs").add("lastNotNull").add("max");
    panel.options.putObject("tooltip").put("mode", "multi").put("sort", "desc");
    return panel;
  }

  /** One number, in the colour of its level, over a small curve. */
  static Panel number(String title, String unit, String description) {
    Panel panel = new Panel("stat", title, unit, description);
    // Without levels of its own Grafana would paint 80 and more red.
    panel.defaults.putObject("color").put("mode", "fixed").put("fixedColor", "text");
    ObjectNode options = panel.options;
    options.put("colorMode", "value").put("graphMode", "area").put("justifyMode", "auto");
    options.put("textMode", "auto").put("orientation", "auto").put("wideLayout", true);
    options.put("percentChangeColorMode", "standard").put("showPercentChange", false);
    ObjectNode reduce = options.putObject("reduceOptions");
    reduce.put("values", false).put("fields", "").putArray("calcs").add("lastNotNull");
    return panel;
  }

  /** How many were in which bucket of a histogram, over time. */
  static Panel heat(String title, String unit, String description) {
    Panel panel = new Panel("heatmap", title, unit, description);
    ObjectNode options = panel.options;
    options.put("calculate", false).put("cellGap", 1).put("showValue", "never");
    ObjectNode color = options.putObject("color");
    color.put("mode", "scheme").put("scheme", "Blues").put("steps", 64);
    color.put("reverse", false).put("exponent", 0.5).put("fill", "blue");
    options.putObject("exemplars").put("color", "rgba(255,0,255,0.7)");
    options.putObject("legend").put("show", true);
    options.putObject("rowsFrame").put("layout", "auto");
    options.putObject("tooltip").put("mode", "single").put("yHistogram", true);
    options.putObject("yAxis").put("axisPlacement", "left").put("unit", unit);
    return panel;
  }

  Panel query(String expression, String legend) {
    ObjectNode query = Query.json(queries.size(), expression);
    query.put("legendFormat", legend).put("range", true);
    if (json.get("type").asText().equals("heatmap")) query.put("format", "heatmap");
    queries.add(query);
    return this;
  }

  /** Traces as dots, each a link to Jaeger: for queries of buckets. */
  Panel exemplars() {
    queries.forEach(query -> ((ObjectNode) query).put("exemplar", true));
    return this;
  }

  Panel levels(Levels levels) {
    defaults.set("thresholds", levels.json());
    if (json.get("type").asText().equals("stat")) {
      defaults.putObject("color").put("mode", "thresholds");
    }
    ObjectNode custom = (ObjectNode) defaults.get("custom");
    if (custom != null) custom.putObject("thresholdsStyle").put("mode", "dashed");
    return this;
  }

  Panel max(double max) {
    defaults.put("max", max);
    return this;
  }

  Panel stacked() {
    ObjectNode custom = (ObjectNode) defaults.get("custom");
    custom.put("fillOpacity", 40).putObject("stacking").put("mode", "normal").put("group", "A");
    return this;
  }

  Panel links(Link... links) {
    ArrayNode list = defaults.putArray("links");
    for (Link link : links) list.add(link.json());
    return this;
  }

  ObjectNode json() {
    return json;
  }
}
