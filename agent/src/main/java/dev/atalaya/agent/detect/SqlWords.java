package dev.atalaya.agent.detect;

import org.jspecify.annotations.Nullable;

/** What suggestions of several libraries say of a statement. */
public final class SqlWords {
  public static final String MANY =
      "An empty list needs no query; of some thousand values make several.";

  /** Where the driver's option goes. */
  public static final String URL = "the JDBC URL";

  private SqlWords() {}

  /** The one column that it compares for equality; else null. */
  public static @Nullable String column(Operation statement) {
    return Columns.equal(statement.text);
  }

  /** {@code WHERE order_id IN (...)}. */
  public static String in(Operation statement) {
    String column = column(statement);
    return column == null ? "IN (...)" : "WHERE " + column + " IN (...)";
  }

  /** {@code , or a join with orders}; empty where no statement caused it. */
  public static String join(Subject subject) {
    Operation cause = subject.cause;
    if (cause == null || !cause.isSql()) return "";
    return cause.table == null ? ", or a join" : ", or a join with " + cause.table;
  }

  /** The statement rewritten to read by many values; null where it is too complex to be sure. */
  public static @Nullable String byMany(Operation statement, String list) {
    return InList.of(statement, list);
  }

  /** As a Java string. */
  public static String literal(String sql) {
    return '"' + sql.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** The sentence's end, with the driver's option. */
  public static String batched(Operation statement) {
    String option = option(statement);
    return option == null ? "." : ", with " + option + " in " + URL + ".";
  }

  /** What makes a driver send a batch as one statement, or in one round trip; null for none. */
  public static @Nullable String option(Operation statement) {
    switch (statement.system) {
      case "postgresql":
        return statement.verb.equals("INSERT") ? "reWriteBatchedInserts=true" : null;
      case "mysql":
        return "rewriteBatchedStatements=true";
      case "mariadb":
        // Its rewriteBatchedStatements is for INSERT alone, and gone from some of its versions.
        return "useBulkStmts=true";
      default:
        return null;
    }
  }
}
