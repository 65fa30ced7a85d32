package dev.atalaya.agent.detect;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a normalised statement tells of its conditions, where it is simple enough to be sure. */
final class Columns {
  private Columns() {}

  /** The one column that is compared for equality, without its table's alias; else null. */
  static @Nullable String equal(String sql) {
    int where = sql.toUpperCase(Locale.ROOT).indexOf(" WHERE ");
    if (where < 0) return null;
    int found = parameter(sql, where);
    if (found < 0 || parameter(sql, found + 1) >= 0) return null;
    int end = found;
    while (end > where && sql.charAt(end - 1) == ' ') end--;
    int start = end;
    while (start > where && isName(sql.charAt(start - 1))) start--;
    String name = sql.substring(start, end);
    String column = name.substring(name.lastIndexOf('.') + 1).replaceAll("[\"`\\[\\]]", "");
    return column.isEmpty() ? null : column;
  }

  /** Whether it has nothing that leaves rows out. */
  static boolean readsAll(String sql) {
    String upper = sql.toUpperCase(Locale.ROOT);
    if (!upper.startsWith("SELECT") || upper.contains("COUNT(")) return false;
    for (String word :
        new String[] {" WHERE ", " LIMIT ", " FETCH ", " TOP ", " JOIN ", " HAVING "}) {
      if (upper.contains(word)) return false;
    }
    return upper.contains(" FROM ");
  }

  /**
   * Where the next {@code = ?} begins, or {@code = cast(? as ...)}; {@code >= ?} and {@code != ?}
   * are others.
   */
  private static int parameter(String sql, int from) {
    for (int i = sql.indexOf('=', from); i >= 0; i = sql.indexOf('=', i + 1)) {
      int value = i + 1;
      while (value < sql.length() && sql.charAt(value) == ' ') value++;
      if (sql.regionMatches(true, value, "cast(", 0, 5)) value += 5;
      boolean other = i > 0 && "<>!=".indexOf(sql.charAt(i - 1)) >= 0;
      if (!other && value < sql.length() && sql.charAt(value) == '?') return i;
    }
    return -1;
  }

  private static boolean isName(char c) {
    return Character.isJavaIdentifierPart(c) || "._\"`[]".indexOf(c) >= 0;
  }
}
