package dev.atalaya.agent.explain;

import dev.atalaya.agent.json.Json;
import dev.atalaya.agent.trace.Access;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL from version 12 on: the generic plan, which is made without values.
 *
 * <p>All settings are those of a transaction that is rolled back: behind a PgBouncer a session's
 * would stay with a server's connection that the application gets next.
 */
final class PostgreSql extends Planner {
  private static final int OLDEST = 12;
  private static final int GENERIC_PLAN = 16;
  private static final int UNTYPED = 8;
  private static final Pattern PARAMETER = Pattern.compile("\\$(\\d+)");

  /** {@code Filter: (price > 100)}, but not {@code Workers Planned: 2}. */
  private static final Pattern CONDITION = Pattern.compile("(\\s*[A-Z][\\w \\-]*: )(.*\\D.*)");

  private static final String NAME = "(\"(?:[^\"]|\"\")+\"|[A-Za-z_][\\w$]*)";
  private static final Pattern COLUMN = Pattern.compile(NAME + "\\." + NAME);

  /** An index pays where it leaves out most of the table. */
  private static final double SELECTIVE = 0.1;

  private static final String TABLE =
      "SELECT CASE WHEN c.reltuples > 0 THEN c.reltuples"
          // Never analysed: by the size, of rows of 100 bytes.
          + " ELSE pg_catalog.pg_relation_size(c.oid) / 100 END AS rows,"
          + " t.oid::regclass::text AS shown, n.nspname AS schema, t.relname AS name"
          + " FROM pg_catalog.pg_class c"
          + " JOIN pg_catalog.pg_namespace own ON own.oid = c.relnamespace"
          + " JOIN pg_catalog.pg_class t"
          + " ON t.oid = coalesce(pg_catalog.pg_partition_root(c.oid)::oid, c.oid)"
          + " JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace"
          + " WHERE own.nspname = ? AND c.relname = ?";

  @Override
  Properties properties(Access access) {
    Properties properties = new Properties();
    properties.setProperty("ApplicationName", "atalaya");
    properties.setProperty("connectTimeout", "2");
    properties.setProperty("socketTimeout", "2");
    properties.setProperty("readOnlyMode", "transaction");
    // A parameter of a plan is a number to the driver's extended protocol, which wants its value.
    properties.setProperty("preferQueryMode", "simple");
    return properties;
  }

  @Override
  @Nullable Plan plan(Session session, Select select) throws SQLException {
    int version = session.connection.getMetaData().getDatabaseMajorVersion();
    if (version < OLDEST) return null;
    boolean[] text = new boolean[select.values() + 1];
    for (int attempt = 0; ; attempt++) {
      try {
        begin(session);
        return version >= GENERIC_PLAN
            ? plan(session, select, "EXPLAIN (GENERIC_PLAN, ", sql(select, text))
            : prepared(session, select, sql(select, text));
      } catch (SQLException refused) {
        int parameter = attempt < UNTYPED ? untyped(refused) : 0;
        if (parameter < 1 || parameter >= text.length || text[parameter]) throw refused;
        text[parameter] = true;
      } finally {
        session.attempt("ROLLBACK");
      }
    }
  }

  private static void begin(Session session) throws SQLException {
    session.run("BEGIN READ ONLY");
    session.run("SET LOCAL statement_timeout = 1000");
  }

  private static String sql(Select select, boolean[] text) {
    return select.with(i -> "$" + (i + 1) + (text[i + 1] ? "::text" : ""));
  }

  /** {@code ? IS NULL} says nothing of the type: the server names the parameter. */
  private static int untyped(SQLException refused) {
    if (!"42P18".equals(refused.getSQLState())) return 0;
    Matcher parameter = PARAMETER.matcher(String.valueOf(refused.getMessage()));
    return parameter.find() && parameter.group(1).length() < 5
        ? Integer.parseInt(parameter.group(1))
        : 0;
  }

