package dev.atalaya.agent.sql;

import org.jspecify.annotations.Nullable;

/**
 * Reads SQL token by token, once from front to back, without keeping anything of it.
 *
 * <p>It never fails: what is not understood is an operator, and what doesn't end is a literal up to
 * the end of the text. Comments and white space between two tokens are only remembered as a space.
 */
final class SqlLexer {
  enum Kind {
    NAME,
    QUOTED_NAME,
    VALUE,
    PLACEHOLDER,
    OPEN,
    CLOSE,
    OPEN_ARRAY,
    CLOSE_ARRAY,
    COMMA,
    DOT,
    SEMICOLON,
    OPERATOR,
    END
  }

  private static final String IGNORE = "atalaya:ignore";
  private static final boolean[] NAME_START = new boolean[128];
  private static final boolean[] NAME_PART = new boolean[128];
  private static final boolean[] OPERATOR = new boolean[128];

  static {
    for (char c = 0; c < 128; c++) {
      NAME_START[c] = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
      NAME_PART[c] = NAME_START[c] || digit(c) || c == '$';
      OPERATOR[c] = "<>=!~|&^*/".indexOf(c) >= 0;
    }
  }

  final String sql;
  final SqlDialect dialect;
  private final int length;

  /** Names may hold a number sign: {@code #temporary}. */
  private final boolean hashNames;

  private int at;

  // ---- The token that next() found; the one before it has names with "previous" ----------------

  Kind kind = Kind.SEMICOLON;
  Kind previous = Kind.SEMICOLON;
  int start;
  int end;

  /** White space or a comment stands before the token. */
  boolean space;

  /** What a NAME means to SQL; null for any other name. */
  @Nullable SqlWord word;

  @Nullable SqlWord previousWord;

  /** A VALUE is a string, with its content between these two. */
  boolean string;

  int contentStart;
  int contentEnd;

  /** The token may be an operand, so an operator is to follow. */
  private boolean operand;

  /** The token before was one. */
  boolean afterOperand;

  /** A comment asked to be ignored, so far. */
  boolean ignoreHint;

  SqlLexer(String sql, SqlDialect dialect) {
    this.sql = sql;
    this.dialect = dialect;
    this.length = sql.length();
    this.hashNames = dialect != SqlDialect.POSTGRESQL && !dialect.hashComments;
  }

  Kind next() {
    previous = kind;
    previousWord = kind == Kind.NAME ? word : null;
    afterOperand = operand;
    space = skipBlank();
    start = at;
    word = null;
    string = false;
    kind = at < length ? token(sql.charAt(at)) : Kind.END;
    end = at;
    switch (kind) {
      case NAME:
        operand = word == null || !word.reserved;
        break;
      case QUOTED_NAME:
      case VALUE:
      case PLACEHOLDER:
      case CLOSE:
      case CLOSE_ARRAY:
        operand = true;
        break;
      case OPERATOR:
        operand = sql.charAt(start) == '}';
        break;
      default:
        operand = false;
    }
    return kind;
  }

  /** The character after the token, 0 at the end. */
  char following() {
    return peek(at);
  }

  private Kind token(char c) {
    switch (c) {
      case '(':
        return single(Kind.OPEN);
      case ')':
        return single(Kind.CLOSE);
      case ']':
        return single(Kind.CLOSE_ARRAY);
      case ',':
        return single(Kind.COMMA);
      case ';':
        return single(Kind.SEMICOLON);
      case '\'':
        return string(at, c, dialect.backslashEscapes);
      case '"':
        if (dialect.doubleQuotedStrings) return string(at, c, true);
        return quotedName('"');
      case '`':
        return quotedName('`');
      case '[':
        return dialect.bracketedNames ? quotedName(']') : single(Kind.OPEN_ARRAY);
      case '.':
        return digit(peek(at + 1)) && !afterOperand ? number(at) : single(Kind.DOT);
      case '-':
        if (peek(at + 1) == '>') return operator(peek(at + 2) == '>' ? 3 : 2);
        return signed();
      case '+':
        return signed();
      case '$':
        return dollar();
      case ':':
        return colon();
      case '@':
        return atSign();
      case '?':
        return questionMark();
      case '%':
        return percent();
      case '{':
        return brace();
      default:
        if (digit(c)) return number(at);
        if (nameStart(c)) return name();
        return operators();
    }
  }

