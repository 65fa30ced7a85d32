package dev.atalaya.agent.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The columns by which an index could find what a scan filters, read from the condition as a plan
 * shows it: {@code ((orders.customer_id = $1) AND (orders.created_at > $2))}.
 *
 * <p>Of what is joined by AND those parts count that compare a column itself with a value; others
 * (LIKE, functions, OR, columns with each other) are passed over.
 */
final class Filter {
  private static final String NAME = "(?:\"(?:[^\"]|\"\")+\"|`[^`]+`|[A-Za-z_][\\w$]*)";
  private static final Pattern COMPARISON =
      Pattern.compile(
          "(\\()?((?:"
              + NAME
              + "\\s*\\.\\s*)*)("
              + NAME
              + ")"
              // PostgreSQL shows a varchar's comparison so.
              + "(?:\\)::(text))?\\s*(=|<=|>=|<(?!>)|>|in\\b|between\\b)(.+)",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  /** What may stand in a value that holds no column. */
  private static final Pattern VALUE =
      Pattern.compile(
          "::(?:\"[^\"]+\"|[a-z_]+(?: (?:varying|precision|with|without|time|zone)\\b)*)(?:\\[\\])?"
              + "|\\$\\d+|\\?\\d*|\\b\\d[\\w.]*"
              + "|<cache>|\\b(?:any|array|now|curdate|localtimestamp|current_\\w+|date|time|timestamp"
              + "|interval|year|month|week|day|hour|minute|second)\\b",
          Pattern.CASE_INSENSITIVE);

  private final String alias;
  private final boolean qualified;

  /** Columns that equal a value, in the order of the condition, as it spells them. */
  final List<String> equal = new ArrayList<>();

  /** Those of {@link #equal} and {@link #range} that are compared as text. */
  final List<String> asText = new ArrayList<>();

  /** The first column that lies in a range. */
  @Nullable String range;

  private Filter(String alias, boolean qualified) {
    this.alias = alias;
    this.qualified = qualified;
  }

  /**
   * Reads a condition.
   *
   * @param alias what columns of the scanned table are qualified with
   * @param qualified whether columns are always qualified
   */
  static Filter of(String condition, String alias, boolean qualified) {
    Filter filter = new Filter(alias, qualified);
    filter.add(Literals.withoutStrings(condition), 0);
    return filter;
  }

  private void add(String condition, int depth) {
    String text = condition.trim();
    while (enclosed(text)) text = text.substring(1, text.length() - 1).trim();
    List<String> parts = parts(text);
    if (parts.size() == 1 || depth > 8) comparison(text);
    else for (String part : parts) add(part, depth + 1);
  }

  private void comparison(String text) {
    Matcher match = COMPARISON.matcher(text);
    if (!match.matches() || (match.group(1) == null) != (match.group(4) == null)) return;
    String qualifier = match.group(2).replaceAll("\\s*\\.\\s*$", "");
    int last = qualifier.lastIndexOf('.');
    String table = Select.unquoted(qualifier.substring(last + 1).trim());
    if (table.isEmpty() ? qualified : !table.equalsIgnoreCase(alias)) return;
    String rest = VALUE.matcher(match.group(6)).replaceAll("");
    if (!rest.matches("[\\s()+*/,\\[\\]-]*") || rest.length() == match.group(6).length()) return;
    String column = match.group(3);
    String operator = match.group(5).toLowerCase(Locale.ROOT);
    if (match.group(4) != null) asText.add(column);
    if (operator.equals("=") || operator.equals("in")) {
      if (!equal.contains(column)) equal.add(column);
    } else if (range == null) {
      range = column;
    }
  }

  /** Whether the first parenthesis is closed by the last. */
  private static boolean enclosed(String text) {
    if (!text.startsWith("(")) return false;
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '(') depth++;
      if (text.charAt(i) == ')' && --depth == 0) return i == text.length() - 1;
    }
    return false;
  }

  private static List<String> parts(String text) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '(') depth++;
      if (c == ')') depth--;
      if (depth > 0 || !and(text, i)) continue;
      parts.add(text.substring(from, i));
      from = i + 3;
    }
    parts.add(text.substring(from));
    return parts;
  }

  private static boolean and(String text, int at) {
    return text.regionMatches(true, at, "and", 0, 3)
        && at > 0
        && !Character.isJavaIdentifierPart(text.charAt(at - 1))
        && at + 3 < text.length()
        && !Character.isJavaIdentifierPart(text.charAt(at + 3));
  }
}
