package dev.atalaya.agent.detect;

import dev.atalaya.agent.callsite.CallSite;
import dev.atalaya.agent.callsite.CallSite.Library;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How to read in one statement what was read in many. */
final class ReadSuggestion {
  /** A derived query on one property: its name with In behind takes a collection. */
  private static final Pattern BY_ONE =
      Pattern.compile(
          "(find|read|get|query|search|stream)(All|Distinct)?By"
              + "(?!.*(And|Or)[A-Z])(?!.*OrderBy[A-Z])"
              + "(?!.*(In|Like|Not|Null|True|False|Than|Equal|Between|Before|After|With|Containing"
              + "|Contains|IgnoreCase|Exists|Empty)$)[A-Z]\\w*");

  private static final String MANY =
      "An empty list needs no query; of some thousand values make several.";

  private ReadSuggestion() {}

  static Fix of(
      Operation operation, @Nullable Operation cause, @Nullable CallSite site, int count) {
    String column = Columns.equal(operation.text);
    if (Suggestion.passed(site, Library.GRAPHQL)) return field(column, site);
    String join = join(cause);
    if (Suggestion.passed(site, Library.SPRING_DATA)) return springData(column, join, site, count);
    if (Suggestion.passed(site, Library.HIBERNATE)) {
      return new Fix(
              "Read them in one query, with IN (:values)"
                  + (column == null ? "" : " on " + column)
                  + (isById(site) ? ", or by byMultipleIds of Hibernate's session" : join)
                  + ".")
          .way(
              loop(site),
              isById(site)
                  ? "entityManager.unwrap(Session.class).byMultipleIds(type).multiLoad(ids)"
                  : null);
    }
    if (Suggestion.passed(site, Library.MYBATIS_NESTED)) {
      return new Fix(
              "Of the nested select make a nested result map"
                  + (join.isEmpty()
                      ? ", with a join"
                      : join.replace(", or a join", ", with a join"))
                  + ".")
          .more(
              "Its select reads the joined columns under names with the prefix: row_name for name.")
          .way("@One or @Many, instead of select", "resultMap = \"row\", columnPrefix = \"row_\"")
          .way(
              "<association> or <collection>, instead of select and column",
              "resultMap=\"row\" columnPrefix=\"row_\"");
    }
    if (Suggestion.passed(site, Library.MYBATIS)) return myBatis(operation, column, join);
    if (Suggestion.passed(site, Library.JOOQ)) return jooq(operation, column);
    if (Suggestion.passed(site, Library.JDBC_TEMPLATE)) {
      return new Fix(
              "Read them in one statement: "
                  + in(column).replace("(...)", "(:values)")
                  + " by NamedParameterJdbcTemplate"
                  + join
                  + ".")
          .more(MANY)
          .way(loop(site), namedParameters(operation));
    }
    boolean arrays = operation.system.equals("postgresql");
    return new Fix(
            "Read them in one statement: "
                + (arrays ? in(column).replace("IN (...)", "= ANY(?)") : in(column))
                + join
                + ".")
        .more(arrays ? "The parameter is connection.createArrayOf(type, values)." : MANY)
        .way(loop(site), prepared(operation, arrays));
  }

  /** The application's code above the call, which a caller of it may repeat. */
  static String loop(@Nullable CallSite site) {
    return site == null ? "the loop" : method(site) + ", or the loop that calls it";
  }

  /** {@code OrderService.list}. */
  private static String method(CallSite site) {
    StackTraceElement top = site.top();
    String type = top.getClassName();
    String simple = type.substring(Math.max(type.lastIndexOf('.'), type.lastIndexOf('$')) + 1);
    return simple + "." + top.getMethodName();
  }

  /** A field knows only its own parent; what gathers the parents of a level is a loader. */
  private static Fix field(@Nullable String column, @Nullable CallSite site) {
    if (site != null && site.passed(Library.SPRING_GRAPHQL)) {
      return new Fix(
              "Resolve the field by @BatchMapping: it is given the parents of one level, to read all"
                  + " by one statement with "
                  + in(column)
                  + ".")
          .more("A join would be read for those too that did not ask for the field.")
          .more(
              "The method takes a List of parents and returns a Map of them to what belongs to"
                  + " each, or a List in their order.")
          .way(loop(site), "@BatchMapping");
    }
    return new Fix(
            "Resolve the field by a DataLoader: it collects the keys of one level and reads them by"
                + " one statement with "
                + in(column)
                + ".")
        .more("A join would be read for those too that did not ask for the field.")
        .more("Register the loader in the DataLoaderRegistry of each ExecutionInput.")
        .way(
            "the field's DataFetcher" + (site == null ? "" : ", which is or calls " + method(site)),
            "environment.getDataLoader(\"loader\").load(key)")
        .way(
            "the DataLoaderRegistry of the request",
            "DataLoaderFactory.newMappedDataLoader(\n"
                + "    keys -> CompletableFuture.completedFuture(readAll(keys)))");
  }