  private Kind single(Kind kind) {
    at++;
    return kind;
  }

  private Kind operator(int width) {
    at += width;
    return Kind.OPERATOR;
  }

  // ---- Names -----------------------------------------------------------------------------------

  private Kind name() {
    int begin = at;
    endOfName();
    char next = peek(at);
    if (next == '\'' && stringPrefix(begin)) return prefixedString(begin);
    if (next == '&' && at == begin + 1 && peek(at + 1) == '\'' && (sql.charAt(begin) | 32) == 'u') {
      return string(at + 1, '\'', false); // U&'d\0061t'
    }
    if (previous != Kind.DOT && next != '.') word = SqlWord.of(sql, begin, at);
    if (word == SqlWord.BOOLEAN && next != '(') {
      contentStart = begin;
      contentEnd = at;
      return Kind.VALUE;
    }
    return Kind.NAME;
  }

  private void endOfName() {
    while (at < length && namePart(sql.charAt(at))) at++;
  }

  /** Whether the name before a quote belongs to the literal: N'..', E'..', _utf8'..', q'[..]'. */
  private boolean stringPrefix(int begin) {
    char first = (char) (sql.charAt(begin) | 0x20);
    if (at == begin + 1) return "nexbgq".indexOf(first) >= 0;
    if (sql.charAt(begin) == '_') return true;
    if (at != begin + 2) return false;
    char second = (char) (sql.charAt(begin + 1) | 0x20);
    return second == 'x' && "gub".indexOf(first) >= 0 || first == 'n' && second == 'q';
  }

  private Kind prefixedString(int begin) {
    char last = (char) (sql.charAt(at - 1) | 0x20);
    if (last == 'q' && dialect.oracleQuotes && at + 1 < length) return oracleString();
    boolean escapes = dialect.backslashEscapes || last == 'e' && at == begin + 1;
    return string(at, '\'', escapes);
  }

  private Kind quotedName(char close) {
    for (int i = at + 1; i < length; i++) {
      if (sql.charAt(i) != close) continue;
      if (peek(i + 1) == close) {
        i++;
        continue;
      }
      at = i + 1;
      return Kind.QUOTED_NAME;
    }
    return rest(at + 1);
  }

  // ---- Literals --------------------------------------------------------------------------------

  private Kind string(int quoteAt, char quote, boolean escapes) {
    string = true;
    contentStart = quoteAt + 1;
    for (int i = contentStart; i < length; i++) {
      char c = sql.charAt(i);
      if (c == '\\') {
        if (escapes) i++;
        else if (dialect == SqlDialect.OTHER && peek(i + 1) == quote) {
          // Nobody knows whether the string ends here: hide all that might belong to it.
          return closed(Math.max(i + 1, sql.lastIndexOf(quote)), 1);
        }
      } else if (c == quote) {
        if (peek(i + 1) != quote) return closed(i, 1);
        i++;
      }
    }
    return rest(contentStart);
  }

  /** {@code q'[It's]'}: ends at the bracket's twin and a quote. */
  private Kind oracleString() {
    string = true;
    char open = sql.charAt(at + 1);
    char close =
        open == '[' ? ']' : open == '{' ? '}' : open == '<' ? '>' : open == '(' ? ')' : open;
    for (int i = at + 2; i < length; i++) {
      if (sql.charAt(i) == close && peek(i + 1) == '\'') {
        contentStart = at + 2;
        return closed(i, 2);
      }
    }
    return rest(at + 2);
  }

