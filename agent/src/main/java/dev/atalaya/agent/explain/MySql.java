package dev.atalaya.agent.explain;

import dev.atalaya.agent.json.Json;
import dev.atalaya.agent.trace.Access;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** MySQL and MariaDB, which have no generic plan: with made-up values, for which see RATIONALE. */
final class MySql extends Planner {
  private static final String[] DUMMIES = {"'1'", "'2000-01-01'"};

  /** Refused in a transaction that only reads. */
  private static final Pattern LOCK =
      Pattern.compile(
          "\\s+(?:FOR\\s+(?:UPDATE|SHARE)|LOCK\\s+IN\\s+SHARE\\s+MODE)\\b[^()]*\\z",
          Pattern.CASE_INSENSITIVE);

  private static final Map<String, String> LIMITS = new HashMap<>();

  static {
    LIMITS.put("max_execution_time", "1000"); // MySQL, ms
    LIMITS.put("max_statement_time", "1"); // MariaDB, s
    LIMITS.put("lock_wait_timeout", "1");
    LIMITS.put("explain_json_format_version", "1");
  }

  @Override
  Properties properties(Access access) {
    Properties properties = new Properties();
    properties.setProperty("connectTimeout", "2000");
    properties.setProperty("socketTimeout", "2000");
    properties.setProperty("allowMultiQueries", "false");
    return properties;
  }

  @Override
  @Nullable Plan plan(Session session, Select select) throws SQLException {
    limit(session);
    for (int i = 0; ; i++) {
      String dummy = DUMMIES[i];
      String locking = select.with(mark -> select.limits(mark) ? "1" : dummy);
      String sql = LOCK.matcher(locking).replaceFirst("");
      try {
        return plan(session, select, sql);
      } catch (SQLException refused) {
        if (i + 1 == DUMMIES.length || select.values() == 0) throw refused;
      }
    }
  }

  private static void limit(Session session) throws SQLException {
    session.run("SET SESSION TRANSACTION READ ONLY");
    // Asked for first: MariaDB's driver logs what is refused, in the application's log.
    String known = "SHOW SESSION VARIABLES WHERE Variable_name IN ('";
    for (String name :
        session.text(known + String.join("', '", LIMITS.keySet()) + "')").split("\n")) {
      String value = LIMITS.get(name);
      if (value != null) session.run("SET SESSION " + name + " = " + value);
    }
  }

  private static @Nullable Plan plan(Session session, Select select, String sql)
      throws SQLException {
    List<Map<String, @Nullable String>> rows = session.rows("EXPLAIN FORMAT=TRADITIONAL " + sql);
    StringBuilder text = new StringBuilder();
    boolean scans = false;
    boolean tables = false;
    for (Map<String, @Nullable String> row : rows) {
      if (text.length() > 0) text.append('\n');
      text.append(line(row));
      tables |= row.get("table") != null;
      scans |= "ALL".equals(row.get("type"));
    }
    // No row has the made-up value for its key: the plan shows nothing.
    if (!tables) return null;
    return new Plan(text.toString(), scans ? suggestion(session, select, sql) : null);
  }

  /** {@code orders: ALL, key none, rows 99123, Using where}. */
  private static String line(Map<String, @Nullable String> row) {
    StringBuilder line = new StringBuilder();
    String part = row.get("select_type");
    if (part != null && !part.equals("SIMPLE")) line.append(part).append(' ');
    String table = row.get("table");
    if (table != null) {
      String key = row.get("key");
      line.append(table).append(": ").append(row.get("type"));
      line.append(", key ").append(key == null ? "none" : key);
      if (row.get("rows") != null) line.append(", rows ").append(row.get("rows"));
    }
    String extra = row.get("extra");
    if (extra == null || extra.isEmpty()) return line.toString();
    if (table != null) line.append(", ");
    return line.append(Literals.withoutValues(extra)).toString();
  }

  private static @Nullable String suggestion(Session session, Select select, String sql)
      throws SQLException {
    List<Map<?, ?>> scans = new ArrayList<>();
    try {
      collect(Json.parse(session.text("EXPLAIN FORMAT=JSON " + sql)), scans);
    } catch (SQLException | IllegalArgumentException unreadable) {
      return null;
    }
    double largest = LARGE - 1;
    String suggestion = null;
    for (Map<?, ?> scan : scans) {
      double rows = rows(scan);
      if (rows <= largest) continue;
      largest = rows;
      suggestion = suggestion(session, select, scan);
    }
    return suggestion;
  }

  private static void collect(@Nullable Object node, List<Map<?, ?>> scans) {
    if (node instanceof List) {
      for (Object one : (List<?>) node) collect(one, scans);
    } else if (node instanceof Map) {
      Map<?, ?> map = (Map<?, ?>) node;
      if (map.get("table_name") instanceof String
          && "ALL".equals(map.get("access_type"))
          && map.get("attached_condition") instanceof String) {
        scans.add(map);
      }
      for (Object one : map.values()) collect(one, scans);
    }
  }

  private static double rows(Map<?, ?> scan) {
    Object rows = scan.get("rows_examined_per_scan");
    if (rows == null) rows = scan.get("rows");
    return rows instanceof Double ? (Double) rows : 0;
  }

  private static @Nullable String suggestion(Session session, Select select, Map<?, ?> scan)
      throws SQLException {
    Object named = scan.get("table_name");
    Object condition = scan.get("attached_condition");
    if (!(named instanceof String) || !(condition instanceof String)) return null;
    String alias = (String) named;
    String shown = select.table(alias);
    if (shown == null) shown = alias; // in a view
    int dot = shown.lastIndexOf('.');
    String table = Select.unquoted(shown.substring(dot + 1));
    String catalog =
        dot < 0 ? session.connection.getCatalog() : Select.unquoted(shown.substring(0, dot));
    Filter filter = Filter.of((String) condition, alias, true);
    List<String> columns = new ArrayList<>();
    StringBuilder name = new StringBuilder("idx_").append(table);
    for (String column :
        Index.missing(session.connection, catalog, null, table, filter, select.order())) {
      columns.add(select.spelling(column));
      name.append('_').append(Select.unquoted(column));
    }
    if (columns.isEmpty()) return null;
    if (name.length() > 64) name.setLength(64);
    String quoted = name.toString().matches("\\w+") ? name.toString() : "`" + name + "`";
    return "CREATE INDEX " + quoted + " ON " + shown + " (" + String.join(", ", columns) + ")";
  }
}
