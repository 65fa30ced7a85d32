package dev.atalaya.agent.library.springjdbc;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.detect.Fix;
import dev.atalaya.agent.detect.Operation;
import dev.atalaya.agent.detect.SqlWords;
import dev.atalaya.agent.detect.Subject;
import dev.atalaya.agent.detect.Suggester;
import org.jspecify.annotations.Nullable;

/** How to read, or write, many rows by one call of Spring's templates. */
@AutoService(Suggester.class)
public final class JdbcTemplateSuggester implements Suggester {
  @Override
  public Layer layer() {
    return Layer.CLIENT;
  }

  @Override
  public @Nullable Fix suggest(Subject subject) {
    if (!subject.passed("jdbc-template")) return null;
    if (subject.writesOneByOne()) return write(subject.operation);
    return subject.readsOneByOne() ? read(subject) : null;
  }

  private static Fix read(Subject subject) {
    return new Fix(
            "Read them in one statement: "
                + SqlWords.in(subject.operation).replace("(...)", "(:values)")
                + " by NamedParameterJdbcTemplate"
                + SqlWords.join(subject)
                + ".")
        .more(SqlWords.MANY)
        .way(subject.loop(), namedParameters(subject.operation));
  }

  private static @Nullable String namedParameters(Operation operation) {
    String sql = SqlWords.byMany(operation, "(:values)");
    if (sql == null) return null;
    return "new NamedParameterJdbcTemplate(jdbcTemplate)\n    .queryForList(\n        "
        + SqlWords.literal(sql)
        + ",\n        Map.of(\"values\", values))";
  }

  private static Fix write(Operation operation) {
    return new Fix(
            "Send the rows as a batch: JdbcTemplate.batchUpdate" + SqlWords.batched(operation))
        .more("Some 1,000 rows a batch are enough.")
        .way("instead of the loop", "jdbcTemplate.batchUpdate(sql, rows)")
        .way(SqlWords.URL, SqlWords.option(operation));
  }
}