  private Kind dollar() {
    int i = at + 1;
    char next = peek(i);
    if (digit(next)) { // $1, and money: $10.50
      while (digit(peek(i)) || peek(i) == '.' && digit(peek(i + 1))) i++;
      at = i;
      return Kind.PLACEHOLDER;
    }
    while (i < length && sql.charAt(i) != '$' && namePart(sql.charAt(i))) i++;
    if (dialect.dollarQuotes && peek(i) == '$') {
      string = true;
      contentStart = i + 1;
      String tag = sql.substring(at, i + 1);
      int close = sql.indexOf(tag, i + 1);
      return close < 0 ? rest(contentStart) : closed(close, tag.length());
    }
    at++;
    if (!nameStart(next)) return Kind.OPERATOR;
    endOfName();
    return dialect == SqlDialect.SQLITE ? Kind.PLACEHOLDER : Kind.NAME;
  }

  /** {@code {d '2026-01-31'}}, {@code {t '..'}}, {@code {ts '..'}}; other braces are operators. */
  private Kind brace() {
    int i = pastBlank(at + 1);
    char c = (char) (peek(i) | 0x20);
    if (c == 'd' || c == 't') {
      i += c == 't' && (peek(i + 1) | 0x20) == 's' ? 2 : 1;
      i = pastBlank(i);
      if (peek(i) == '\'') {
        string(i, '\'', dialect.backslashEscapes);
        int close = pastBlank(at);
        if (peek(close) == '}') at = close + 1;
        return Kind.VALUE;
      }
    }
    return operator(1);
  }

  private Kind signed() {
    if (!afterOperand) {
      int i = pastBlank(at + 1);
      if (digit(peek(i)) || peek(i) == '.' && digit(peek(i + 1))) return number(i);
    }
    return operator(1);
  }

  /**
   * Takes in all that follows without a space: 1e-5, 0xFF, 1_000, 10L, and what is no number at
   * all.
   */
  private Kind number(int from) {
    contentStart = start;
    boolean decimal = true;
    int i = from;
    for (; i < length; i++) {
      char c = sql.charAt(i);
      if (digit(c) || c == '_') continue;
      if (c == '.') {
        if (peek(i + 1) == '.') break;
      } else if (decimal && (c == 'e' || c == 'E')) {
        char sign = peek(i + 1);
        if ((sign == '-' || sign == '+') && digit(peek(i + 2))) i++;
        decimal = false;
      } else if (namePart(c)) {
        decimal = false;
      } else {
        break;
      }
    }
    at = contentEnd = i;
    return Kind.VALUE;
  }

  private Kind closed(int close, int width) {
    contentEnd = close;
    at = Math.min(length, close + width);
    return Kind.VALUE;
  }

  /** A literal that never ends. */
  private Kind rest(int content) {
    string = true;
    contentStart = Math.min(content, length);
    contentEnd = at = length;
    return Kind.VALUE;
  }

  // ---- Placeholders and operators --------------------------------------------------------------

  private Kind colon() {
    char next = peek(at + 1);
    if (next == ':' || next == '=') return operator(2);
    if ((afterOperand && !space) || !(nameStart(next) || digit(next))) return operator(1);
    at++;
    endOfName();
    return Kind.PLACEHOLDER;
  }

  private Kind atSign() {
    char next = peek(at + 1);
    boolean postgres = dialect == SqlDialect.POSTGRESQL;
    if (next == '@' && !postgres && nameStart(peek(at + 2))) { // @@identity
      at += 2;
      endOfName();
      return Kind.NAME;
    }
    boolean link = dialect == SqlDialect.ORACLE && afterOperand && !space; // emp@remote
    if (postgres || link || !(nameStart(next) || digit(next))) return operator(1);
    at++;
    endOfName();
    return Kind.PLACEHOLDER;
  }

  private Kind questionMark() {
    if (dialect == SqlDialect.POSTGRESQL && postgresOperator()) return Kind.OPERATOR;
    at++;
    while (digit(peek(at))) at++;
    return Kind.PLACEHOLDER;
  }

