package dev.atalaya.agent.library.hibernate;

import dev.atalaya.agent.detect.Fix;
import dev.atalaya.agent.detect.Operation;
import dev.atalaya.agent.detect.SqlWords;
import dev.atalaya.agent.detect.Subject;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What to change where the application asked Hibernate for it, to read or to write. */
final class HibernateStatements {
  private static final String SETTINGS =
      "In Spring Boot a setting has spring.jpa.properties. before it.";

  private HibernateStatements() {}

  /** Null where Hibernate has no better words than any other. */
  static @Nullable Fix of(Subject subject) {
    switch (subject.kind) {
      case DUPLICATE_QUERY:
        return again(subject);
      case BATCH_TOO_SMALL:
        return small(subject.operation);
      default:
        if (subject.writesOneByOne()) return write(subject);
        return subject.readsOneByOne() ? read(subject) : null;
    }
  }

  private static Fix read(Subject subject) {
    String method = subject.called();
    boolean byId = method != null && (method.equals("find") || method.equals("get"));
    String column = SqlWords.column(subject.operation);
    return new Fix(
            "Read them in one query, with IN (:values)"
                + (column == null ? "" : " on " + column)
                + (byId ? ", or by byMultipleIds of Hibernate's session" : SqlWords.join(subject))
                + ".")
        .way(
            subject.loop(),
            byId ? "entityManager.unwrap(Session.class).byMultipleIds(type).multiLoad(ids)" : null);
  }

  private static @Nullable Fix again(Subject subject) {
    String method = subject.called();
    if (method == null || !(method.endsWith("findById") || method.equals("find"))) return null;
    return Fix.keep(
        "Read it once and keep it for the request: in one transaction Hibernate's session has"
            + " it, and "
            + method
            + " asks the database no more.",
        subject.passed("spring-data") ? "@Transactional" : null,
        subject);
  }

  private static Fix small(Operation operation) {
    return operation.isWrite()
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

  private static Fix write(Subject subject) {
    Operation operation = subject.operation;
    boolean repository = subject.passed("spring-data");
    boolean save = "save".equals(subject.called()) && repository;
    String batch =
        (save ? "Call saveAll once, and set" : "Set") + " hibernate.jdbc.batch_size = 50";
    boolean inserts = operation.verb.equals("INSERT");
    if (inserts && subject.passed("hibernate-identity")) return identity(operation, save);
    if (operation.verb.equals("DELETE")) {
      return new Fix(
              "Delete them by one query with IN (:ids)"
                  + (repository ? ", or by deleteAllInBatch" : "")
                  + "; where that cannot be, set hibernate.jdbc.batch_size = 50"
                  + SqlWords.batched(operation))
          .more(SETTINGS)
          .way("Hibernate's settings", "hibernate.jdbc.batch_size=50")
          .way(SqlWords.URL, SqlWords.option(operation));
    }
    String order = inserts ? "hibernate.order_inserts" : "hibernate.order_updates";
    return new Fix(batch + " and " + order + " = true" + SqlWords.batched(operation))
        .more(SETTINGS)
        .way("Hibernate's settings", "hibernate.jdbc.batch_size=50\n" + order + "=true")
        .way(SqlWords.URL, SqlWords.option(operation));
  }

  /** With such ids Hibernate inserts each row by itself, whatever its settings are. */
  private static Fix identity(Operation operation, boolean save) {
    String table = operation.table == null ? "entity" : operation.table.toLowerCase(Locale.ROOT);
    String name = table.substring(table.lastIndexOf('.') + 1);
    boolean sequences = !operation.system.equals("mysql");
    return new Fix(
            "IDENTITY ids cannot be batched, as an id is known only once its row is there: make it"
                + (sequences ? " GenerationType.SEQUENCE" : " GenerationType.TABLE")
                + " with allocationSize = 50, then "
                + (save ? "call saveAll once, and " : "")
                + "set hibernate.jdbc.batch_size = 50 and hibernate.order_inserts = true"
                + SqlWords.batched(operation))
        .more(SETTINGS)
        .more(save ? "Each save has a transaction of its own, unless there is one around." : "")
        .more(sequences ? "The sequence increments by 50." : "Its row begins above the highest id.")
        .way(
            "the id, instead of IDENTITY",
            sequences ? sequence(name + "_seq") : numbers(name + "_ids"))
        .way("Hibernate's settings", "hibernate.jdbc.batch_size=50\nhibernate.order_inserts=true")
        .way(SqlWords.URL, SqlWords.option(operation));
  }

  private static String sequence(String name) {
    return "@GeneratedValue(strategy = GenerationType.SEQUENCE, generator = \""
        + name
        + "\")\n@SequenceGenerator(name = \""
        + name
        + "\", sequenceName = \""
        + name
        + "\", allocationSize = 50)";
  }

  /** MySQL has no sequences. */
  private static String numbers(String name) {
    return "@GeneratedValue(strategy = GenerationType.TABLE, generator = \""
        + name
        + "\")\n@TableGenerator(name = \""
        + name
        + "\", table = \""
        + name
        + "\", allocationSize = 50)";
  }
}
