package dev.atalaya.agent.sql;

import java.util.Arrays;

/**
 * The normalised text while it is written: what was written last can be taken back.
 *
 * <p>Behind 64 K characters only a hash of the text goes on, and nothing is taken back any more.
 */
final class SqlOutput {
  private static final int ROOM = 64 * 1024;

  private char[] out;
  private int length;
  private boolean overflow;
  private long overflowHash;

  SqlOutput(int expected) {
    this.out = new char[Math.min(expected + 8, 4096)];
  }

  int length() {
    return length;
  }

  /** Whether the text was too long: positions in it mean nothing any more. */
  boolean overflow() {
    return overflow;
  }

  /** The last character, 0 where there is none. */
  char last() {
    return length == 0 ? 0 : out[length - 1];
  }

  char at(int index) {
    return index < length ? out[index] : 0;
  }

  void takeBack(int length) {
    this.length = length;
  }

  void append(char c) {
    if (length == out.length && length < ROOM) grow(1);
    if (length < out.length) {
      out[length++] = c;
    } else {
      overflow = true;
      overflowHash = overflowHash * 31 + c;
    }
  }

  void append(String text, int begin, int end) {
    if (end - begin > out.length - length) grow(end - begin);
    int fits = Math.min(end - begin, out.length - length);
    text.getChars(begin, begin + fits, out, length);
    length += fits;
    for (int i = begin + fits; i < end; i++) append(text.charAt(i));
  }

  boolean same(int start, int end, int otherStart, int otherEnd) {
    if (end - start != otherEnd - otherStart) return false;
    for (int i = start, j = otherStart; i < end; i++, j++) if (out[i] != out[j]) return false;
    return true;
  }

  /**
   * The text in at most so many bytes of UTF-8, whole characters only; {@code source} itself if it
   * is equal.
   */
  String text(int maxBytes, String source) {
    int end = 0;
    for (int bytes = 0; end < length; end++) {
      char c = out[end];
      bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
      if (bytes > maxBytes) break;
    }
    if (end > 0 && end < length && Character.isHighSurrogate(out[end - 1])) end--;
    // Prepared statements mostly are templates already.
    if (end == source.length() && startsWith(source)) return source;
    return new String(out, 0, end);
  }

  private boolean startsWith(String text) {
    for (int i = 0; i < text.length(); i++) if (text.charAt(i) != out[i]) return false;
    return true;
  }

  /** FNV-1a, of what overflowed too. */
  long hash() {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < length; i++) hash = (hash ^ out[i]) * 0x100000001b3L;
    hash = (hash ^ overflowHash) * 0x100000001b3L;
    return hash ^ (hash >>> 32);
  }

  private void grow(int more) {
    int wanted = Math.min(ROOM, Math.max(length + more, 2 * out.length));
    if (wanted > out.length) out = Arrays.copyOf(out, wanted);
  }
}
