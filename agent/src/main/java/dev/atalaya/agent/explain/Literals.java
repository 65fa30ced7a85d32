package dev.atalaya.agent.explain;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Takes values out of a plan: the statement has none any more, but a view's definition has. */
final class Literals {
  private static final int MAX_BYTES = 8 * 1024;

  private Literals() {}

  /** Quoted strings read {@code ?}, also one that does not end; names in double quotes stay. */
  static String withoutStrings(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\'') {
        i = end(text, i);
        out.append('?');
      } else if (c == '"' || c == '`') {
        int end = end(text, i);
        out.append(text, i, Math.min(end + 1, text.length()));
        i = end;
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  /** Strings and numbers read {@code ?}, except within names and after {@code $} and {@code ?}. */
  static String withoutValues(String text) {
    String masked = withoutStrings(text);
    StringBuilder out = new StringBuilder(masked.length());
    for (int i = 0; i < masked.length(); i++) {
      char c = masked.charAt(i);
      if (c == '"' || c == '`') {
        int end = Math.min(end(masked, i) + 1, masked.length());
        out.append(masked, i, end);
        i = end - 1;
      } else if (digit(c) || Character.isLetter(c) || "_$?".indexOf(c) >= 0) {
        int end = i + 1;
        while (end < masked.length() && partOfWord(masked, end, digit(c))) end++;
        if (digit(c)) out.append('?');
        else out.append(masked, i, end);
        i = end - 1;
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  private static boolean partOfWord(String text, int at, boolean number) {
    char c = text.charAt(at);
    if (Character.isLetterOrDigit(c) || c == '_' || c == '$') return true;
    if (!number) return false;
    char before = text.charAt(at - 1);
    return c == '.' || (c == '-' || c == '+') && (before == 'e' || before == 'E');
  }

  private static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }

  /** The closing quote's index, or the text's length. */
  private static int end(String text, int opening) {
    char quote = text.charAt(opening);
    for (int i = opening + 1; i < text.length(); i++) {
      if (text.charAt(i) != quote) continue;
      if (i + 1 < text.length() && text.charAt(i + 1) == quote) i++;
      else return i;
    }
    return text.length();
  }

  /** Whole characters, at most 8 KB of UTF-8. */
  static String bounded(String text) {
    if (text.length() <= MAX_BYTES / 3) return text;
    CharsetEncoder encoder =
        StandardCharsets.UTF_8.newEncoder().onMalformedInput(CodingErrorAction.REPLACE);
    CharBuffer in = CharBuffer.wrap(text);
    encoder.encode(in, ByteBuffer.allocate(MAX_BYTES - 3), true);
    return in.hasRemaining() ? text.substring(0, in.position()) + '…' : text;
  }
}
