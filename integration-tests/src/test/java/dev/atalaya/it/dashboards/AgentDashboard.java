package dev.atalaya.it.dashboards;

/** The agent on itself: whether it records, keeps up and delivers, and what it costs. */
final class AgentDashboard {
  private static final Link SERVICE =
      new Link(
          "Its service",
          "/d/atalaya-service?var-service=${__field.labels.service}&${__url_time_range}");

  private AgentDashboard() {}

  static Dashboard dashboard() {
    Dashboard dashboard =
        new Dashboard(
            "agent",
            "the agent on itself",
            "Whether the agents record, keep up and deliver, and what they cost.",
            new Variables().services().instance().addresses());
    return cost(delivery(fleet(glance(dashboard))));
  }

  private static Dashboard glance(Dashboard dashboard) {
    return dashboard
        .row("At a glance")
        .panels(
            4,
            Panel.number("Instances that answer", "percentunit", "Share of Prometheus' targets.")
                .query("avg(up{@,job=\"atalaya\"})", "up")
                .levels(Levels.falling(0.5, 0.9, 1))
                .links(Link.DOCTOR),
            Panel.number("Agents that record", "percentunit", "Share that is not switched off.")
                .query("avg(atalaya_enabled{@})", "on")
                .levels(Levels.falling(0.5, 0.9, 1))
                .links(Link.DOCTOR),
            Panel.number(
                    "CPU of the agent",
                    "percentunit",
                    "Of its own threads, as a share of what its service uses; the most of all.")
                .query(cost("by (instance) ", "max"), "share")
                .levels(Levels.rising(0.02, 0.05, 0.1))
                .links(Link.DOCTOR),
            Panel.number("Longest queue", "none", "Requests that wait for a worker, of 8,192.")
                .query("max(atalaya_queue_size{@})", "requests")
                .levels(Levels.rising(1000, 4096, 7000))
                .links(Link.DOCTOR),
            Panel.number(
                    "Spans dropped",
                    "cps",
                    "In a second, for any reason but that there is no collector.")
                .query(
                    "sum(rate(atalaya_spans_dropped_total{@,reason!=\"no_collector\"}[@]))",
                    "dropped")
                .levels(Levels.NONE)
                .links(Link.DOCTOR),
            Panel.number("Errors inside", "none", "Exceptions in woven code, in a minute.")
                .query("60 * sum(rate(atalaya_instrumentation_errors_total{@}[@]))", "errors")
                .levels(Levels.NONE)
                .links(Link.DOCTOR));
  }

  private static Dashboard fleet(Dashboard dashboard) {
    String who = "service, instance, service_name, service_version, telemetry_distro_version";
    return dashboard
        .row("Who is there")
        .panels(
            8,
            new Table(
                    "Agents",
                    "none",
                    "Target, the service that it names itself, and versions. The two names should"
                        + " be the same.")
                .label("service", "Service")
                .label(
                    "instance",
                    "Instance",
                    Link.DOCTOR,
                    new Link(
                        "Its service",
                        "/d/atalaya-service?var-service=${__data.fields.Service:percentencode}"
                            + "&var-instance=${__data.fields.Instance:percentencode}"))
                .label("service_name", "Names itself")
                .label("service_version", "Version")
                .label("telemetry_distro_version", "Agent")
                .column("Runs", "none", "count by (" + who + ") (target_info{@})")
                .sortedBy("Service")
                .links(Link.DOCTOR),
            Panel.lines("Records", "bool_on_off", "1 while it does, 0 while it is switched off.")
                .query("atalaya_enabled{@}", "{{service}} {{instance}}")
                .max(1)
                .links(Link.DOCTOR, SERVICE),
            Panel.lines("Time of a scrape", "s", "Until Prometheus has read the metrics.")
                .query("scrape_duration_seconds{@,job=\"atalaya\"}", "{{service}} {{instance}}")
                .levels(Levels.rising(0.5, 1, 5))
                .links(Link.DOCTOR, SERVICE));
  }

