package dev.atalaya.it.dashboards;

/** What the service asks of its databases, what of it is repeated for nothing, and the pool. */
final class DatabaseDashboard {
  private static final String TIME = "db_client_operation_duration_seconds";
  private static final String TEMPLATE = "db_system_name, db_query_summary";

  private static final Link STATEMENT_TRACES =
      Link.traces(
          "Traces with it in Jaeger",
          "{\"db.query.summary\":\"${__field.labels.db_query_summary:percentencode}\"}");

  private DatabaseDashboard() {}

  static Dashboard dashboard() {
    Dashboard dashboard =
        new Dashboard(
            "database",
            "database and N+1",
            "Findings and what they cost, statements by request and by template, the pool.",
            new Variables().service().instance().route().addresses());
    return PoolPanels.below(statements(findings(glance(dashboard))));
  }

  private static Dashboard glance(Dashboard dashboard) {
    return dashboard
        .row("At a glance")
        .panels(
            4,
            Panel.number("N+1s", "none", "Units of work with an N+1, in a minute.")
                .query(
                    "60 * sum(rate(atalaya_findings_total{@entry,kind=~\"n_plus_one.*\"}[@])) or"
                        + " vector(0)",
                    "N+1s")
                .levels(Levels.rising(1, 10, 60))
                .links(Link.FINDINGS),
            Panel.number(
                    "Threads wasted",
                    "none",
                    "Seconds that findings cost in a second: at 1, one thread does nothing else.")
                .query(
                    "sum(rate(atalaya_finding_wasted_seconds_total{@entry}[@])) or vector(0)",
                    "threads")
                .levels(Levels.rising(0.1, 0.5, 1))
                .links(Link.FINDINGS),
            Panel.number("Slow queries", "none", "Units of work with a slow query, in a minute.")
                .query(
                    "60 * sum(rate(atalaya_findings_total{@entry,kind=\"slow_query\"}[@])) or"
                        + " vector(0)",
                    "slow queries")
                .levels(Levels.rising(0.1, 1, 10))
                .links(Link.FINDINGS),
            Panel.number(
                    "Statements in a request", "none", "On average, commands to Redis among them.")
                .query(
                    "sum(rate(atalaya_statements_per_request_sum{@route}[@])) /"
                        + " sum(rate(atalaya_statements_per_request_count{@route}[@]))",
                    "statements")
                .levels(Levels.STATEMENTS)
                .links(Link.FINDINGS, Link.to("Requests", "service")),
            Panel.number("Pool used", "percentunit", "Of the pool that is used most.")
                .query(
                    "max(sum by ("
                        + PoolPanels.POOL
                        + ") (db_client_connection_count{@,db_client_connection_state=\"used\"}) /"
                        + " sum by ("
                        + PoolPanels.POOL
                        + ") (db_client_connection_max{@}))",
                    "used")
                .levels(Levels.USE)
                .links(Link.TRACES, Link.to("Threads", "jvm")),
            Panel.number("Threads waiting", "none", "For a connection, in all pools.")
                .query("sum(db_client_connection_pending_requests{@})", "waiting")
                .levels(Levels.rising(1, 2, 5))
                .links(Link.TRACES, Link.to("Threads", "jvm")));
  }

  private static Dashboard findings(Dashboard dashboard) {
    return dashboard
        .row("Findings")
        .panels(
            8,
            Panel.lines("Findings by kind", "none", "Units of work with a finding, in a minute.")
                .query("60 * sum by (kind) (rate(atalaya_findings_total{@entry}[@]))", "{{kind}}")
                .stacked()
                .links(Link.FINDINGS, Link.KIND_TRACES),
            Panel.lines(
                    "Threads wasted by entry point",
                    "none",
                    "Seconds that findings cost in a second; the ten that cost most.")
                .query(
                    "topk(10, sum by (entry_point)"
                        + " (rate(atalaya_finding_wasted_seconds_total{@entry}[@])))",
                    "{{entry_point}}")
                .levels(Levels.rising(0.1, 0.5, 1))
                .links(Link.FINDINGS),
            Panel.lines(
                    "Verdicts",
                    "none",
                    "What repeated and slow operations turned out to be, in a minute: findings, and"
                        + " what is right as it is.")
                .query("60 * sum by (verdict) (rate(atalaya_verdicts_total{@}[@]))", "{{verdict}}")
                .links(Link.FINDINGS))
        .panels(
            9,
            new Table("What to mend first", "none", "Findings of the time chosen, by entry point.")
                .label(
                    "entry_point",
                    "Where",
                    Link.FINDINGS,
                    Link.traces(
                        "Traces in Jaeger",
                        "{\"atalaya.finding.kind\":\"${__data.fields.Kind:percentencode}\"}"))
                .label("kind", "Kind")
                .column(
                    "Found",
                    "short",
                    "sum by (entry_point, kind) (increase(atalaya_findings_total{@entry}[$__range]))")
                .column(
                    "Wasted",
                    "s",
                    "sum by (entry_point, kind)"
                        + " (increase(atalaya_finding_wasted_seconds_total{@entry}[$__range]))")
                .sortedBy("Wasted")
                .links(Link.FINDINGS),
            Panel.lines(
                    "N+1s in a request, by entry point",
                    "none",
                    "Of ten minutes, as the recording rule has it; from 0.1 on it alerts.")
                .query(
                    "service_entry_point:n_plus_one:per_request_rate10m"
                        + "{service=~\"$service\",entry_point=~\"(.* )?$route\"}",
                    "{{entry_point}}")
                .levels(Levels.rising(0.01, 0.1, 0.5))
                .links(Link.FINDINGS));
  }