  /**
   * PostgreSQL's {@code ?}, {@code ?|}, {@code ?&} ask whether a JSON object has keys; pgjdbc wants
   * them doubled in prepared statements. A single one is told from a placeholder by its operands.
   */
  private boolean postgresOperator() {
    int i = at + 1;
    boolean doubled = peek(i) == '?';
    if (doubled) i++;
    if (peek(i) == '&' || peek(i) == '|' && peek(i + 1) != '|') i++;
    if (!doubled) {
      boolean path = at > 0 && sql.charAt(at - 1) == '@'; // @?
      int operandAt = pastBlank(i);
      if (!path && !(afterOperand && startsOperand(operandAt))) return false;
    }
    at = i;
    return true;
  }

  private boolean startsOperand(int i) {
    char c = peek(i);
    if (c == '\'' || c == '$' || c == '?' || c == '(') return true;
    if (c == ':') return peek(i + 1) != ':';
    return (c | 0x20) == 'a' && sql.regionMatches(true, i, "array", 0, 5)
        || (c | 0x20) == 'e' && peek(i + 1) == '\'';
  }

  private Kind percent() {
    int i = at + 1;
    if (!afterOperand && peek(i) == '(') { // %(name)s
      int name = i + 1;
      while (name < length && namePart(sql.charAt(name))) name++;
      if (peek(name) == ')') i = name + 1;
    }
    if (afterOperand || peek(i) != 's' || namePart(peek(i + 1))) return operator(1);
    at = i + 1;
    return Kind.PLACEHOLDER;
  }

  private Kind operators() {
    at++;
    if (!partOfOperator(sql.charAt(at - 1))) return Kind.OPERATOR;
    while (at < length && partOfOperator(sql.charAt(at)) && !commentAt(at)) at++;
    return Kind.OPERATOR;
  }

  private boolean partOfOperator(char c) {
    return c < 128 && OPERATOR[c] || c == '#' && dialect == SqlDialect.POSTGRESQL;
  }

  // ---- Between tokens --------------------------------------------------------------------------

  private boolean skipBlank() {
    int begin = at;
    while (at < length) {
      char c = sql.charAt(at);
      if (isBlank(c)) at++;
      else if ((c == '-' || c == '/' || c == '#') && commentAt(at)) skipComment();
      else break;
    }
    return at > begin;
  }

  private boolean commentAt(int i) {
    char c = sql.charAt(i);
    char next = peek(i + 1);
    if (c == '/') return next == '*' || next == '/' && dialect.slashComments;
    if (c == '-' && next == '-') {
      return !dialect.hashComments || i + 2 >= length || peek(i + 2) <= ' ';
    }
    return c == '#' && dialect.hashComments;
  }

  private void skipComment() {
    int begin = at;
    if (sql.charAt(at) == '/' && peek(at + 1) == '*') {
      int depth = 1;
      at += 2;
      for (; at < length && depth > 0; at++) {
        char c = sql.charAt(at);
        if (c == '*' && peek(at + 1) == '/') {
          depth--;
          at++;
        } else if (c == '/' && peek(at + 1) == '*' && dialect.nestedComments) {
          depth++;
          at++;
        }
      }
      hint(pastBlank(begin + 2));
    } else {
      while (at < length && sql.charAt(at) != '\n' && sql.charAt(at) != '\r') at++;
      hint(pastBlank(begin + (sql.charAt(begin) == '#' ? 1 : 2)));
    }
  }

  private void hint(int content) {
    int last = content + IGNORE.length();
    if (last <= at && sql.startsWith(IGNORE, content)) {
      char c = peek(last);
      ignoreHint |= last == at || c <= ' ' || c == '*';
    }
  }

  // ---- Characters ------------------------------------------------------------------------------

  private char peek(int i) {
    return i < length ? sql.charAt(i) : 0;
  }

  private int pastBlank(int i) {
    while (i < length && isBlank(sql.charAt(i))) i++;
    return i;
  }

  private static boolean isBlank(char c) {
    return c <= ' ' || c > 126 && (c == 127 || c == 0xFEFF || Character.isSpaceChar(c));
  }

  private static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }

  private boolean nameStart(char c) {
    return c < 128 ? NAME_START[c] || c == '#' && hashNames : !isBlank(c);
  }

  private boolean namePart(char c) {
    return c < 128 ? NAME_PART[c] || c == '#' && hashNames : !isBlank(c);
  }
}
