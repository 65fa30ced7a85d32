package dev.atalaya.agent.detect;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A statement that reads by one value, rewritten to read by many: {@code SELECT order_id, name FROM
 * item WHERE order_id IN (:values)}. The column is read as well, to tell the rows apart.
 *
 * <p>Patterns are made when they are used, once per finding: a class whose initialiser fails, as
 * while the heap is full, is lost for good.
 */
final class InList {
  private static final String SELECT = "(?is)select\\s+(distinct\\s+)?(.+?)\\s+from\\s.+";
  private static final String OTHERS =
      "(?is).*(\\b(limit|offset|fetch|union|having|with|top)\\b|\\(\\s*select\\b).*";
  private static final String AGGREGATES = "(?is).*\\b(count|sum|min|max|avg)\\s*\\(.*";
  private static final String GROUPED = "(?is).*\\b(group|order)\\s+by\\b.*";

  private InList() {}

  /** Null where the statement is not simple enough to be sure. */
  static @Nullable String of(Operation operation, String list) {
    String text = operation.text;
    String column = Columns.equal(text);
    Matcher select = Pattern.compile(SELECT).matcher(text);
    if (column == null || !select.matches() || Pattern.compile(OTHERS).matcher(text).matches())
      return null;
    int value = text.indexOf('?');
    if (value < 0 || text.indexOf('?', value + 1) >= 0 || text.contains("...")) return null;
    int equals = text.lastIndexOf('=', value);
    if (!text.substring(equals + 1, value).trim().isEmpty()) return null;
    String named = name(text, equals);
    String before = text.substring(0, equals).replaceAll("\\s+$", "");
    String rewritten = before + " IN " + list + text.substring(value + 1);
    String columns = select.group(2);
    if (Pattern.compile(AGGREGATES).matcher(columns).matches()) {
      if (Pattern.compile(GROUPED).matcher(text).matches()) return null;
      return insert(rewritten, select.start(2), named) + " GROUP BY " + named;
    }
    boolean read = columns.endsWith("*") || has(columns, column);
    return read ? rewritten : insert(rewritten, select.start(2), named);
  }

  private static String insert(String text, int at, String column) {
    return text.substring(0, at) + column + ", " + text.substring(at);
  }

  private static boolean has(String columns, String column) {
    String word =
        "(^|[^a-z0-9_])" + Pattern.quote(column.toLowerCase(Locale.ROOT)) + "($|[^a-z0-9_])";
    return Pattern.compile(word).matcher(columns.toLowerCase(Locale.ROOT)).find();
  }

  /** As the statement has it, with its table's alias. */
  private static String name(String text, int equals) {
    int end = equals;
    while (text.charAt(end - 1) == ' ') end--;
    int start = end;
    while (start > 0 && !Character.isWhitespace(text.charAt(start - 1))) start--;
    return text.substring(start, end);
  }
}
