package dev.atalaya.it.dashboards;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Where a click on a value leads to. */
record Link(String title, String url) {
  private static final String HERE = "${service:queryparam}&${instance:queryparam}";

  /** The agent's page: statement, cause, line, cost. */
  static final Link FINDINGS = new Link("Findings, with their lines", "${console:raw}/");

  /** What is instrumented, what was skipped, where data goes. */
  static final Link DOCTOR = new Link("The agent's doctor", "${console:raw}/api/doctor");

  static final Link TRACES = traces("Traces in Jaeger", "{}");
  static final Link FAILED = traces("Failed traces in Jaeger", "{\"error\":\"true\"}");

  /** Of the series' label http_route. */
  static final Link ROUTE_TRACES =
      traces(
          "Traces of ${__field.labels.http_route} in Jaeger",
          "{\"http.route\":\"${__field.labels.http_route:percentencode}\"}");

  static final Link ROUTE_STATEMENTS =
      route("Statements of ${__field.labels.http_route}", "database");

  static final Link ROUTE_SERVICE = route("Requests of ${__field.labels.http_route}", "service");

  /** Of the series' label kind. */
  static final Link KIND_TRACES =
      traces(
          "Traces with ${__field.labels.kind} in Jaeger",
          "{\"atalaya.finding.kind\":\"${__field.labels.kind}\"}");

  static Link to(String title, String dashboard) {
    return new Link(title, "/d/atalaya-" + dashboard + "?" + HERE + "&${__url_time_range}");
  }

  private static Link route(String title, String dashboard) {
    return to(title, dashboard).and("&var-route=${__field.labels.http_route:percentencode}");
  }

  /** Jaeger's search, by tags as JSON. */
  static Link traces(String title, String tags) {
    String encoded =
        tags.replace("{\"", "%7B%22").replace("\"}", "%22%7D").replace("\":\"", "%22%3A%22");
    return new Link(
        title,
        "${jaeger:raw}/search?service=${service:percentencode}&lookback=1h"
            + (tags.equals("{}") ? "" : "&tags=" + encoded));
  }

  Link and(String more) {
    return new Link(title, url + more);
  }

  ObjectNode json() {
    boolean elsewhere = !url.startsWith("/");
    return JsonNodeFactory.instance
        .objectNode()
        .put("title", title)
        .put("url", url)
        .put("targetBlank", elsewhere);
  }
}
