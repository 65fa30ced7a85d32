package dev.atalaya.agent.explain;

import dev.atalaya.agent.sql.SqlDialect;
import dev.atalaya.agent.sql.SqlText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * One SELECT that only reads, as its template has it: without literals and comments, {@code ?} for
 * each value.
 *
 * <p>In case of doubt there is none: a text with what may be another statement, a table or a file
 * to write, or a mark that is no value, is not explained.
 */
final class Select {
  /** A template is cut at 32 KB; a text of so many characters is below that in any encoding. */
  private static final int LONGEST = 10_000;

  private static final Set<String> WRITING =
      new HashSet<>(Arrays.asList("INSERT", "UPDATE", "DELETE", "MERGE", "INTO"));

  /** What may follow the first column of ORDER BY. */
  private static final Set<String> AFTER_COLUMN =
      new HashSet<>(
          Arrays.asList(",", "ASC", "DESC", "NULLS", "LIMIT", "OFFSET", "FETCH", "FOR", ""));

  private final String text;

  /** Names, words and signs; names keep their quotes. */
  private final List<String> tokens = new ArrayList<>();

  private final List<Integer> marks = new ArrayList<>();
  private final byte[] contexts;

  private Select(String text, SqlDialect dialect) {
    this.text = text;
    this.contexts = SqlText.of(text, dialect).contexts();
  }

  /** Null where the statement is not to be explained. */
  static @Nullable Select of(@Nullable String template, SqlDialect dialect) {
    if (template == null || template.length() > LONGEST) return null;
    String text = template.trim();
    while (text.endsWith(";")) text = text.substring(0, text.length() - 1).trim();
    Select select = new Select(text, dialect);
    if (!select.read(dialect == SqlDialect.POSTGRESQL)) return null;
    // A mark that only one of the two readers takes for a value is an operator.
    if (select.contexts.length != select.marks.size()) return null;
    return select.reads() ? select : null;
  }

  private boolean read(boolean postgres) {
    for (int i = 0; i < text.length(); ) {
      char c = text.charAt(i);
      char next = i + 1 < text.length() ? text.charAt(i + 1) : 0;
      int end = i + 1;
      if (c == '\'' || c == ';' || c == '-' && next == '-' || c == '/' && next == '*') return false;
      if (c == '?') {
        if (postgres && operator(i)) return false;
        marks.add(i);
      } else if (c == '"' || c == '`') {
        end = text.indexOf(c, end) + 1;
        if (end == 0) return false;
      } else if (Character.isJavaIdentifierPart(c)) {
        while (end < text.length() && Character.isJavaIdentifierPart(text.charAt(end))) end++;
      }
      if (c > ' ') tokens.add(text.substring(i, end));
      i = end;
    }
    return !tokens.isEmpty();
  }

  /** {@code ?|}, {@code ?&}, {@code @?} and JDBC's {@code ??} ask whether a key is there. */
  private boolean operator(int at) {
    if (at > 0 && "@?".indexOf(text.charAt(at - 1)) >= 0) return true;
    if (text.startsWith("||", at + 1)) return false;
    return at + 1 < text.length() && "|&?".indexOf(text.charAt(at + 1)) >= 0;
  }

  private boolean reads() {
    boolean selects = false;
    for (int i = 0; i < tokens.size(); i++) {
      String word = word(i);
      selects |= word.equals("SELECT");
      boolean lock = word(i - 1).equals("FOR") || word(i - 1).equals("KEY");
      boolean function = word(i + 1).equals("(") && !word.equals("INTO");
      if (WRITING.contains(word) && !lock && !function) return false;
    }
    return selects && (word(0).equals("SELECT") || word(0).equals("WITH"));
  }

  /** The text with something else for each mark, by its number from 0. */
  String with(IntFunction<String> values) {
    StringBuilder result = new StringBuilder(text.length() + 8 * marks.size());
    int from = 0;
    for (int i = 0; i < marks.size(); i++) {
      int mark = marks.get(i);
      result.append(text, from, mark).append(values.apply(i));
      from = mark + 1;
    }
    return result.append(text, from, text.length()).toString();
  }

  String text() {
    return text;
  }

  int values() {
    return marks.size();
  }

  /** Whether the mark is a number of rows. */
  boolean limits(int mark) {
    return contexts[mark] == SqlText.LIMIT;
  }

  /** The table that a name in the plan stands for, with what qualifies it, as the text has it. */
  @Nullable String table(String alias) {
    for (int i = 1; i < tokens.size(); i++) {
      int end = i;
      if (!unquoted(tokens.get(i)).equalsIgnoreCase(alias)) continue;
      if (word(i - 1).equals("AS")) end = i - 1;
      if (end == i && follows(i)) return tokens.get(i);
      int begin = end - 1;
      while (begin > 1 && word(begin - 1).equals(".")) begin -= 2;
      if (begin > 0 && begin < end && name(begin) && follows(begin)) {
        return String.join("", tokens.subList(begin, end));
      }
      if (end == i && word(i - 1).equals(".")) {
        int first = i;
        while (first > 1 && word(first - 1).equals(".")) first -= 2;
        if (follows(first)) return String.join("", tokens.subList(first, i + 1));
      }
    }
    return null;
  }

  private boolean follows(int name) {
    String before = word(name - 1);
    return before.equals("FROM") || before.equals("JOIN") || before.equals(",");
  }

  private boolean name(int token) {
    char first = tokens.get(token).charAt(0);
    return first == '"' || first == '`' || Character.isJavaIdentifierStart(first);
  }

  /** The first column of ORDER BY where the statement reads one table; else null. */
  @Nullable String order() {
    int from = tokens.size();
    int by = -1;
    for (int i = 0; i < tokens.size(); i++) {
      String word = word(i);
      if (word.equals("JOIN") || word.equals("FROM") && from < tokens.size()) return null;
      if (word.equals("FROM")) from = i;
      if (word.equals("ORDER") && word(i + 1).equals("BY")) by = i + 2;
    }
    if (by < 0 || by >= tokens.size() || from > by) return null;
    Collection<String> tables = tokens.subList(from, by);
    if (tables.contains(",") && word(from + 2).equals(",")) return null;
    int column = by;
    while (word(column + 1).equals(".")) column += 2;
    if (column >= tokens.size() || !name(column)) return null;
    return AFTER_COLUMN.contains(word(column + 1)) ? tokens.get(column) : null;
  }

  /** A name as the text spells it, which needs no quotes if it has none there. */
  String spelling(String quoted) {
    String name = unquoted(quoted);
    for (String token : tokens) if (token.equalsIgnoreCase(name)) return token;
    return quoted;
  }

  static String unquoted(String name) {
    boolean quoted = name.length() > 1 && (name.charAt(0) == '"' || name.charAt(0) == '`');
    return quoted ? name.substring(1, name.length() - 1).replace("\"\"", "\"") : name;
  }

  /** In upper case; empty beyond either end. */
  private String word(int token) {
    return token < 0 || token >= tokens.size() ? "" : tokens.get(token).toUpperCase(Locale.ROOT);
  }
}
