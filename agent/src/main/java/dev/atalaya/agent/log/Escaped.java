package dev.atalaya.agent.log;

/**
 * Text that others may have chosen, as a piece of one line: line breaks would begin a line that
 * looks like ours, escape sequences steer a terminal, marks of direction show another text.
 */
public final class Escaped {
  private Escaped() {}

  /** The text itself where nothing in it is to be escaped. */
  public static String line(String text) {
    int i = 0;
    while (i < text.length() && isPlain(text.charAt(i))) i++;
    if (i == text.length()) return text;
    StringBuilder out = new StringBuilder(text.length() + 16);
    out.append(text, 0, i);
    for (; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean paired =
          Character.isHighSurrogate(c)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1));
      if (paired && isPlain(text.codePointAt(i))) out.append(c).append(text.charAt(++i));
      else if (isPlain(c)) out.append(c);
      else if (c == '\n') out.append("\\n");
      else if (c == '\r') out.append("\\r");
      else if (c == '\t') out.append("\\t");
      else out.append(String.format("\\u%04x", (int) c));
    }
    return out.toString();
  }

  private static boolean isPlain(int character) {
    switch (Character.getType(character)) {
      case Character.CONTROL:
      case Character.FORMAT:
      case Character.LINE_SEPARATOR:
      case Character.PARAGRAPH_SEPARATOR:
      case Character.SURROGATE:
        return false;
      default:
        return true;
    }
  }
}
