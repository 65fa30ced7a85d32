package shop.report;

/**
 * A look at a shop at work. CPU is what has been used since the start, in seconds; not a number
 * where it cannot be known.
 *
 * @param at milliseconds since 1970
 * @param machineCpu of all processes, those that have nothing to do with the shop too
 * @param connections in use, of all pools
 * @param connectionsMax that the pools may open
 * @param waiting threads that wait for a connection
 * @param heap bytes in use, garbage too
 */
record Moment(
    long at,
    double shopCpu,
    double databaseCpu,
    double loadCpu,
    double machineCpu,
    double connections,
    double connectionsMax,
    double waiting,
    double heap,
    double heapLimit) {

  static Moment of(Metrics metrics, double databaseCpu, double loadCpu) {
    return new Moment(
        System.currentTimeMillis(),
        metrics.sum("jvm_cpu_time_seconds_total"),
        databaseCpu,
        loadCpu,
        ProcFolder.busySeconds(),
        metrics.sum("db_client_connection_count", "db_client_connection_state", "used"),
        metrics.sum("db_client_connection_max"),
        metrics.sum("db_client_connection_pending_requests"),
        metrics.sum("jvm_memory_used_bytes", "jvm_memory_type", "heap"),
        metrics.sum("jvm_memory_limit_bytes", "jvm_memory_type", "heap"));
  }
}
