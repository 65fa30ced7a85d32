package dev.atalaya.agent.detect;

import org.jspecify.annotations.Nullable;

/** What the text of a statement or command tells of its purpose; found out once per template. */
final class Traits {
  /** Findings of one statement whose texts are kept. */
  private static final int RECALLS = 8;

  final Operation operation;

  // Read by the rules of its family, and not changed any more.

  /** The session's affairs, or a question about the database itself. */
  boolean housekeeping;

  boolean sequence;

  /** It waits for work. */
  boolean queue;

  /** Its rows come in an order, or as far as a limit. */
  boolean ordered;

  /** Whether its rows may be those of one table many times over. */
  boolean joins;

  /** One {@code = ?}, or a key. */
  boolean point;

  /** Several sent together. */
  boolean batch;

  private final @Nullable Recall[] recalls = new Recall[RECALLS];
  private int nextRecall;

  /** What was kept of the same finding, or null; for the worker. */
  @Nullable Recall recall(OperationSummary s, Kind kind, String entryPoint) {
    for (Recall one : recalls) if (one != null && one.isOf(s, kind, entryPoint)) return one;
    return null;
  }

  void keep(Recall recall) {
    recalls[nextRecall++ % RECALLS] = recall;
  }

  Traits(Operation operation) {
    this.operation = operation;
  }
}
