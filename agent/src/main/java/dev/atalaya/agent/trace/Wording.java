package dev.atalaya.agent.trace;

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
   * them all.
   */
  int values(StatementState bound, int[] into) {
    int count = positions();
    for (int i = 0; i < count; i++) into[i] = i < literals.length ? literals[i] : 0;
    for (int i = 0; i < parameters.length; i++) {
      int position = parameters[i];
      if (position >= 0 && position < count) {
        into[position] = 31 * into[position] + bound.value(i + 1);
      }
    }
    int all = count;
    for (int i = 0; i < count; i++) all = 31 * all + into[i];
    return all;
  }

  /** The same without anything bound. */
  int values(int[] into) {
    int all = positions();
    for (int i = 0; i < positions(); i++) {
      into[i] = i < literals.length ? literals[i] : 0;
      all = 31 * all + into[i];
    }
    return all;
  }
}
