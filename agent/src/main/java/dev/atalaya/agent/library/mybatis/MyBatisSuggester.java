package dev.atalaya.agent.library.mybatis;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.detect.Fix;
import dev.atalaya.agent.detect.Operation;
import dev.atalaya.agent.detect.SqlWords;
import dev.atalaya.agent.detect.Subject;
import dev.atalaya.agent.detect.Suggester;
import org.jspecify.annotations.Nullable;

/** How to have a mapper select, or write, many rows at once. */
@AutoService(Suggester.class)
public final class MyBatisSuggester implements Suggester {
  private static final String FOREACH =
      "<foreach item='value' collection='values' open='(' separator=',' close=')'>#{value}"
          + "</foreach>";

  @Override
  public Layer layer() {
    return Layer.MAPPER;
  }

  @Override
  public @Nullable Fix suggest(Subject subject) {
    if (!subject.passed("mybatis")) return null;
    if (subject.writesOneByOne()) return write(subject.operation);
    if (!subject.readsOneByOne()) return null;
    String join = SqlWords.join(subject);
    return subject.passed("mybatis-nested") ? nested(join) : select(subject.operation, join);
  }

  private static Fix nested(String join) {
    return new Fix(
            "Of the nested select make a nested result map"
                + (join.isEmpty() ? ", with a join" : join.replace(", or a join", ", with a join"))
                + ".")
        .more("Its select reads the joined columns under names with the prefix: row_name for name.")
        .way("@One or @Many, instead of select", "resultMap = \"row\", columnPrefix = \"row_\"")
        .way(
            "<association> or <collection>, instead of select and column",
            "resultMap=\"row\" columnPrefix=\"row_\"");
  }

  private static Fix select(Operation operation, String join) {
    String in = SqlWords.in(operation);
    Fix fix =
        new Fix("Make one select of the loop, with foreach in " + in + join + ".")
            .more(SqlWords.MANY);
    String sql = SqlWords.byMany(operation, FOREACH);
    if (sql == null || sql.replace("<foreach ", "").replace("</foreach>", "").contains("<")) {
      return fix;
    }
    String code = "@Select(" + SqlWords.literal("<script>" + sql + "</script>") + ")";
    return fix.way("the mapper's method, which takes @Param(\"values\") Collection values", code)
        .way("the mapper's XML", sql);
  }

  private static Fix write(Operation operation) {
    return new Fix(
            "Send the rows as a batch: ExecutorType.BATCH, or foreach"
                + SqlWords.batched(operation))
        .more("What it wrote is there after flushStatements or commit.")
        .way("around the loop", "sqlSessionFactory.openSession(ExecutorType.BATCH)")
        .way(SqlWords.URL, SqlWords.option(operation));
  }
}
