package dev.atalaya.agent.trace;

import dev.atalaya.agent.privacy.Hash;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What the agent knows of one statement object; wrappers share the driver's. */
class StatementState {
  private static final int POSITIONS = 64;

  // 32 bytes with compressed references, one for each statement made.

  /** What was prepared; for a plain statement the datasource's placeholder. */
  final Wording wording;

  /** Salted hashes of the bind values by position: the first two. */
  private int first;

  private int second;

  /** The size of the batch, then the hashes from the third position on. */
  private int @Nullable [] further;

  /**
   * The last execution, whose rows are those read through {@code getResultSet}; or the first SQL of
   * a plain statement's batch.
   */
  @Nullable Object last;

  StatementState(Wording wording) {
    this.wording = wording;
  }

  boolean prepared() {
    return wording.template.text != null;
  }

  int batchSize() {
    int[] known = further;
    return known == null ? 0 : known[0];
  }

  void batchSize(int size) {
    if (size > 0 || further != null) further(0)[0] = size;
  }

  /** The hash of what is bound to a parameter, counted from 1; {@link Hash#UNKNOWN} for others. */
  int value(int index) {
    if (index == 1) return first;
    if (index == 2) return second;
    int[] hashes = further;
    if (hashes == null || index < 3 || index - 2 >= hashes.length) return Hash.UNKNOWN;
    return hashes[index - 2];
  }

  /** The place of a parameter that is told by its name; 0 where that is not known. */
  int index(String name) {
    return 0;
  }

  /** Makes all bound values unknown. */
  void forget() {
    first = second = Hash.UNKNOWN;
    int[] hashes = further;
    if (hashes != null) Arrays.fill(hashes, 1, hashes.length, Hash.UNKNOWN);
  }

  /** Wrapper and driver both report a bind: the second changes nothing. */
  void bind(int index, int hash) {
    if (index == 1) first = hash;
    else if (index == 2) second = hash;
    else if (index > 2 && index <= POSITIONS) further(index - 2)[index - 2] = hash;
  }

  private int[] further(int index) {
    int[] known = further;
    if (known == null) return further = new int[Math.max(4, 2 * index)];
    if (index < known.length) return known;
    return further = Arrays.copyOf(known, 2 * index);
  }
}
