package dev.atalaya.it.dashboards;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a dashboard is narrowed down by, and the addresses that its links begin with. A variable has
 * the same name in each dashboard that has it, so that links carry its value on.
 */
final class Variables {
  private static final int ON_TIME_RANGE_CHANGE = 2;
  private static final int ALPHABETICALLY = 1;

  private final ArrayNode list = JsonNodeFactory.instance.arrayNode();

  Variables() {
    variable("datasource", "datasource", "Prometheus", "Where the metrics are")
        .put("query", "prometheus");
  }

  ArrayNode json() {
    return list;
  }

  Variables service() {
    values("service", "Service", "The label of Prometheus' targets", "atalaya_enabled", "service");
    return this;
  }

  /** Many at once: the agents of a whole fleet. */
  Variables services() {
    service();
    many((ObjectNode) list.get(list.size() - 1));
    return this;
  }

  Variables instance() {
    many(
        values(
            "instance",
            "Instance",
            "The agent's port, as Prometheus reaches it",
            "atalaya_enabled{service=~\"$service\"}",
            "instance"));
    return this;
  }

  Variables route() {
    many(
        values(
            "route",
            "Route",
            "As the framework writes it",
            Query.narrowed("http_server_request_duration_seconds_count{@}"),
            "http_route"));
    return this;
  }

  Variables addresses() {
    address("console", "Findings at", "An agent's own page", "http://localhost:9464");
    address("jaeger", "Jaeger at", "Where traces are looked at", "http://localhost:16686");
    return this;
  }

  private void address(String name, String label, String description, String otherwise) {
    ObjectNode variable = variable(name, "textbox", label, description);
    variable.put("query", otherwise);
    variable.putObject("current").put("text", otherwise).put("value", otherwise);
  }

  private ObjectNode values(
      String name, String title, String description, String series, String label) {
    ObjectNode variable = variable(name, "query", title, description);
    String query = "label_values(" + series + ", " + label + ")";
    variable.set("datasource", Query.datasource());
    variable.putObject("query").put("query", query).put("refId", name);
    return variable.put("refresh", ON_TIME_RANGE_CHANGE).put("sort", ALPHABETICALLY);
  }

  private static void many(ObjectNode variable) {
    // Not a list of all values: a series without the label belongs to all of them too.
    variable.put("multi", true).put("includeAll", true).put("allValue", ".*");
    ObjectNode current = variable.putObject("current");
    current.putArray("text").add("All");
    current.putArray("value").add("$__all");
  }

  private ObjectNode variable(String name, String type, String label, String description) {
    ObjectNode variable = list.addObject().put("name", name).put("type", type);
    return variable.put("label", label).put("description", description);
  }
}
