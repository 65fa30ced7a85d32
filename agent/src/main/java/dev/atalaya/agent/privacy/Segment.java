package dev.atalaya.agent.privacy;

/**
 * Tells words from values in keys and paths: {@code {}} stands for numbers, UUIDs, hexadecimal and
 * base64-like ids, mail addresses, and whatever is no word of ASCII letters.
 */
final class Segment {
  private static final String FOLDED = "{}";
  private static final int LONGEST_WORD = 40;
  private static final int LONGEST_READ = 1_024;

  private Segment() {}

  /** Appends the text with its values folded, whole segments up to {@code longest} characters. */
  static void fold(CharSequence text, StringBuilder out, int longest) {
    int length = Math.min(text.length(), LONGEST_READ);
    int start = 0;
    for (int i = 0; i <= length; i++) {
      boolean last = i == length;
      if (!last && !separates(text.charAt(i))) continue;
      int before = out.length();
      if (last && length < text.length()) out.append(FOLDED);
      else segment(text, start, i, out);
      if (!last) out.append(text.charAt(i));
      if (out.length() > longest) {
        out.setLength(before);
        return;
      }
      start = i + 1;
    }
  }

  private static boolean separates(char c) {
    return ":/|,;#{}[]".indexOf(c) >= 0;
  }

  private static void segment(CharSequence text, int start, int end, StringBuilder out) {
    if (odd(text, start, end) || isUuid(text, start, end)) {
      out.append(FOLDED);
      return;
    }
    boolean folded = false;
    int part = start;
    for (int i = start; i <= end; i++) {
      if (i < end && text.charAt(i) != '.') continue;
      if (part > start && !(folded && varies(text, part, i))) out.append('.');
      folded = part(text, part, i, out, folded);
      part = i + 1;
    }
  }

  /** Values that follow each other fold into one: 2026-01-31 is a single one. */
  private static boolean part(
      CharSequence text, int start, int end, StringBuilder out, boolean afterFolded) {
    boolean folded = afterFolded;
    if (base64(text, start, end)) {
      if (!folded) out.append(FOLDED);
      return true;
    }
    int word = start;
    for (int i = start; i <= end; i++) {
      if (i < end && text.charAt(i) != '-' && text.charAt(i) != '_') continue;
      boolean varies = varies(text, word, i);
      if (word > start && !(folded && varies)) out.append(text.charAt(word - 1));
      if (!varies) out.append(text, word, i);
      else if (!folded) out.append(FOLDED);
      folded = varies;
      word = i + 1;
    }
    return folded;
  }

  /** Letters are a word, as long as they don't look random; v1 is a version. */
  private static boolean varies(CharSequence text, int start, int end) {
    int length = end - start;
    if (length == 0) return false;
    boolean hex = true;
    boolean letters = true;
    boolean digits = true;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      boolean digit = c >= '0' && c <= '9';
      char lower = (char) (c | 0x20);
      if (digit) letters = false;
      else if (i > start) digits = false;
      if (!digit && (lower < 'a' || lower > 'f')) hex = false;
    }
    if (letters) {
      boolean random = hex && length >= 8 || Secrets.isRandom(text, start, end);
      return random || length > LONGEST_WORD;
    }
    return !(length <= 3 && digits && (text.charAt(start) | 0x20) == 'v');
  }

  /** Whether it has a character that words do not have: {@code ann@example.com}, {@code %C3%A9}. */
  private static boolean odd(CharSequence text, int start, int end) {
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
      if (!letter && !(c >= '0' && c <= '9') && c != '.' && c != '-' && c != '_') return true;
    }
    return false;
  }

  static boolean isUuid(CharSequence text, int start, int end) {
    if (end - start != 36) return false;
    for (int i = 0; i < 36; i++) {
      char c = text.charAt(start + i);
      boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
      if (dash ? c != '-' : Character.digit(c, 16) < 0) return false;
    }
    return true;
  }

  /** Whether it has 16 characters or more, and more capitals than a name such as orderItemCache. */
  private static boolean base64(CharSequence text, int start, int end) {
    if (end - start < 16) return false;
    int upper = 0;
    boolean lower = false;
    boolean digit = false;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (c >= 'A' && c <= 'Z') upper++;
      lower |= c >= 'a' && c <= 'z';
      digit |= c >= '0' && c <= '9';
    }
    return lower && (upper > 0 && digit || 4 * upper > end - start);
  }
}
