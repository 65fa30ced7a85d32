package dev.atalaya.it.dashboards;

/** How the service does for those who call it. */
final class ServiceDashboard {
  private static final String DURATION = "http_server_request_duration_seconds";
  private static final String COUNT = DURATION + "_count";
  private static final String BUCKET = DURATION + "_bucket";

  private ServiceDashboard() {}

  static Dashboard dashboard() {
    Dashboard dashboard =
        new Dashboard(
            "service",
            "service",
            "Requests, errors and durations by route, and how fast the error budgets go.",
            new Variables().service().instance().route().addresses());
    Dashboard outgoing = OutgoingPanels.below(durations(routes(glance(dashboard))));
    return budget(RpcPanels.below(outgoing));
  }

  private static Dashboard glance(Dashboard dashboard) {
    return dashboard
        .row("At a glance")
        .panels(
            4,
            Panel.number("Requests", "reqps", "Requests answered in a second, all routes chosen.")
                .query("sum(rate(" + COUNT + "{@route}[@]))", "requests")
                .links(Link.TRACES, Link.to("What they ask the database", "database")),
            Panel.number("Errors", "percentunit", "Share of the requests answered with a 5xx.")
                .query(errors(""), "errors")
                .levels(Levels.ERRORS)
                .links(Link.FAILED),
            Panel.number("95 of 100 within", "s", "95th percentile of the durations, from buckets.")
                .query(quantile("0.95", ""), "p95")
                .levels(Levels.SECONDS)
                .links(Link.TRACES),
            Panel.number("Apdex", "none", APDEX)
                .query(apdex(""), "apdex")
                .levels(Levels.APDEX)
                .links(Link.TRACES),
            Panel.number("N+1s in a request", "none", "Findings of an N+1 by requests, on average.")
                .query(
                    "(sum(rate(atalaya_findings_total{@entry,kind=~\"n_plus_one.*\"}[@])) or"
                        + " vector(0)) / sum(rate("
                        + COUNT
                        + "{@route}[@]))",
                    "N+1s")
                .levels(Levels.rising(0.01, 0.1, 0.5))
                .links(Link.FINDINGS, Link.to("Database and N+1", "database")),
            Panel.number(
                    "Threads wasted",
                    "none",
                    "Seconds that findings cost in a second: at 1, one thread does nothing else.")
                .query(
                    "sum(rate(atalaya_finding_wasted_seconds_total{@entry}[@])) or vector(0)",
                    "threads")
                .levels(Levels.rising(0.1, 0.5, 1))
                .links(Link.FINDINGS, Link.to("Database and N+1", "database")));
  }

  private static Dashboard routes(Dashboard dashboard) {
    return dashboard
        .row("By route")
        .panels(
            8,
            Panel.lines("Requests by route", "reqps", "Requests answered in a second.")
                .query("sum by (http_route) (rate(" + COUNT + "{@route}[@]))", "{{http_route}}")
                .links(Link.FINDINGS, Link.ROUTE_TRACES, Link.ROUTE_STATEMENTS),
            Panel.lines("Errors by route", "percentunit", "Share answered with a 5xx.")
                .query(errors("http_route"), "{{http_route}}")
                .levels(Levels.ERRORS)
                .links(Link.FAILED, Link.ROUTE_TRACES),
            Panel.lines("Answers by status", "reqps", "Answers in a second by their status.")
                .query(
                    "sum by (http_response_status_code) (rate(" + COUNT + "{@route}[@]))",
                    "{{http_response_status_code}}")
                .stacked()
                .links(
                    Link.traces(
                        "Traces with ${__field.labels.http_response_status_code} in Jaeger",
                        "{\"http.response.status_code\":"
                            + "\"${__field.labels.http_response_status_code}\"}")))
        .panels(
            10,
            new Table("Routes", "none", "Each route as it is now; a click leads to its findings.")
                .label(
                    "http_route",
                    "Route",
                    Link.FINDINGS,
                    Link.traces(
                        "Traces in Jaeger",
                        "{\"http.route\":\"${__data.fields.Route:percentencode}\"}"),
                    Link.to("Its statements", "database")
                        .and("&var-route=${__data.fields.Route:percentencode}"))
                .column("Requests", "reqps", "sum by (http_route) (rate(" + COUNT + "{@route}[@]))")
                .column("Errors", "percentunit", errors("http_route"))
                .column("p50", "s", quantile("0.5", "http_route"))
                .column("p95", "s", quantile("0.95", "http_route"))
                .column("Apdex", "none", apdex("by (http_route) "))
                .column(
                    "Statements",
                    "none",
                    "sum by (http_route) (rate(atalaya_statements_per_request_sum{@route}[@])) / sum"
                        + " by (http_route) (rate(atalaya_statements_per_request_count{@route}[@]))")
                .levels("Errors", Levels.ERRORS)
                .levels("p50", Levels.SECONDS)
                .levels("p95", Levels.SECONDS)
                .levels("Apdex", Levels.APDEX)
                .levels("Statements", Levels.STATEMENTS)
                .sortedBy("p95")
                .links(Link.FINDINGS));
  }

