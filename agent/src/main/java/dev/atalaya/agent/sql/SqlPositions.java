package dev.atalaya.agent.sql;

import java.util.Arrays;

/** What stands at each {@code ?} of the normalised text, and which JDBC parameter is which. */
final class SqlPositions {
  /** More than are kept: those of a list's further members are added first, and then taken back. */
  private static final int POSITIONS = 3 * SqlText.MAX_POSITIONS;

  private static final int PARAMETERS = 4096;

  private byte[] contexts = new byte[8];
  private int[] hashes = new int[8];
  private int count;
  private boolean literals;
  private short[] parameters = new short[8];
  private int parameterCount;

  int count() {
    return count;
  }

  int parameterCount() {
    return parameterCount;
  }

  void literal(byte context, int hash) {
    literals = true;
    add(context, hash);
  }

  /** What stands there is neither known nor bound. */
  void other(byte context) {
    add(context, 0);
  }

  void parameter(byte context) {
    if (parameterCount < PARAMETERS) {
      if (parameterCount == parameters.length) {
        parameters = Arrays.copyOf(parameters, 2 * parameterCount);
      }
      parameters[parameterCount++] = (short) Math.min(count, Short.MAX_VALUE);
    }
    add(context, 0);
  }

  private void add(byte context, int hash) {
    if (count < POSITIONS) {
      if (count == contexts.length) {
        contexts = Arrays.copyOf(contexts, 2 * count);
        hashes = Arrays.copyOf(hashes, 2 * count);
      }
      contexts[count] = context;
      hashes[count] = hash;
    } else {
      hashes[POSITIONS - 1] = 31 * hashes[POSITIONS - 1] + hash;
    }
    count++;
  }

  /** More of the literal in the last position. */
  void extend(int hash) {
    if (count > 0 && count <= POSITIONS) hashes[count - 1] = 31 * hashes[count - 1] + hash;
  }

  /** Sets the context of the last position, unless it has one. */
  void relateLast(byte context) {
    int last = count - 1;
    if (last >= 0 && last < POSITIONS && contexts[last] == SqlText.OTHER) contexts[last] = context;
  }

  /**
   * Takes the positions from {@code from} on for those of the list's member that began at {@code
   * last}.
   */
  void takeBack(int from, int parameter, int last) {
    int shift = from - last;
    for (int i = from; i < Math.min(count, POSITIONS) && i - shift < from; i++) {
      hashes[i - shift] = 31 * hashes[i - shift] + hashes[i];
    }
    for (int i = parameter; i < parameterCount; i++) {
      int moved = parameters[i] - shift;
      parameters[i] = (short) (moved < from ? moved : -1);
    }
    count = from;
  }

  byte[] contexts() {
    return Arrays.copyOf(contexts, Math.min(count, SqlText.MAX_POSITIONS));
  }

  /** Where there are too many, the last stands for all that follow. */
  int[] literalHashes() {
    if (!literals) return new int[0];
    int[] result = Arrays.copyOf(hashes, Math.min(count, SqlText.MAX_POSITIONS));
    for (int i = result.length; i < Math.min(count, POSITIONS); i++) {
      result[result.length - 1] = 31 * result[result.length - 1] + hashes[i];
    }
    return result;
  }

  byte[] parameters() {
    byte[] result = new byte[parameterCount];
    for (int i = 0; i < parameterCount; i++) {
      result[i] = (byte) (parameters[i] < SqlText.MAX_POSITIONS ? parameters[i] : -1);
    }
    return result;
  }
}
