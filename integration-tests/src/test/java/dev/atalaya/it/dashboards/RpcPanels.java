package dev.atalaya.it.dashboards;

/** Remote procedure calls that the service answers, and those that it sends. */
final class RpcPanels {
  private RpcPanels() {}

  static Dashboard below(Dashboard dashboard) {
    side(dashboard, "Remote procedure calls that it answers", "answered", "server");
    return side(dashboard, "Remote procedure calls that it sends", "sent", "client");
  }

  private static Dashboard side(Dashboard dashboard, String row, String done, String side) {
    String duration = "rpc_" + side + "_call_duration_seconds";
    String count = duration + "_count";
    Link traces =
        Link.traces(
            "Traces of ${__field.labels.rpc_method}",
            "{\"rpc.method\":\"${__field.labels.rpc_method}\"}");
    return dashboard
        .row(row)
        .panels(
            8,
            Panel.lines("Calls " + done, "reqps", "Calls " + done + " in a second, by method.")
                .query("sum by (rpc_method) (rate(" + count + "{@}[@]))", "{{rpc_method}}")
                .links(traces),
            Panel.lines(
                    "95th percentile of calls " + done,
                    "s",
                    "Until the call was closed, from buckets; that of a stream is as long as it is.")
                .query(Query.quantile("0.95", "rpc_method", duration, "@"), "{{rpc_method}}")
                .exemplars()
                .levels(Levels.SECONDS)
                .links(traces),
            Panel.lines("Failures of calls " + done, "percentunit", "Share of the calls by method.")
                .query(Query.share("rpc_method", count, "@", "error_type!=\"\""), "{{rpc_method}}")
                .levels(Levels.ERRORS)
                .links(traces));
  }
}