  private static Dashboard durations(Dashboard dashboard) {
    return dashboard
        .row("Durations")
        .panels(
            9,
            Panel.lines(
                    "95th percentile by route",
                    "s",
                    "From buckets. A dot is a request whose trace was kept: follow it to Jaeger.")
                .query(quantile("0.95", "http_route"), "{{http_route}}")
                .exemplars()
                .levels(Levels.SECONDS)
                .links(Link.FINDINGS, Link.ROUTE_TRACES, Link.ROUTE_STATEMENTS),
            Panel.lines("Percentiles", "s", "Of all routes chosen, from buckets.")
                .query(quantile("0.5", ""), "p50")
                .query(quantile("0.95", ""), "p95")
                .query(quantile("0.99", ""), "p99")
                .exemplars()
                .levels(Levels.SECONDS)
                .links(Link.TRACES))
        .panels(
            9,
            Panel.heat("Durations", "s", "Requests in a second by bucket of their duration.")
                .query("sum by (le) (rate(" + BUCKET + "{@route}[@]))", "{{le}}")
                .exemplars()
                .links(Link.TRACES),
            Panel.lines(
                    "99th percentile by route, exact",
                    "s",
                    "Measured in the process over the last minute, to two digits: no bucket's bound"
                        + " rounds it. The highest of the instances.")
                .query(
                    "max by (http_route)"
                        + " (http_server_request_duration_quantile_seconds{@route,quantile=\"0.99\"})",
                    "{{http_route}}")
                .levels(Levels.SECONDS)
                .links(Link.FINDINGS, Link.ROUTE_TRACES, Link.ROUTE_STATEMENTS),
            Panel.lines("Apdex by route", "none", APDEX)
                .query(apdex("by (http_route) "), "{{http_route}}")
                .max(1)
                .levels(Levels.APDEX)
                .links(Link.FINDINGS, Link.ROUTE_TRACES));
  }

  private static Dashboard budget(Dashboard dashboard) {
    return dashboard
        .row("Objectives of the service")
        .panels(
            8,
            burn("Burn, last hour", "1h", "5m"),
            burn("Burn, last six hours", "6h", "30m"),
            burn("Burn, last day", "1d", "2h"),
            Panel.lines(
                    "Apdex of the service",
                    "none",
                    "Of all instances and routes, as the recording rule has it.")
                .query("service:apdex:rate5m{service=~\"$service\"}", "{{service}}")
                .max(1)
                .levels(Levels.APDEX)
                .links(Link.TRACES));
  }

  private static Panel burn(String title, String longer, String shorter) {
    return Panel.lines(
            title,
            "none",
            "How many times as fast as it may the error budget of 30 days is being spent, over two"
                + " windows. docs/alerts.md says from when on it alerts.")
        .query("service:slo_burn:rate" + longer + "{service=~\"$service\"}", "{{slo}} " + longer)
        .query("service:slo_burn:rate" + shorter + "{service=~\"$service\"}", "{{slo}} " + shorter)
        .levels(Levels.rising(1, 3, 14.4))
        .links(Link.FAILED, Link.TRACES);
  }

  private static String errors(String by) {
    return Query.share(by, COUNT, "@route", "http_response_status_code=~\"5..\"");
  }

  private static String quantile(String quantile, String by) {
    return Query.quantile(quantile, by, DURATION, "@route");
  }

  private static final String APDEX =
      "1 where all are satisfied: those within 250 ms count whole, those within 2.5 s half. These are"
          + " the buckets' bounds nearest to what the endpoint classes ask for.";

  private static String apdex(String by) {
    String satisfied = "sum " + by + "(rate(" + BUCKET + "{@route,le=\"0.25\"}[@]))";
    String answered = "sum " + by + "(rate(" + BUCKET + "{@route,le=\"2.5\"}[@]))";
    return "("
        + satisfied
        + " + "
        + answered
        + ") / 2 / sum "
        + by
        + "(rate("
        + COUNT
        + "{@route}[@]))";
  }
}
