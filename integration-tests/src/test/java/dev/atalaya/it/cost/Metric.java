package dev.atalaya.it.cost;

/** A row of the table: what is measured, its unit, and what Atalaya may add (its bound). */
enum Metric {
  START_CPU("start to the first answer, CPU", "s", 2, 0.8, false),
  START_TIME("start to the first answer, time", "s", 2, Double.NaN, false),
  SETTLED_CPU("the same and 3 s of idling after it, CPU", "s", 2, Double.NaN, false),
  CALL_CPU("JDBC call, CPU of its own thread", "us", 2, 0.3, false),
  CALL_BYTES("JDBC call, bytes of its own thread", "B", 0, 150, true),
  CALL_BYTES_ALL("JDBC call, bytes of all threads", "B", 0, 400, true),
  SPAN_CPU("agent's own threads, CPU a span", "us", 2, 1, false),
  SERVER_BYTES("server span, bytes of its own thread", "B", 0, 800, true),
  SERVER_BYTES_ALL("server span, bytes of all threads", "B", 0, 800, true),
  REQUEST_CPU("request of 50 JDBC calls, CPU of the whole process", "us", 0, Double.NaN, false),
  METASPACE_BEFORE("metaspace before the first export", "MiB", 1, 7, true),
  METASPACE_AFTER("metaspace after it, at the end of the run", "MiB", 1, 9, true),
  CLASSES_BEFORE("loaded classes before the first export", "", 0, Double.NaN, false),
  CLASSES_AFTER("loaded classes at the end of the run", "", 0, Double.NaN, false),
  JAR("jar", "MiB", 1, 9.5, true),
  DELIVERED("spans delivered", "%", 2, Double.NaN, true),
  OTHER_SPANS("spans of no request, the whole run", "", 0, Double.NaN, false);

  final String title;
  final String unit;
  final int digits;

  /** NaN where there is none. */
  final double bound;

  /** Repeats from run to run, so that a test can hold it; CPU and time do not. */
  final boolean repeats;

  Metric(String title, String unit, int digits, double bound, boolean repeats) {
    this.title = title;
    this.unit = unit;
    this.digits = digits;
    this.bound = bound;
    this.repeats = repeats;
  }
}
