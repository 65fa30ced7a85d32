package dev.atalaya.it.cost;

/** What the same service is started with. */
enum Variant {
  NONE("no agent", false),
  OPENTELEMETRY("OpenTelemetry", true),
  DATADOG("Datadog", true),
  ATALAYA("Atalaya", true),
  /** Atalaya as it was, from the jar that {@code --before} names. */
  BEFORE("Atalaya before", true),
  /** No agent once more: what differs from the first run is noise. */
  NONE_AGAIN("no agent, again", false),
  /** An agent whose premain is empty: what the JVM itself takes for any -javaagent. */
  EMPTY("empty agent", false);

  final String title;
  private final boolean exports;

  Variant(String title, boolean exports) {
    this.title = title;
    this.exports = exports;
  }

  boolean exports() {
    return exports;
  }
}
