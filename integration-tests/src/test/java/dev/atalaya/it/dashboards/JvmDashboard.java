package dev.atalaya.it.dashboards;

/** The process: memory, collections, threads, processors, and which route allocates. */
final class JvmDashboard {
  private static final String HEAP = "{@,jvm_memory_type=\"heap\"}";
  private static final String PAUSES = "jvm_gc_duration_seconds";
  private static final String ALLOCATED = "atalaya_request_allocated_bytes";

  private static final Link SERVICE = Link.to("Requests", "service");
  private static final Link DATABASE = Link.to("Database and pool", "database");

  private JvmDashboard() {}

  static Dashboard dashboard() {
    Dashboard dashboard =
        new Dashboard(
            "jvm",
            "JVM",
            "Heap, collections, threads, processors, and allocation by route.",
            new Variables().service().instance().route().addresses());
    return threads(allocation(collections(memory(glance(dashboard)))));
  }

  private static Dashboard glance(Dashboard dashboard) {
    return dashboard
        .row("At a glance")
        .panels(
            4,
            Panel.number(
                    "Heap after collections",
                    "percentunit",
                    "What collections left, of the most there may be; the fullest instance.")
                .query("max(service_instance:heap_after_gc:ratio{@})", "full")
                .levels(Levels.USE)
                .links(SERVICE),
            Panel.number("CPU", "percentunit", "Of all processors; the busiest instance.")
                .query("max(jvm_cpu_recent_utilization_ratio{@})", "busy")
                .levels(Levels.rising(0.5, 0.7, 0.9))
                .links(SERVICE, DATABASE),
            Panel.number("Processors", "none", "That one instance may use.")
                .query("max(jvm_cpu_count{@})", "processors")
                .links(SERVICE),
            Panel.number(
                    "In collections", "percentunit", "Share of the time; the instance with most.")
                .query("max(sum by (instance) (rate(" + PAUSES + "_sum{@}[@])))", "share")
                .levels(Levels.rising(0.02, 0.05, 0.2))
                .links(SERVICE),
            Panel.number("Threads", "none", "Platform threads of all instances.")
                .query("sum(jvm_thread_count{@})", "threads")
                .links(SERVICE, DATABASE));
  }

  private static Dashboard memory(Dashboard dashboard) {
    return dashboard
        .row("Memory")
        .panels(
            8,
            Panel.lines("Heap", "bytes", "Used, committed, and the most that it may grow to.")
                .query("sum by (instance) (jvm_memory_used_bytes" + HEAP + ")", "{{instance}} used")
                .query(
                    "sum by (instance) (jvm_memory_committed_bytes" + HEAP + ")",
                    "{{instance}} committed")
                .query(
                    "sum by (instance) (jvm_memory_limit_bytes" + HEAP + ")", "{{instance}} limit")
                .links(SERVICE),
            Panel.lines(
                    "Heap after collections",
                    "percentunit",
                    "What is in use, garbage left out; where it climbs and never falls, something is"
                        + " kept for good.")
                .query("service_instance:heap_after_gc:ratio{@}", "{{instance}}")
                .max(1)
                .levels(Levels.USE)
                .links(SERVICE),
            Panel.lines("Left after collections, by pool", "bytes", "Of all instances.")
                .query(
                    "sum by (jvm_memory_pool_name) (jvm_memory_used_after_last_gc_bytes{@})",
                    "{{jvm_memory_pool_name}}")
                .links(SERVICE))
        .panels(
            8,
            Panel.lines("Outside of the heap", "bytes", "Classes and compiled code, by pool.")
                .query(
                    "sum by (jvm_memory_pool_name)"
                        + " (jvm_memory_used_bytes{@,jvm_memory_type=\"non_heap\"})",
                    "{{jvm_memory_pool_name}}")
                .stacked()
                .links(SERVICE),
            Panel.lines("Buffers", "bytes", "Memory of direct and mapped buffers, and its bound.")
                .query(
                    "sum by (jvm_buffer_pool_name) (jvm_buffer_memory_used_bytes{@})",
                    "{{jvm_buffer_pool_name}} used")
                .query(
                    "sum by (jvm_buffer_pool_name) (jvm_buffer_memory_limit_bytes{@})",
                    "{{jvm_buffer_pool_name}} capacity")
                .links(SERVICE),
            Panel.lines("Number of buffers", "none", "Direct and mapped.")
                .query(
                    "sum by (jvm_buffer_pool_name) (jvm_buffer_count{@})",
                    "{{jvm_buffer_pool_name}}")
                .links(SERVICE));
  }

