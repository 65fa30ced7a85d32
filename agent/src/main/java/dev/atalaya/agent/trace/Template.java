package dev.atalaya.agent.trace;

import org.jspecify.annotations.Nullable;

/**
 * What every execution of one statement, command or outgoing request shares; built once, so that a
 * call adds only its times, its ids and what differs.
 */
public final class Template {
  public final Datasource datasource;

  /** What is sent, without literals; null where unknown. */
  public final @Nullable String text;

  /** The span's name. */
  public final String summary;

  public final @Nullable String operation;
  public final @Nullable String collection;

  /** READ, WRITE, ...; null for what is no SQL. */
  final SqlText.@Nullable Kind kind;

  /** Durations of the executions that succeeded, in ns. */
  public final Distribution duration;

  /** Rows read by an execution; null for what has no rows. */
  public final @Nullable Distribution rows;

  /** What the exporter made of the above, once; owned by the exporter. */
  public volatile @Nullable Object encoded;

  private volatile @Nullable Template batch;

  Template(
      Datasource datasource,
      @Nullable String text,
      String summary,
      @Nullable String operation,
      @Nullable String collection,
      SqlText.@Nullable Kind kind,
      Meters meters) {
    this.datasource = datasource;
    this.text = text;
    this.summary = summary;
    this.operation = operation;
    this.collection = collection;
    this.kind = kind;
    this.duration = meters.operation(this, null, null);
    this.rows = kind == null ? null : meters.rows(this);
  }

  /** The same statement executed as a batch. */
  Template batch(Meters meters) {
    Template twin = batch;
    if (twin == null) {
      String op = operation == null ? "BATCH" : "BATCH " + operation;
      String name = "BATCH " + summary;
      batch = twin = new Template(datasource, text, name, op, collection, kind, meters);
    }
    return twin;
  }
}
