package dev.atalaya.agent.trace;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What the agent knows of one statement object; wrappers share the driver's. */
final class StatementState {
  private static final int POSITIONS = 64;

  // 40 bytes with compressed references, one for each statement made.

  /** What was prepared; for a plain statement the datasource's placeholder. */
  final Template template;

  /** The SQL as prepared; for a plain statement the first of its batch. */
  @Nullable String sql;

  /** Salted hashes of the bind values by position: the first two, then up to the 64th. */
  private int first;

  private int second;
  private int @Nullable [] further;

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
    if (index == 1) {
      first = hash;
    } else if (index == 2) {
      second = hash;
    } else if (index > 2 && index <= POSITIONS) {
      int[] hashes = further;
      if (hashes == null || hashes.length < index - 2) {
        int length = Math.min(POSITIONS, Math.max(4, 2 * index));
        further = hashes = hashes == null ? new int[length] : Arrays.copyOf(hashes, length);
      }
      hashes[index - 3] = hash;
    }
  }
}