  private static Dashboard delivery(Dashboard dashboard) {
    return dashboard
        .row("Delivery")
        .panels(
            8,
            Panel.lines("Spans exported", "cps", "In a second.")
                .query(
                    "sum by (service, instance) (rate(atalaya_spans_exported_total{@}[@]))",
                    "{{service}} {{instance}}")
                .links(Link.DOCTOR, SERVICE),
            Panel.lines("Spans dropped", "cps", "In a second, by reason.")
                .query(
                    "sum by (service, reason) (rate(atalaya_spans_dropped_total{@}[@]))",
                    "{{service}} {{reason}}")
                .levels(Levels.NONE)
                .links(Link.DOCTOR, SERVICE),
            Panel.lines("Queue", "none", "Requests that wait for the worker; it takes 8,192.")
                .query("atalaya_queue_size{@}", "{{service}} {{instance}}")
                .levels(Levels.rising(1000, 4096, 7000))
                .links(Link.DOCTOR, SERVICE),
            Panel.lines("Alerts", "none", "In a minute, by channel and what became of them.")
                .query(
                    "60 * sum by (service, channel, result) (rate(atalaya_alerts_total{@}[@]))",
                    "{{service}} {{channel}} {{result}}")
                .links(Link.FINDINGS, SERVICE));
  }

  private static Dashboard cost(Dashboard dashboard) {
    return dashboard
        .row("Cost and health")
        .panels(
            8,
            Panel.lines(
                    "CPU of the agent's threads",
                    "percentunit",
                    "As a share of what the service uses. What woven code takes is not in it:"
                        + " docs/cost.md has that.")
                .query(cost("by (service, instance) ", ""), "{{service}} {{instance}}")
                .levels(Levels.rising(0.02, 0.05, 0.1))
                .links(Link.DOCTOR, SERVICE),
            Panel.lines("Series", "none", "Of each metric, the ten largest; it takes 2,000.")
                .query("topk(10, max by (service, metric) (atalaya_series{@}))", "{{metric}}")
                .levels(Levels.rising(1000, 1800, 2000))
                .links(Link.DOCTOR, SERVICE),
            Panel.lines("Samples of a scrape", "short", "What Prometheus stores each time.")
                .query("scrape_samples_scraped{@,job=\"atalaya\"}", "{{service}} {{instance}}")
                .links(Link.DOCTOR, SERVICE),
            Panel.lines(
                    "Errors inside",
                    "none",
                    "In a minute, in woven code by instrumentation, and in the agent's own parts. The"
                        + " application did not see them.")
                .query(
                    "60 * sum by (service, instrumentation)"
                        + " (rate(atalaya_instrumentation_errors_total{@}[@]))",
                    "{{service}} {{instrumentation}}")
                .query(
                    "60 * sum by (service, part) (rate(atalaya_agent_errors_total{@}[@]))",
                    "{{service}} {{part}}")
                .levels(Levels.NONE)
                .links(Link.DOCTOR, SERVICE),
            Panel.lines(
                    "Breaker",
                    "none",
                    "What the agent leaves so as to cost less: 1 plans, 2 call sites, 3 folding, 4"
                        + " spans, 5 everything.")
                .query("atalaya_breaker_stage{@}", "{{service}} {{instance}}")
                .levels(Levels.rising(1, 2, 4))
                .max(5)
                .links(Link.DOCTOR, SERVICE),
            Panel.lines(
                    "What the breaker looks at",
                    "percentunit",
                    "Heap in use after collections, CPU of the agent's threads of one core, time"
                        + " added to requests; the most of all.")
                .query(
                    "max by (service, cost) (atalaya_breaker_share_ratio{@})",
                    "{{service}} {{cost}}")
                .links(Link.DOCTOR, SERVICE));
  }

  private static String cost(String by, String of) {
    return of
        + "(sum "
        + by
        + "(rate(atalaya_overhead_seconds_total{@}[@])) / sum "
        + by
        + "(rate(jvm_cpu_time_seconds_total{@}[@])))";
  }
}