  private static @Nullable Plan prepared(Session session, Select select, String sql)
      throws SQLException {
    String name = "atalaya_" + Long.toHexString(System.nanoTime());
    StringBuilder execute = new StringBuilder("EXECUTE ").append(name);
    for (int i = 0; i < select.values(); i++) execute.append(i == 0 ? "(NULL" : ", NULL");
    if (select.values() > 0) execute.append(')');
    session.run("SET LOCAL plan_cache_mode = force_generic_plan");
    session.run("PREPARE " + name + " AS " + sql);
    session.run("SAVEPOINT atalaya");
    try {
      return plan(session, select, "EXPLAIN (", execute.toString());
    } finally {
      session.attempt("ROLLBACK TO SAVEPOINT atalaya");
      session.attempt("DEALLOCATE " + name);
    }
  }

  private static Plan plan(Session session, Select select, String explain, String sql)
      throws SQLException {
    String text = session.text(explain + "FORMAT TEXT) " + sql);
    String json = session.text(explain + "VERBOSE, FORMAT JSON) " + sql);
    List<Map<?, ?>> scans = new ArrayList<>();
    try {
      collect(Json.parse(json), scans);
    } catch (IllegalArgumentException tooDeep) {
      // The text says it all.
    }
    return new Plan(masked(text), suggestion(session, select, scans));
  }

  private static String masked(String text) {
    StringBuilder masked = new StringBuilder(text.length());
    for (String line : Literals.withoutStrings(text).split("\n")) {
      if (masked.length() > 0) masked.append('\n');
      Matcher condition = CONDITION.matcher(line);
      if (condition.matches()) {
        masked.append(condition.group(1)).append(Literals.withoutValues(condition.group(2)));
      } else {
        masked.append(line);
      }
    }
    return masked.toString();
  }

  private static void collect(@Nullable Object node, List<Map<?, ?>> scans) {
    if (node instanceof List) {
      for (Object one : (List<?>) node) collect(one, scans);
    } else if (node instanceof Map) {
      Map<?, ?> plan = (Map<?, ?>) node;
      if ("Seq Scan".equals(plan.get("Node Type")) && plan.get("Filter") instanceof String) {
        scans.add(plan);
      }
      collect(plan.get("Plan"), scans);
      collect(plan.get("Plans"), scans);
    }
  }

  /** Of the largest table that is scanned. */
  private static @Nullable String suggestion(Session session, Select select, List<Map<?, ?>> scans)
      throws SQLException {
    double largest = LARGE - 1;
    String suggestion = null;
    for (Map<?, ?> scan : scans) {
      String name = String.valueOf(scan.get("Relation Name"));
      for (Map<String, @Nullable String> table :
          session.rows(TABLE, String.valueOf(scan.get("Schema")), name)) {
        double rows = Double.parseDouble(String.valueOf(table.get("rows")));
        if (rows <= largest) continue;
        largest = rows;
        suggestion = suggestion(session, select, scan, table, rows);
      }
    }
    return suggestion;
  }

  private static @Nullable String suggestion(
      Session session,
      Select select,
      Map<?, ?> scan,
      Map<String, @Nullable String> table,
      double rows)
      throws SQLException {
    String alias = String.valueOf(scan.get("Alias"));
    String condition = String.valueOf(scan.get("Filter"));
    Filter filter = Filter.of(othersAsValues(condition, alias), alias, true);
    boolean keepsMost =
        scan.get("Plan Rows") instanceof Double
            && (Double) scan.get("Plan Rows") > SELECTIVE * rows;
    // Of a range with unknown bounds the planner says a third, which means nothing.
    if (!filter.equal.isEmpty() && keepsMost) return null;
    List<String> columns =
        Index.missing(
            session.connection,
            null,
            table.get("schema"),
            String.valueOf(table.get("name")),
            filter,
            select.order());
    if (columns.isEmpty()) return null;
    return "CREATE INDEX ON " + table.get("shown") + " (" + String.join(", ", columns) + ")";
  }

  /** Another table's column is a value to a scan that is run once for each of that table's rows. */
  private static String othersAsValues(String filter, String alias) {
    Matcher column = COLUMN.matcher(filter);
    StringBuffer values = new StringBuffer();
    while (column.find()) {
      boolean own = Select.unquoted(column.group(1)).equals(alias);
      column.appendReplacement(values, own ? Matcher.quoteReplacement(column.group()) : "\\$1");
    }
    return column.appendTail(values).toString();
  }
}
