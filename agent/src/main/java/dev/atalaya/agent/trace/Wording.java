package dev.atalaya.agent.trace;

import dev.atalaya.agent.privacy.Hash;
import dev.atalaya.agent.sql.SqlText;
import org.jspecify.annotations.Nullable;

/** One text of a statement as it was sent: its template, and what that leaves out. */
final class Wording {
  private static final int[] NO_LITERALS = {};
  private static final byte[] NO_PARAMETERS = {};

  final Template template;

  /** Null for what is sent without being known, and for texts too long to keep. */
  final @Nullable String sql;

  /** Members of its longest list; 0 without one. */
  final int listLength;

  /** Hashes of its literals by position; empty where it has none. */
  private final int[] literals;

  /** The position of each JDBC parameter, or -1. */
  private final byte[] parameters;

  Wording(Template template, @Nullable String sql, SqlText text) {
    this.template = template;
    this.sql = sql;
    this.listLength = text.listLength();
    this.literals = text.literalHashes();
    this.parameters = text.parameters();
  }

  /** What is sent without being known. */
  Wording(Template template) {
    this.template = template;
    this.sql = null;
    this.listLength = 0;
    this.literals = NO_LITERALS;
    this.parameters = NO_PARAMETERS;
  }

  int positions() {
    return template.contexts.length;
  }

  /**
   * Fills in a hash for each position, of its literals and of what was bound, and returns one of
   * them all; both are {@link Hash#UNKNOWN} where a value was not seen.
   */
  int values(StatementState bound, int[] into) {
    literals(into);
    int all = 1;
    long unseen = 0;
    for (int i = 0; i < parameters.length; i++) {
      int position = parameters[i];
      int value = bound.value(i + 1);
      if (value == Hash.UNKNOWN || position < 0) all = Hash.and(all, value);
      else into[position] = 31 * into[position] + value;
      if (value == Hash.UNKNOWN && position >= 0) unseen |= 1L << position;
    }
    // One parameter more than the text shows: nobody knows what its value is compared to.
    if (bound.value(parameters.length + 1) != Hash.UNKNOWN) all = Hash.UNKNOWN;
    return all(all, unseen, into);
  }

  /** The same without anything bound. */
  int values(int[] into) {
    literals(into);
    long unseen = 0;
    for (byte position : parameters) if (position >= 0) unseen |= 1L << position;
    return all(parameters.length == 0 ? 1 : Hash.UNKNOWN, unseen, into);
  }

  private void literals(int[] into) {
    for (int i = 0; i < positions(); i++) into[i] = i < literals.length ? literals[i] : 0;
  }

  private int all(int hash, long unseen, int[] into) {
    int all = hash;
    for (int i = 0; i < positions(); i++) {
      into[i] = (unseen >>> i & 1) == 0 ? Hash.known(into[i]) : Hash.UNKNOWN;
      if (all != Hash.UNKNOWN) all = Hash.known(31 * all + into[i]);
    }
    return all;
  }
}
