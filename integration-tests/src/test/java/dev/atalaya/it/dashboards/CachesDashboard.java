package dev.atalaya.it.dashboards;

/** What is answered out of a cache: in the process, in Redis, at the client. */
final class CachesDashboard {
  private static final String READS = "cache_requests_total";
  private static final String COMMANDS = "db_client_operation_duration_seconds";
  private static final String REDIS = "@,db_system_name=\"redis\"";

  private static final Link COMMAND_TRACES =
      Link.traces(
          "Traces with it in Jaeger",
          "{\"db.query.summary\":\"${__field.labels.db_query_summary:percentencode}\"}");

  private CachesDashboard() {}

  static Dashboard dashboard() {
    Dashboard dashboard =
        new Dashboard(
            "caches",
            "caches",
            "Hit rates by tier and cache, what Redis is asked, and answers of 304.",
            new Variables().service().instance().route().addresses());
    return redis(rates(glance(dashboard)));
  }

  private static Dashboard glance(Dashboard dashboard) {
    return dashboard
        .row("At a glance")
        .panels(
            4,
            Panel.number("Hit rate", "percentunit", "Share of all reads of caches that were hits.")
                .query(hits(""), "hits")
                .levels(Levels.HIT_RATE)
                .links(Link.FINDINGS, Link.to("Statements", "database")),
            Panel.number("Reads", "ops", "Reads of all caches in a second.")
                .query("sum(rate(" + READS + "{@}[@]))", "reads")
                .links(Link.FINDINGS, Link.to("Statements", "database")),
            Panel.number(
                    "Misses",
                    "ops",
                    "Reads in a second that what lies behind the cache must answer.")
                .query(
                    "sum(rate("
                        + READS
                        + "{@,cache_result=\"miss\"}[@])) or 0 *"
                        + " sum(rate("
                        + READS
                        + "{@}[@]))",
                    "misses")
                .links(Link.FINDINGS, Link.to("Statements", "database")),
            Panel.number(
                    "Not modified",
                    "percentunit",
                    "Share of GETs answered with a 304: the client has it already.")
                .query(notModified(""), "304")
                .links(Link.to("Requests", "service"), Link.TRACES),
            Panel.number("Redis, 95 of 100 within", "s", "95th percentile of its commands.")
                .query(quantile(""), "p95")
                .levels(Levels.rising(0.005, 0.02, 0.1))
                .links(Link.TRACES, Link.to("Statements", "database")));
  }

  private static Dashboard rates(Dashboard dashboard) {
    return dashboard
        .row("Hits")
        .panels(
            8,
            Panel.lines(
                    "Hit rate by tier",
                    "percentunit",
                    "caffeine is the tier in the process, redis the one behind it.")
                .query(hits("cache_system"), "{{cache_system}}")
                .max(1)
                .levels(Levels.HIT_RATE)
                .links(Link.FINDINGS, Link.to("Statements", "database")),
            Panel.lines(
                    "Hit rate by cache",
                    "percentunit",
                    "Of ten minutes, as the recording rule has it; below 90 % it alerts.")
                .query(
                    "service_cache:cache_hits:ratio_rate10m{service=~\"$service\"}",
                    "{{cache_system}} {{cache_name}}")
                .max(1)
                .levels(Levels.HIT_RATE)
                .links(Link.FINDINGS, Link.to("Statements", "database")),
            Panel.lines("Reads by result", "ops", "Reads in a second.")
                .query(
                    "sum by (cache_system, cache_result) (rate(" + READS + "{@}[@]))",
                    "{{cache_system}} {{cache_result}}")
                .stacked()
                .links(Link.FINDINGS, Link.to("Statements", "database")))
        .panels(
            8,
            Panel.lines(
                    "Not modified, by route",
                    "percentunit",
                    "Share of GETs answered with a 304. Zero where no ETag is sent, or none kept.")
                .query(notModified("http_route"), "{{http_route}}")
                .max(1)
                .links(Link.ROUTE_SERVICE, Link.ROUTE_TRACES),
            new Table("Caches", "none", "Each cache as it is now.")
                .label("cache_system", "Tier")
                .label("cache_name", "Cache", Link.FINDINGS, Link.to("Statements", "database"))
                .column(
                    "Reads", "ops", "sum by (cache_system, cache_name) (rate(" + READS + "{@}[@]))")
                .column("Hit rate", "percentunit", hits("cache_system, cache_name"))
                .levels("Hit rate", Levels.HIT_RATE)
                .sortedBy("Reads")
                .links(Link.FINDINGS));
  }

  private static Dashboard redis(Dashboard dashboard) {
    return dashboard
        .row("Redis")
        .panels(
            8,
            Panel.lines("Commands", "ops", "In a second, the ten most frequent.")
                .query(
                    "topk(10, sum by (db_query_summary) (rate("
                        + COMMANDS
                        + "_count{"
                        + REDIS
                        + "}[@])))",
                    "{{db_query_summary}}")
                .links(COMMAND_TRACES, Link.FINDINGS),
            Panel.lines("95th percentile by command", "s", "A dot leads to a trace.")
                .query(quantile("db_query_summary"), "{{db_query_summary}}")
                .exemplars()
                .levels(Levels.rising(0.005, 0.02, 0.1))
                .links(COMMAND_TRACES, Link.FINDINGS),
            Panel.lines(
                    "Asked one by one",
                    "none",
                    "Units of work in a minute that read a cache item by item, where one MGET or"
                        + " pipeline would do; zero while none does.")
                .query(
                    "60 * (sum by (entry_point) (rate(atalaya_findings_total"
                        + "{@entry,kind=\"n_plus_one_cache\"}[@])) or on () 0 *"
                        + " sum(atalaya_enabled{@}))",
                    "{{entry_point}}")
                .levels(Levels.rising(1, 10, 60))
                .links(Link.FINDINGS));
  }

  private static String hits(String by) {
    return Query.share(by, READS, "@", "cache_result=\"hit\"");
  }

  private static String notModified(String by) {
    return Query.share(
        by,
        "http_server_request_duration_seconds_count",
        "@route,http_request_method=~\"GET|HEAD\"",
        "http_response_status_code=\"304\"");
  }

  private static String quantile(String by) {
    return Query.quantile("0.95", by, COMMANDS, REDIS);
  }
}
