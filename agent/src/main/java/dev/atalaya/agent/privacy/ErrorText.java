package dev.atalaya.agent.privacy;

/**
 * An error message of a driver or server without the values that it quotes: {@code Key
 * (email)=(ann@example.com) already exists} reads {@code Key (email)=(?) already exists}.
 *
 * <p>Databases don't escape what they quote, so a value ends at the last quote of its kind, or
 * before words that are known to follow values. What is quoted is a name only after words such as
 * {@code constraint} or {@code column}.
 */
public final class ErrorText {
  private static final int LONGEST = 1_024;
  private static final int LONGEST_NAME = 128;

  /** A longer number may be somebody's; error codes, lines and ports are shorter. */
  private static final int LONGEST_NUMBER = 5;

  /** From here on a message repeats the statement, or what it was sent with. */
  private static final String[] STATEMENTS = {
    "SQL statement:",
    "; SQL [",
    "[SQL:",
    "Query is:",
    "parameters [",
    "SQLERRMC=",
    "Bad value for type",
    "with args beginning with", // Redis, of an unknown command
    "@user_script:"
  };

  /** What follows a quoted value, or one in parentheses. */
  private static final String[] AFTER_VALUE = {
    " for key ",
    " for column ",
    " for type ",
    " at row ",
    " at line ",
    " already exists",
    " is not present in ",
    " is still referenced ",
    " conflicts with ",
    " was aborted"
  };

  /** Words before a quoted name. */
  private static final String[] NAMING = {
    "for key",
    "constraint",
    "column",
    "table",
    "relation",
    "index",
    "function",
    "procedure",
    "database",
    "schema",
    "view",
    "sequence",
    "object",
    "name",
    "operator",
    "trigger",
    "type"
  };

  /** Words before a value in parentheses. */
  private static final String[] VALUING = {"=", "values", "value", "value is", "contains"};

  private final String message;
  private final StringBuilder out;
  private int at;

  private ErrorText(String message) {
    this.message = message;
    this.out = new StringBuilder(Math.min(message.length(), LONGEST) + 8);
  }

  /** The message with {@code ?} for each value, at most 1,024 characters. */
  public static String mask(String message) {
    return new ErrorText(message).masked();
  }

  private String masked() {
    int length = message.length();
    while (at < length && out.length() < LONGEST) {
      char c = message.charAt(at);
      if (repeatsStatement()) break;
      if (isQuote(c) && !apostrophe()) quoted(c);
      else if (c == '(' && any(VALUING, at)) value(')');
      else if (wordPart(c)) word();
      else {
        out.append(c);
        at++;
        if (c == '=') assigned();
      }
    }
    int end = Math.min(out.length(), LONGEST);
    if (end > 0 && Character.isHighSurrogate(out.charAt(end - 1))) end--;
    return out.substring(0, end);
  }

  private void quoted(char quote) {
    int close = message.indexOf(quote, at + 1);
    boolean chain = at > 1 && message.charAt(at - 1) == '.' && isQuote(message.charAt(at - 2));
    boolean named = quote == '`' || chain || any(NAMING, at);
    if (named && close > 0 && name(at + 1, close)) {
      out.append(message, at, close + 1);
      at = close + 1;
    } else {
      value(quote);
    }
  }

  /** A value up to its closing quote or parenthesis. */
  private void value(char close) {
    int end = -1;
    for (String after : AFTER_VALUE) {
      if (end <= at) end = message.lastIndexOf(close + after);
    }
    if (end <= at) end = message.lastIndexOf(close);
    out.append(message.charAt(at)).append('?');
    if (end > at) out.append(close);
    at = end > at ? end + 1 : message.length();
  }

  private boolean repeatsStatement() {
    for (String statement : STATEMENTS) {
      if (message.startsWith(statement, at)) {
        out.append(statement).append(" ?");
        return true;
      }
    }
    return false;
  }

  private void word() {
    int end = at;
    int digits = 0;
    boolean number = true;
    boolean address = false;
    while (end < message.length() && wordPart(message.charAt(end))) {
      char c = message.charAt(end++);
      if (c >= '0' && c <= '9') digits++;
      else if ("-.,".indexOf(c) < 0) number = false;
      address |= c == '@';
    }
    if (address || number && digits > LONGEST_NUMBER) out.append('?');
    else out.append(message, at, end);
    at = end;
  }

  /** {@code token=abc} is hidden, {@code total=10} stays. */
  private void assigned() {
    int end = at;
    boolean number = true;
    while (end < message.length() && " ,;()'\"`\n&".indexOf(message.charAt(end)) < 0) {
      char c = message.charAt(end++);
      number &= c >= '0' && c <= '9' || c == '-' || c == '.';
    }
    if (end == at || number && end - at <= LONGEST_NUMBER + 1) return;
    out.append('?');
    at = end;
  }

  /** One of the words stands before a position, with or without a space between. */
  private boolean any(String[] words, int before) {
    int end = before;
    while (end > 0 && message.charAt(end - 1) == ' ') end--;
    for (String word : words) {
      int start = end - word.length();
      if (start >= 0
          && message.regionMatches(true, start, word, 0, word.length())
          && (start == 0 || word.equals("=") || !Character.isLetter(message.charAt(start - 1)))) {
        return true;
      }
    }
    return false;
  }

  private boolean name(int start, int end) {
    if (end == start || end - start > LONGEST_NAME) return false;
    for (int i = start; i < end; i++) {
      char c = message.charAt(i);
      if (!Character.isLetterOrDigit(c) && "_$.-#() ,".indexOf(c) < 0) return false;
    }
    return true;
  }

  /** The apostrophe of {@code doesn't}, which begins no value. */
  private boolean apostrophe() {
    if (message.charAt(at) != '\'' || at == 0 || at + 1 >= message.length()) return false;
    char after = at + 2 < message.length() ? message.charAt(at + 2) : ' ';
    char letter = message.charAt(at + 1);
    return Character.isLetter(message.charAt(at - 1))
        && (letter == 't' || letter == 's')
        && after == ' ';
  }

  private static boolean isQuote(char c) {
    return c == '\'' || c == '"' || c == '`';
  }

  private static boolean wordPart(char c) {
    return " \t\r\n'\"`()=;[]{}<>".indexOf(c) < 0;
  }
}
