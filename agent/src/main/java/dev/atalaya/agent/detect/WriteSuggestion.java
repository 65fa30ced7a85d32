package dev.atalaya.agent.detect;

import dev.atalaya.agent.trace.CallSite;
import dev.atalaya.agent.trace.CallSite.Library;
import org.jspecify.annotations.Nullable;

/** How to write in one round trip the rows that were written in many. */
final class WriteSuggestion {
  private WriteSuggestion() {}

  static String of(Operation operation, @Nullable CallSite site) {
    if (Suggestion.passed(site, Library.HIBERNATE)) return hibernate(operation, site);
    return "Send the rows as a batch: " + how(operation, site) + rewritten(operation);
  }

  private static String how(Operation operation, @Nullable CallSite site) {
    if (Suggestion.passed(site, Library.JDBC_TEMPLATE)) return "JdbcTemplate.batchUpdate";
    if (Suggestion.passed(site, Library.MYBATIS)) return "ExecutorType.BATCH, or foreach";
    if (Suggestion.passed(site, Library.JOOQ)) return "DSLContext.batch";
    String column = operation.verb.equals("DELETE") ? Columns.equal(operation.text) : null;
    return "addBatch and executeBatch"
        + (column == null ? "" : ", or one DELETE with " + column + " IN (...)");
  }

  private static String hibernate(Operation operation, @Nullable CallSite site) {
    String method = Suggestion.method(site);
    boolean save = "save".equals(method) && Suggestion.passed(site, Library.SPRING_DATA);
    String batch =
        (save ? "Call saveAll once, and set" : "Set") + " hibernate.jdbc.batch_size = 50";
    switch (operation.verb) {
      case "INSERT":
        return batch
            + " and hibernate.order_inserts = true"
            + rewritten(operation)
            + " IDENTITY ids prevent it, as an id is known only once its row is there: "
            + (operation.system.equals("mysql") ? "assign them before." : "use a SEQUENCE.");
      case "DELETE":
        return "Delete them by one query with IN (:ids)"
            + (Suggestion.passed(site, Library.SPRING_DATA) ? ", or by deleteAllInBatch" : "")
            + "; where that cannot be, set hibernate.jdbc.batch_size = 50"
            + rewritten(operation);
      default:
        return batch + " and hibernate.order_updates = true" + rewritten(operation);
    }
  }

  /** The driver's option that makes one statement, or one round trip, of a batch. */
  private static String rewritten(Operation operation) {
    switch (operation.system) {
      case "postgresql":
        return operation.verb.equals("INSERT")
            ? ", with reWriteBatchedInserts=true in the JDBC URL."
            : ".";
      case "mysql":
      case "mariadb":
        return ", with rewriteBatchedStatements=true in the JDBC URL.";
      default:
        return ".";
    }
  }
}