  private static Fix myBatis(Operation operation, @Nullable String column, String join) {
    String sql =
        InList.of(
            operation,
            "<foreach item='value' collection='values' open='(' separator=',' close=')'>#{value}"
                + "</foreach>");
    Fix fix =
        new Fix("Make one select of the loop, with foreach in " + in(column) + join + ".")
            .more(MANY);
    if (sql == null || sql.replace("<foreach ", "").replace("</foreach>", "").contains("<")) {
      return fix;
    }
    String code =
        "@Select(\"<script>" + sql.replace("\\", "\\\\").replace("\"", "\\\"") + "</script>\")";
    return fix.way("the mapper's method, which takes @Param(\"values\") Collection values", code)
        .way("the mapper's XML", sql);
  }

  private static Fix jooq(Operation operation, @Nullable String column) {
    String table = operation.table;
    String code =
        column == null || table == null ? null : upper(table) + "." + upper(column) + ".in(values)";
    return new Fix(
            "Fetch them in one query: in(values)"
                + (column == null ? "" : " on " + column)
                + ", or nested by multiset(...).")
        .more("fetchGroups(" + (column == null ? "key" : upper(column)) + ") tells them apart.")
        .way("the query's condition", code);
  }

  private static String upper(String name) {
    return name.toUpperCase(Locale.ROOT);
  }

  private static @Nullable String namedParameters(Operation operation) {
    String sql = InList.of(operation, "(:values)");
    if (sql == null) return null;
    return "new NamedParameterJdbcTemplate(jdbcTemplate)\n    .queryForList(\n        "
        + literal(sql)
        + ",\n        Map.of(\"values\", values))";
  }

  private static @Nullable String prepared(Operation operation, boolean arrays) {
    if (arrays) {
      String sql = InList.of(operation, "= ANY(?)");
      return sql == null ? null : literal(sql.replace(" IN = ANY(?)", " = ANY(?)"));
    }
    String sql = InList.of(operation, "(\u0000)");
    if (sql == null) return null;
    return literal(sql)
        .replace(
            "\u0000",
            "\"\n    + String.join(\", \", Collections.nCopies(values.size(), \"?\"))\n    + \"");
  }

  private static String literal(String sql) {
    return '"' + sql.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static Fix springData(
      @Nullable String column, String join, @Nullable CallSite site, int count) {
    String method = Suggestion.method(site);
    if (method == null) {
      return new Fix("Read them by one query method with In and a Collection" + join + ".");
    }
    String instead = " instead of " + method + (count > 1 ? " " + count + " times" : "") + ".";
    switch (method) {
      case "findById":
      case "getById":
      case "getOne":
      case "getReferenceById":
      case "existsById":
        return new Fix("Collect the ids and call findAllById(ids) once" + instead)
            .more(
                "Its result is in no order, has each entity once, and lacks those that are not"
                    + " there: look them up in a Map by id.")
            .way(
                loop(site),
                "repository.findAllById(ids).stream()\n"
                    + "    .collect(Collectors.toMap(each -> each.getId(), each -> each))");
      case "findAll":
      case "findAllById":
        return new Fix(
            method
                + " reads one row's children after the other: write the query with a join, or read"
                + " the children by one statement with "
                + in(column)
                + ".");
      default:
        boolean derived = BY_ONE.matcher(method).matches();
        String such = derived ? " such as " + method + "In(Collection)" : "";
        return new Fix(
                "Call one query method with In and a Collection" + such + join + "," + instead)
            .more("Tell its results apart by the property, as they come in no order.")
            .way("the repository", derived ? method + "In(Collection" : null);
    }
  }

  /** EntityManager's and Session's. */
  private static boolean isById(@Nullable CallSite site) {
    String method = Suggestion.method(site);
    return method != null && (method.equals("find") || method.equals("get"));
  }

  private static String in(@Nullable String column) {
    return column == null ? "IN (...)" : "WHERE " + column + " IN (...)";
  }

  private static String join(@Nullable Operation cause) {
    if (cause == null || !cause.isSql()) return "";
    return cause.table == null ? ", or a join" : ", or a join with " + cause.table;
  }
}
