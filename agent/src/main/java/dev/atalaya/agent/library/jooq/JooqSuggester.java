package dev.atalaya.agent.library.jooq;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.detect.Fix;
import dev.atalaya.agent.detect.Operation;
import dev.atalaya.agent.detect.SqlWords;
import dev.atalaya.agent.detect.Subject;
import dev.atalaya.agent.detect.Suggester;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How to fetch, or write, many rows by one query of jOOQ's. */
@AutoService(Suggester.class)
public final class JooqSuggester implements Suggester {
  @Override
  public Layer layer() {
    return Layer.MAPPER;
  }

  @Override
  public @Nullable Fix suggest(Subject subject) {
    if (!subject.passed("jooq")) return null;
    if (subject.writesOneByOne()) return write(subject.operation);
    return subject.readsOneByOne() ? read(subject.operation) : null;
  }

  private static Fix read(Operation operation) {
    String table = operation.table;
    String column = SqlWords.column(operation);
    String code =
        column == null || table == null ? null : upper(table) + "." + upper(column) + ".in(values)";
    return new Fix(
            "Fetch them in one query: in(values)"
                + (column == null ? "" : " on " + column)
                + ", or nested by multiset(...).")
        .more("fetchGroups(" + (column == null ? "key" : upper(column)) + ") tells them apart.")
        .way("the query's condition", code);
  }

  private static Fix write(Operation operation) {
    return new Fix("Send the rows as a batch: DSLContext.batch" + SqlWords.batched(operation))
        .way("instead of execute() in the loop", "dsl.batch(queries).execute()")
        .way(SqlWords.URL, SqlWords.option(operation));
  }

  private static String upper(String name) {
    return name.toUpperCase(Locale.ROOT);
  }
}
