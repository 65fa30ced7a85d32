package dev.atalaya.it.dashboards;

/** What the service asks of others over HTTP, and how they do. */
final class OutgoingPanels {
  private static final String CLIENT = "http_client_request_duration_seconds";
  private static final String SERVER = "server_address, server_port";
  private static final String NAME = "{{server_address}}:{{server_port}}";

  private OutgoingPanels() {}

  static Dashboard below(Dashboard dashboard) {
    Link partner =
        Link.traces(
            "Traces that call ${__field.labels.server_address}",
            "{\"server.address\":\"${__field.labels.server_address}\"}");
    return dashboard
        .row("What it asks of others over HTTP")
        .panels(
            8,
            Panel.lines("Requests by server", "reqps", "Requests sent in a second.")
                .query("sum by (" + SERVER + ") (rate(" + CLIENT + "_count{@}[@]))", NAME)
                .links(partner),
            Panel.lines("95th percentile by server", "s", "Until the answer, from buckets.")
                .query(Query.quantile("0.95", SERVER, CLIENT, "@"), NAME)
                .exemplars()
                .levels(Levels.SECONDS)
                .links(partner),
            Panel.lines(
                    "Failures by server",
                    "percentunit",
                    "Share of the requests that had no answer, or one of 400 and above.")
                .query(Query.share(SERVER, CLIENT + "_count", "@", "error_type!=\"\""), NAME)
                .levels(Levels.ERRORS)
                .links(partner));
  }
}
