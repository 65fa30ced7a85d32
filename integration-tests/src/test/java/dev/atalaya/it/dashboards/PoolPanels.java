package dev.atalaya.it.dashboards;

/** The pools of connections to the databases: how full, how long waited for, how long held. */
final class PoolPanels {
  /** What tells one pool from another. */
  static final String POOL = "instance, db_client_connection_pool_name";

  private static final String NAME = "{{db_client_connection_pool_name}} {{instance}}";

  private PoolPanels() {}

  static Dashboard below(Dashboard dashboard) {
    return dashboard
        .row("Connection pool")
        .panels(
            8,
            Panel.lines("Connections", "none", "Used and idle, and the most that may be opened.")
                .query(
                    "sum by (db_client_connection_pool_name, db_client_connection_state)"
                        + " (db_client_connection_count{@})",
                    "{{db_client_connection_pool_name}} {{db_client_connection_state}}")
                .query(
                    "sum by (db_client_connection_pool_name) (db_client_connection_max{@})",
                    "{{db_client_connection_pool_name}} most")
                .links(Link.to("Threads", "jvm"), Link.TRACES),
            Panel.lines("Use", "percentunit", "Share of a pool's connections that are in use.")
                .query("service_instance_pool:connections_used:ratio{@}", NAME)
                .max(1)
                .levels(Levels.USE)
                .links(Link.TRACES, Link.to("Threads", "jvm")),
            Panel.lines("Waiting", "none", "Threads that wait for a connection.")
                .query("sum by (" + POOL + ") (db_client_connection_pending_requests{@})", NAME)
                .levels(Levels.rising(1, 2, 5))
                .links(Link.TRACES, Link.to("Threads", "jvm")))
        .panels(
            8,
            Panel.lines("Time to get a connection", "s", "95th percentile.")
                .query(quantile("wait_time"), NAME)
                .levels(Levels.rising(0.01, 0.1, 0.5))
                .links(Link.TRACES),
            Panel.lines(
                    "Time a connection is held",
                    "s",
                    "95th percentile, until it is given back: calls to others in a transaction too.")
                .query(quantile("use_time"), NAME)
                .levels(Levels.SECONDS)
                .links(Link.TRACES),
            Panel.lines(
                    "Timeouts", "none", "Attempts to get a connection that failed, in a minute.")
                .query(
                    "60 * sum by (" + POOL + ") (rate(db_client_connection_timeouts_total{@}[@]))",
                    NAME)
                .levels(Levels.NONE)
                .links(Link.FAILED));
  }

  private static String quantile(String what) {
    return Query.quantile("0.95", POOL, "db_client_connection_" + what + "_seconds", "@");
  }
}
