package dev.atalaya.agent.sql;

/** Operators that compare or assign. */
final class SqlRelation {
  private SqlRelation() {}

  /** What an operator makes of its operands, or -1 where it leaves them what they are. */
  static byte of(String sql, int start, int end) {
    char first = sql.charAt(start);
    int width = end - start;
    char last = sql.charAt(end - 1);
    char next = end < sql.length() ? sql.charAt(end) : 0;
    switch (first) {
      case '=':
        return width == 1 || last == '=' ? SqlText.EQUALS : -1;
      case '<':
        if (width == 3 && last == '>') return SqlText.EQUALS; // <=> of MySQL
        if (width == 2 && last == '>') return SqlText.OTHER;
        if (next == '@' || next == '-' && end + 1 < sql.length() && sql.charAt(end + 1) == '>') {
          return -1; // <@ and <-> of PostgreSQL
        }
        return width == 1 || last == '=' ? SqlText.RANGE : -1;
      case '>':
        if (start > 0 && sql.charAt(start - 1) == '@') return -1; // @>
        return width == 1 || last == '=' ? SqlText.RANGE : -1;
      case '!':
        if (width > 1 && sql.charAt(start + 1) == '~') return SqlText.LIKE;
        if (width == 2 && (last == '<' || last == '>')) return SqlText.RANGE;
        return width == 2 && last == '=' ? SqlText.OTHER : -1;
      case '~':
        return last == '=' ? SqlText.OTHER : SqlText.LIKE;
      case '^':
        return width == 2 && last == '=' ? SqlText.OTHER : -1;
      case ':':
        return last == '=' ? SqlText.VALUES : -1;
      default:
        return -1;
    }
  }
}
