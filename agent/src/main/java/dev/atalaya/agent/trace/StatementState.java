package dev.atalaya.agent.trace;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What the agent knows of one statement object; wrappers share the driver's. */
final class StatementState {
  private static final int POSITIONS = 64;

  // 32 bytes with compressed references, one for each statement made.

  /** What was prepared; for a plain statement the datasource's placeholder. */
  final Template template;

  /** The SQL as prepared; for a plain statement the first of its batch. */
  @Nullable String sql;

  /** Salted hashes of the bind values by position, at most the first 64. */
  private int @Nullable [] binds;

  /** The last execution: rows read through {@code getResultSet} are its. */
  @Nullable Span last;

  int batchSize;

  StatementState(Template template, @Nullable String sql) {
    this.template = template;
    this.sql = sql;
  }

  boolean prepared() {
    return template.text != null;
  }

  /** Wrapper and driver both report a bind: the second changes nothing. */
  void bind(int index, int hash) {
    if (index < 1 || index > POSITIONS) return;
    int[] hashes = binds;
    if (hashes == null) binds = hashes = new int[Math.max(index, 2)];
    else if (hashes.length < index) binds = hashes = Arrays.copyOf(hashes, Math.max(index, 8));
    hashes[index - 1] = hash;
  }
}
