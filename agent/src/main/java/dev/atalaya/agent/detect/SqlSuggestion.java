package dev.atalaya.agent.detect;

import dev.atalaya.agent.sql.SqlText;
import org.jspecify.annotations.Nullable;

/** What to change about statements, where nothing but JDBC is known to send them. */
final class SqlSuggestion {
  private SqlSuggestion() {}

  static Fix of(Subject subject) {
    Operation operation = subject.operation;
    switch (subject.kind) {
      case SLOW_QUERY:
        return new Fix(slow(operation));
      case DUPLICATE_QUERY:
        return Fix.keep(
            "Read it once and keep the result for the request: pass it on, or put a cache before"
                + " it.",
            null,
            subject);
      case BATCH_TOO_SMALL:
        return new Fix(
            operation.isWrite()
                ? "Add 50 rows and more to a batch before executeBatch."
                : "Ask for more at once: collect the values, and read some 100 by each IN list.");
      default:
        return operation.isWrite() ? write(operation) : read(subject);
    }
  }

  private static Fix read(Subject subject) {
    Operation operation = subject.operation;
    boolean arrays = operation.system.equals("postgresql");
    String in = SqlWords.in(operation);
    return new Fix(
            "Read them in one statement: "
                + (arrays ? in.replace("IN (...)", "= ANY(?)") : in)
                + SqlWords.join(subject)
                + ".")
        .more(arrays ? "The parameter is connection.createArrayOf(type, values)." : SqlWords.MANY)
        .way(subject.loop(), prepared(operation, arrays));
  }

  private static @Nullable String prepared(Operation operation, boolean arrays) {
    if (arrays) {
      String sql = InList.of(operation, "= ANY(?)");
      return sql == null ? null : SqlWords.literal(sql.replace(" IN = ANY(?)", " = ANY(?)"));
    }
    String sql = InList.of(operation, "(\u0000)");
    if (sql == null) return null;
    return SqlWords.literal(sql)
        .replace(
            "\u0000",
            "\"\n    + String.join(\", \", Collections.nCopies(values.size(), \"?\"))\n    + \"");
  }

  private static Fix write(Operation operation) {
    String column = operation.verb.equals("DELETE") ? Columns.equal(operation.text) : null;
    return new Fix(
            "Send the rows as a batch: addBatch and executeBatch"
                + (column == null ? "" : ", or one DELETE with " + column + " IN (...)")
                + SqlWords.batched(operation))
        .way("instead of executeUpdate() in the loop", "statement.addBatch();")
        .way("behind the loop", "statement.executeBatch();")
        .way(SqlWords.URL, SqlWords.option(operation));
  }

  private static String slow(Operation operation) {
    if (operation.effect != SqlText.Kind.READ && operation.effect != SqlText.Kind.WRITE) {
      boolean transaction = operation.effect == SqlText.Kind.TRANSACTION;
      return "Look for a lock or a disk that it waits for"
          + (transaction ? "." : ", or into the procedure that it calls.");
    }
    String column = Columns.equal(operation.text);
    String where = column == null ? "what its joins, WHERE and ORDER BY name" : column;
    String table = operation.table == null ? "" : " of " + operation.table;
    if (operation.effect == SqlText.Kind.WRITE) {
      return operation.verb.equals("INSERT")
          ? "Look for locks, triggers and many indexes" + table + "."
          : "Look at its plan with EXPLAIN: is there an index on "
              + where
              + table
              + "? If so, it waits for a lock.";
    }
    if (Columns.readsAll(operation.text)) {
      return "It reads all rows" + table + ": add a condition, a LIMIT, or read by pages.";
    }
    return "Look at its plan with EXPLAIN: is there an index on " + where + table + "?";
  }
}
