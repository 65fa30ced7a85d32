package dev.atalaya.agent.config;

/**
 * A user's pattern, in which {@code *} stands for any characters, also none.
 *
 * <p>What stands between two stars is looked for once, from where the piece before it was first
 * found: a later place would leave less for what follows. So nothing is ever tried again.
 */
public final class Wildcard {
  private final String[] pieces;
  private final boolean ignoresCase;

  public Wildcard(String pattern, boolean ignoresCase) {
    pieces = pattern.split("\\*+", -1);
    this.ignoresCase = ignoresCase;
  }

  public boolean matches(String text) {
    String first = pieces[0];
    if (!stands(first, text, 0)) return false;
    if (pieces.length == 1) return first.length() == text.length();
    String last = pieces[pieces.length - 1];
    int end = text.length() - last.length();
    int at = first.length();
    for (int i = 1; i < pieces.length - 1; i++) {
      at = find(pieces[i], text, at, end);
      if (at < 0) return false;
      at += pieces[i].length();
    }
    return at <= end && stands(last, text, end);
  }

  /** Where the piece is found whole before {@code end}, or -1. */
  private int find(String piece, String text, int from, int end) {
    if (!ignoresCase) {
      int found = text.indexOf(piece, from);
      return found + piece.length() <= end ? found : -1;
    }
    for (int at = from; at + piece.length() <= end; at++) if (stands(piece, text, at)) return at;
    return -1;
  }

  private boolean stands(String piece, String text, int at) {
    return text.regionMatches(ignoresCase, at, piece, 0, piece.length());
  }
}
