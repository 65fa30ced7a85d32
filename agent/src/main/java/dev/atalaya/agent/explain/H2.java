package dev.atalaya.agent.explain;

import dev.atalaya.agent.trace.Access;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** H2, whose plan is the statement with a comment on each table. */
final class H2 extends Planner {
  private static final String NAME = "(\"(?:[^\"]|\"\")+\"|\\w+)";

  /** {@code FROM "PUBLIC"."ORDERS" "O" /* PUBLIC.ORDERS.tableScan *}{@code /}. */
  private static final Pattern SCAN =
      Pattern.compile(
          "(?:FROM|JOIN)\\s+"
              + NAME
              + "\\."
              + NAME
              + "(?:\\s+"
              + NAME
              + ")?"
              + "\\s+/\\* [^*]*\\.tableScan\\b");

  private static final Pattern WHERE =
      Pattern.compile(
          "\\sWHERE\\s(.*?)(?:\\s(?:GROUP BY|HAVING|ORDER BY|FETCH|OFFSET|LIMIT|FOR UPDATE)\\s.*)?\\z",
          Pattern.DOTALL);

  @Override
  @Nullable Properties properties(Access access) {
    // It would run again: a script that makes the tables anew, perhaps.
    if (access.sets("INIT")) return null;
    Properties properties = new Properties();
    // No database is made, or made anew, where the application has closed it.
    if (!access.sets("IFEXISTS")) properties.setProperty("IFEXISTS", "TRUE");
    return properties;
  }

  @Override
  @Nullable Plan plan(Session session, Select select) throws SQLException {
    String[] unset = new String[select.values()];
    String plan = Session.lines(session.rows("EXPLAIN " + select.text(), unset));
    return new Plan(Literals.withoutValues(plan), suggestion(session, select, plan));
  }

  private static @Nullable String suggestion(Session session, Select select, String plan)
      throws SQLException {
    String text = Literals.withoutStrings(plan);
    if (text.indexOf("SELECT") != text.lastIndexOf("SELECT")) return null;
    Matcher where = WHERE.matcher(text.replaceAll("(?s)/\\*.*?\\*/", " "));
    if (!where.find()) return null;
    boolean joins = text.contains(" JOIN ");
    double largest = LARGE - 1;
    String suggestion = null;
    Matcher scan = SCAN.matcher(text);
    while (scan.find()) {
      String schema = Select.unquoted(scan.group(1));
      String table = Select.unquoted(scan.group(2));
      double rows = rows(session, schema, table);
      if (rows <= largest) continue;
      largest = rows;
      String alias = Select.unquoted(scan.group(3) == null ? scan.group(2) : scan.group(3));
      Filter filter = Filter.of(where.group(1), alias, joins);
      suggestion = suggestion(session, select, schema, table, filter);
    }
    return suggestion;
  }

  private static double rows(Session session, String schema, String table) throws SQLException {
    for (Map<String, @Nullable String> row :
        session.rows(
            "SELECT ROW_COUNT_ESTIMATE FROM INFORMATION_SCHEMA.TABLES"
                + " WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?",
            schema,
            table)) {
      String rows = row.get("row_count_estimate");
      return rows == null ? 0 : Double.parseDouble(rows);
    }
    return 0;
  }

  private static @Nullable String suggestion(
      Session session, Select select, String schema, String table, Filter filter)
      throws SQLException {
    List<String> columns = new ArrayList<>();
    for (String column :
        Index.missing(session.connection, null, schema, table, filter, select.order())) {
      columns.add(select.spelling(column));
    }
    if (columns.isEmpty()) return null;
    String shown = select.table(table);
    if (shown == null) shown = "\"" + schema + "\".\"" + table + "\"";
    return "CREATE INDEX ON " + shown + " (" + String.join(", ", columns) + ")";
  }
}