  private static Dashboard collections(Dashboard dashboard) {
    return dashboard
        .row("Garbage collection")
        .panels(
            8,
            Panel.lines("Time in collections", "percentunit", "Share of the time, by collector.")
                .query(
                    "sum by (instance, jvm_gc_name) (rate(" + PAUSES + "_sum{@}[@]))",
                    "{{instance}} {{jvm_gc_name}}")
                .levels(Levels.rising(0.02, 0.05, 0.2))
                .links(SERVICE),
            Panel.lines("Collections", "cps", "In a second, by what they did.")
                .query(
                    "sum by (jvm_gc_name, jvm_gc_action) (rate(" + PAUSES + "_count{@}[@]))",
                    "{{jvm_gc_name}}: {{jvm_gc_action}}")
                .links(SERVICE),
            Panel.lines(
                    "Longest collections", "s", "99th percentile; the buckets end at 0.01 to 10 s.")
                .query(Query.quantile("0.99", "jvm_gc_name", PAUSES, "@"), "{{jvm_gc_name}}")
                .levels(Levels.rising(0.1, 0.5, 1))
                .links(SERVICE));
  }

  private static Dashboard allocation(Dashboard dashboard) {
    return dashboard
        .row("Allocation by route")
        .panels(
            9,
            Panel.lines(
                    "Allocated in a request",
                    "bytes",
                    "On average, by the thread of the request; none is counted of asynchronous ones.")
                .query(
                    "sum by (http_route) (rate("
                        + ALLOCATED
                        + "_sum{@route}[@])) / sum by (http_route) (rate("
                        + ALLOCATED
                        + "_count{@route}[@]))",
                    "{{http_route}}")
                .links(Link.FINDINGS, Link.ROUTE_SERVICE, Link.ROUTE_TRACES),
            Panel.lines("Allocated by route", "Bps", "In a second: what the collector must clear.")
                .query(
                    "sum by (http_route) (rate(" + ALLOCATED + "_sum{@route}[@]))",
                    "{{http_route}}")
                .stacked()
                .links(Link.FINDINGS, Link.ROUTE_SERVICE, Link.ROUTE_TRACES),
            Panel.lines("Largest requests", "bytes", "95th percentile of what a request allocates.")
                .query(Query.quantile("0.95", "http_route", ALLOCATED, "@route"), "{{http_route}}")
                .links(Link.FINDINGS, Link.ROUTE_SERVICE, Link.ROUTE_TRACES));
  }

  private static Dashboard threads(Dashboard dashboard) {
    return dashboard
        .row("Processors, threads, classes")
        .panels(
            8,
            Panel.lines("CPU", "percentunit", "Share of all processors that the process uses.")
                .query("jvm_cpu_recent_utilization_ratio{@}", "{{instance}}")
                .max(1)
                .levels(Levels.rising(0.5, 0.7, 0.9))
                .links(SERVICE, DATABASE),
            Panel.lines("Processors used", "none", "CPU seconds in a second.")
                .query("sum by (instance) (rate(jvm_cpu_time_seconds_total{@}[@]))", "{{instance}}")
                .links(SERVICE, DATABASE),
            Panel.lines("Threads", "none", "Platform threads by state, daemons among them.")
                .query("sum by (jvm_thread_state) (jvm_thread_count{@})", "{{jvm_thread_state}}")
                .stacked()
                .links(SERVICE, DATABASE),
            Panel.lines(
                    "Daemon threads",
                    "none",
                    "Threads that do not keep the process alive, and those that do.")
                .query(
                    "sum by (jvm_thread_daemon) (jvm_thread_count{@})",
                    "daemon: {{jvm_thread_daemon}}")
                .links(SERVICE, DATABASE))
        .panels(
            7,
            Panel.lines("Classes", "none", "Loaded now. Where it only climbs, loaders leak.")
                .query("sum by (instance) (jvm_class_count{@})", "{{instance}}")
                .links(SERVICE, Link.DOCTOR),
            Panel.lines("Classes that come and go", "cps", "Loaded and unloaded in a second.")
                .query("sum(rate(jvm_class_loaded_total{@}[@]))", "loaded")
                .query("sum(rate(jvm_class_unloaded_total{@}[@]))", "unloaded")
                .links(SERVICE, Link.DOCTOR));
  }
}
