package dev.atalaya.agent.detect;

import dev.atalaya.agent.callsite.CallSite;
import dev.atalaya.agent.callsite.CallSite.Library;
import dev.atalaya.agent.sql.SqlText;
import org.jspecify.annotations.Nullable;

/** What to change about statements. */
final class SqlSuggestion {
  private SqlSuggestion() {}

  static Fix of(Subject subject) {
    Operation operation = subject.operation;
    CallSite site = subject.site;
    switch (subject.kind) {
      case SLOW_QUERY:
        return new Fix(slow(operation));
      case DUPLICATE_QUERY:
        return duplicate(site);
      case BATCH_TOO_SMALL:
        return small(operation, site);
      default:
        return operation.isWrite()
            ? WriteSuggestion.of(operation, site)
            : ReadSuggestion.of(operation, subject.cause, site, subject.count);
    }
  }

  private static Fix duplicate(@Nullable CallSite site) {
    String method = Suggestion.method(site);
    boolean byId = method != null && (method.endsWith("findById") || method.equals("find"));
    if (byId && Suggestion.passed(site, Library.HIBERNATE)) {
      return Suggestion.known(
          "Read it once and keep it for the request: in one transaction Hibernate's session has"
              + " it, and "
              + method
              + " asks the database no more.",
          Suggestion.passed(site, Library.SPRING_DATA) ? "@Transactional" : null,
          site);
    }
    return Suggestion.known(
        "Read it once and keep the result for the request: pass it on, or put a cache before it.",
        null,
        site);
  }

  private static Fix small(Operation operation, @Nullable CallSite site) {
    boolean writes = operation.effect == SqlText.Kind.WRITE;
    if (Suggestion.passed(site, Library.HIBERNATE)) {
      return writes
          ? new Fix(
                  "Raise hibernate.jdbc.batch_size to 50, and set hibernate.order_inserts and"
                      + " hibernate.order_updates, so that batches fill up.")
              .way(
                  "Hibernate's settings",
                  "hibernate.jdbc.batch_size=50\n"
                      + "hibernate.order_inserts=true\n"
                      + "hibernate.order_updates=true")
          : new Fix(
                  "Raise the batch: @BatchSize(size = 100), or hibernate.default_batch_fetch_size ="
                      + " 100 for all.")
              .way("Hibernate's settings", "hibernate.default_batch_fetch_size=100");
    }
    return new Fix(
        writes
            ? "Add 50 rows and more to a batch before executeBatch."
            : "Ask for more at once: collect the values, and read some 100 by each IN list.");
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