  private static Dashboard statements(Dashboard dashboard) {
    return dashboard
        .row("Statements")
        .panels(
            9,
            Panel.lines(
                    "Statements in a request, by route",
                    "none",
                    "95th percentile, commands to Redis among them.")
                .query(
                    Query.quantile(
                        "0.95", "http_route", "atalaya_statements_per_request", "@route"),
                    "{{http_route}}")
                .levels(Levels.STATEMENTS)
                .links(Link.FINDINGS, Link.ROUTE_TRACES, Link.ROUTE_SERVICE),
            Panel.lines("Operations", "ops", "In a second, by system and operation; the top ten.")
                .query(
                    "topk(10, sum by (db_system_name, db_operation_name) (rate("
                        + TIME
                        + "_count{@}[@])))",
                    "{{db_system_name}} {{db_operation_name}}")
                .links(
                    Link.traces(
                        "Traces with it in Jaeger",
                        "{\"db.operation.name\":"
                            + "\"${__field.labels.db_operation_name:percentencode}\"}")),
            Panel.lines(
                    "Failures",
                    "ops",
                    "Operations that failed in a second, by error; zero while none does.")
                .query(
                    "sum by (error_type) (rate("
                        + TIME
                        + "_count{@,error_type!=\"\"}[@]))"
                        + " or on () 0 * sum(rate("
                        + TIME
                        + "_count{@}[@]))",
                    "{{error_type}}")
                .levels(Levels.NONE)
                .links(Link.FAILED))
        .panels(
            10,
            new Table(
                    "Where the time goes",
                    "none",
                    "Templates by the time they take now: calls, average and 95th percentile.")
                .label("db_system_name", "System")
                .label(
                    "db_query_summary",
                    "Template",
                    Link.traces(
                        "Traces with it in Jaeger",
                        "{\"db.query.summary\":\"${__data.fields.Template:percentencode}\"}"),
                    Link.FINDINGS)
                .column(
                    "Threads",
                    "none",
                    "topk(20, sum by (" + TEMPLATE + ") (rate(" + TIME + "_sum{@}[@])))")
                .column(
                    "Calls", "ops", "sum by (" + TEMPLATE + ") (rate(" + TIME + "_count{@}[@]))")
                .column(
                    "Average",
                    "s",
                    "sum by ("
                        + TEMPLATE
                        + ") (rate("
                        + TIME
                        + "_sum{@}[@])) / sum by ("
                        + TEMPLATE
                        + ") (rate("
                        + TIME
                        + "_count{@}[@]))")
                .column("p95", "s", Query.quantile("0.95", TEMPLATE, TIME, "@"))
                .levels("Average", Levels.SECONDS)
                .levels("p95", Levels.SECONDS)
                .sortedBy("Threads")
                .links(Link.FINDINGS),
            Panel.lines(
                    "Slowest templates",
                    "s",
                    "95th percentile of the execution, the ten slowest. A dot leads to a trace.")
                .query(most(TIME), "{{db_query_summary}}")
                .exemplars()
                .levels(Levels.SECONDS)
                .links(STATEMENT_TRACES, Link.FINDINGS),
            Panel.lines(
                    "Rows read",
                    "short",
                    "95th percentile of the rows that a template's executions return; the ten of"
                        + " most.")
                .query(most("db_client_response_returned_rows"), "{{db_query_summary}}")
                .exemplars()
                .levels(Levels.rising(100, 1000, 5000))
                .links(STATEMENT_TRACES, Link.FINDINGS));
  }

  /** Ten templates of the highest 95th percentile. */
  private static String most(String histogram) {
    return "topk(10, " + Query.quantile("0.95", TEMPLATE, histogram, "@") + ")";
  }
}
