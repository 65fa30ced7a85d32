package dev.atalaya.agent.trace;

import dev.atalaya.agent.callsite.KnownSites;
import dev.atalaya.agent.callsite.Loaded;
import dev.atalaya.agent.privacy.Hash;
import dev.atalaya.agent.sql.SqlText;
import java.util.function.Consumer;
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

  /** READ, WRITE, ...; null for what is not known. */
  public final SqlText.@Nullable Kind kind;

  /** Tells the operation from all others; two of the same text have the same. */
  public final long key;

  public final Purpose purpose;

  /** What each {@code ?} of the text is used for: constants of {@link SqlText}. */
  public final byte[] contexts;

  /** Where it is repeated from. */
  final KnownSites sites = new KnownSites();

  /** How long it mostly takes; the worker learns it. */
  final BaselineDuration baseline = new BaselineDuration();

  /** Several sent together, as one operation. */
  public final boolean batch;

  /**
   * It was the cause of a finding: its call site is looked for though it runs only once. Not
   * volatile, as a thread may as well see it later.
   */
  private boolean leads;

  /** A comment in the statement asks to leave it alone; with it, it is another template. */
  public final boolean ignored;

  /** Durations of the executions that succeeded, in ns. */
  public final Distribution duration;

  /** Rows read by an execution; null for what has no rows. */
  public final @Nullable Distribution rows;

  /** What the exporter made of the above, once; owned by the exporter. */
  public volatile @Nullable Object encoded;

  /** What detection made of the text, once; owned by detection. */
  public volatile @Nullable Object traits;

  /**
   * What an object-relational mapper loads by it on its own; null for what the application asks
   * for.
   */
  public volatile @Nullable Loaded loaded;

  private volatile @Nullable Template asBatch;

  Template(
      Datasource datasource,
      @Nullable String text,
      String summary,
      @Nullable String operation,
      @Nullable String collection,
      SqlText.@Nullable Kind kind,
      Purpose purpose,
      byte[] contexts,
      boolean batch,
      boolean ignored,
      Meters meters) {
    this.datasource = datasource;
    this.text = text;
    this.summary = summary;
    this.operation = operation;
    this.collection = collection;
    this.kind = kind;
    this.purpose = purpose;
    this.contexts = contexts;
    this.batch = batch;
    this.ignored = ignored;
    long named = Hash.of64(text == null ? summary : text) ^ hash(summary);
    this.key = (named * 31 + datasource.hashCode()) * 31 + (ignored ? 1 : 0);
    this.duration = meters.operation(this, null, null);
    this.rows = kind != null && datasource.family.hasRows ? meters.rows(this) : null;
  }

  /** Asks for its call site, from its next execution on. */
  public void wantLine() {
    leads = true;
  }

  boolean leads() {
    return leads;
  }

  /** Shows itself, and its batch where there was one. */
  void visit(Consumer<Template> visitor) {
    visitor.accept(this);
    Template twin = asBatch;
    if (twin != null) visitor.accept(twin);
  }

  /** A batch differs from its statement in this alone. */
  private static long hash(String summary) {
    return (long) summary.hashCode() << 32;
  }

  /** The same statement executed as a batch. */
  Template batch(Meters meters) {
    Template twin = asBatch;
    if (twin == null) {
      String op = operation == null ? "BATCH" : "BATCH " + operation;
      String name = "BATCH " + summary;
      asBatch =
          twin =
              new Template(
                  datasource,
                  text,
                  name,
                  op,
                  collection,
                  kind,
                  purpose,
                  contexts,
                  true,
                  ignored,
                  meters);
    }
    return twin;
  }
}
