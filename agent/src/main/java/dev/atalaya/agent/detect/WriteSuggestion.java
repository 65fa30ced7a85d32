package dev.atalaya.agent.detect;

import dev.atalaya.agent.callsite.CallSite;
import dev.atalaya.agent.callsite.CallSite.Library;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How to write in one round trip the rows that were written in many. */
final class WriteSuggestion {
  private static final String SETTINGS =
      "In Spring Boot a setting has spring.jpa.properties. before it.";

  private WriteSuggestion() {}

  static Fix of(Operation operation, @Nullable CallSite site) {
    if (Suggestion.passed(site, Library.HIBERNATE)) return hibernate(operation, site);
    Fix fix = new Fix("Send the rows as a batch: " + how(operation, site) + rewritten(operation));
    if (Suggestion.passed(site, Library.JDBC_TEMPLATE)) {
      return fix.more("Some 1,000 rows a batch are enough.")
          .way("instead of the loop", "jdbcTemplate.batchUpdate(sql, rows)");
    }
    if (Suggestion.passed(site, Library.MYBATIS)) {
      return fix.more("What it wrote is there after flushStatements or commit.")
          .way("around the loop", "sqlSessionFactory.openSession(ExecutorType.BATCH)");
    }
    if (Suggestion.passed(site, Library.JOOQ)) {
      return fix.way("instead of execute() in the loop", "dsl.batch(queries).execute()");
    }
    return fix.way("instead of executeUpdate() in the loop", "statement.addBatch();")
        .way("behind the loop", "statement.executeBatch();");
  }

  private static String how(Operation operation, @Nullable CallSite site) {
    if (Suggestion.passed(site, Library.JDBC_TEMPLATE)) return "JdbcTemplate.batchUpdate";
    if (Suggestion.passed(site, Library.MYBATIS)) return "ExecutorType.BATCH, or foreach";
    if (Suggestion.passed(site, Library.JOOQ)) return "DSLContext.batch";
    String column = operation.verb.equals("DELETE") ? Columns.equal(operation.text) : null;
    return "addBatch and executeBatch"
        + (column == null ? "" : ", or one DELETE with " + column + " IN (...)");
  }

  private static Fix hibernate(Operation operation, @Nullable CallSite site) {
    String method = Suggestion.method(site);
    boolean save = "save".equals(method) && Suggestion.passed(site, Library.SPRING_DATA);
    String batch =
        (save ? "Call saveAll once, and set" : "Set") + " hibernate.jdbc.batch_size = 50";
    boolean inserts = operation.verb.equals("INSERT");
    if (inserts && Suggestion.passed(site, Library.HIBERNATE_IDENTITY)) {
      return identity(operation, save);
    }
    if (operation.verb.equals("DELETE")) {
      return new Fix(
              "Delete them by one query with IN (:ids)"
                  + (Suggestion.passed(site, Library.SPRING_DATA) ? ", or by deleteAllInBatch" : "")
                  + "; where that cannot be, set hibernate.jdbc.batch_size = 50"
                  + rewritten(operation))
          .more(SETTINGS)
          .way("Hibernate's settings", "hibernate.jdbc.batch_size=50");
    }
    String order = inserts ? "hibernate.order_inserts" : "hibernate.order_updates";
    return new Fix(batch + " and " + order + " = true" + rewritten(operation))
        .more(SETTINGS)
        .way("Hibernate's settings", "hibernate.jdbc.batch_size=50\n" + order + "=true");
  }

  /** There Hibernate inserts each row by itself, whatever its settings are. */
  private static Fix identity(Operation operation, boolean save) {
    String table = operation.table == null ? "entity" : operation.table.toLowerCase(Locale.ROOT);
    String name = table.substring(table.lastIndexOf('.') + 1) + "_seq";
    boolean sequences = !operation.system.equals("mysql");
    Fix fix =
        new Fix(
                "IDENTITY ids cannot be batched, as an id is known only once its row is there: "
                    + (sequences
                        ? "make it GenerationType.SEQUENCE with allocationSize = 50"
                        : "assign ids before, as UUIDs or from a table of numbers")
                    + ", then "
                    + (save ? "call saveAll once, and " : "")
                    + "set hibernate.jdbc.batch_size = 50 and hibernate.order_inserts = true"
                    + rewritten(operation))
            .more(SETTINGS)
            .more(
                save ? "Each save has a transaction of its own, unless there is one around." : "");
    if (!sequences) return fix;
    return fix.more("The sequence increments by 50.")
        .way(
            "the id, instead of IDENTITY",
            "@GeneratedValue(strategy = GenerationType.SEQUENCE, generator = \""
                + name
                + "\")\n@SequenceGenerator(name = \""
                + name
                + "\", sequenceName = \""
                + name
                + "\", allocationSize = 50)")
        .way("Hibernate's settings", "hibernate.jdbc.batch_size=50\nhibernate.order_inserts=true");
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
