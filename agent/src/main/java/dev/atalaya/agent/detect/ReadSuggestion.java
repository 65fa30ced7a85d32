package dev.atalaya.agent.detect;

import dev.atalaya.agent.trace.CallSite;
import dev.atalaya.agent.trace.CallSite.Library;
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

  private ReadSuggestion() {}

  static String of(
      Operation operation, @Nullable Operation cause, @Nullable CallSite site, int count) {
    if (Suggestion.passed(site, Library.HIBERNATE_EAGER)) return eager(site);
    if (Suggestion.passed(site, Library.HIBERNATE_LAZY)) return lazy(cause, site);
    String column = Columns.equal(operation.text);
    String join = join(cause);
    if (Suggestion.passed(site, Library.SPRING_DATA)) return springData(column, join, site, count);
    if (Suggestion.passed(site, Library.HIBERNATE)) {
      return "Read them in one query, with IN (:values)"
          + (column == null ? "" : " on " + column)
          + (isById(site) ? ", or by byMultipleIds of Hibernate's session" : join)
          + ".";
    }
    if (Suggestion.passed(site, Library.MYBATIS)) {
      return "Of a nested select make a nested result map"
          + (join.isEmpty() ? " with a join" : join.replace(", or a join", " and a join"))
          + "; of a loop one select, with foreach in "
          + in(column)
          + ".";
    }
    if (Suggestion.passed(site, Library.JOOQ)) {
      return "Fetch them in one query: in(...)"
          + (column == null ? "" : " on " + column)
          + ", or nested by multiset(...).";
    }
    if (Suggestion.passed(site, Library.JDBC_TEMPLATE)) {
      return "Read them in one statement: "
          + in(column).replace("(...)", "(:values)")
          + " by NamedParameterJdbcTemplate"
          + join
          + ".";
    }
    boolean arrays = operation.system.equals("postgresql");
    return "Read them in one statement: "
        + (arrays ? in(column).replace("IN (...)", "= ANY(?)") : in(column))
        + join
        + ".";
  }

  private static String eager(@Nullable CallSite site) {
    String loading = site == null ? null : site.loading;
    Association association = loading == null ? null : Association.of(loading);
    if (association == null || association.isEntity()) {
      return "An EAGER association is read by a select of its own each time: fetch it in the query"
          + " by JOIN FETCH or @EntityGraph, or make it LAZY.";
    }
    return association
        + " is EAGER and read by a select of its own each time: fetch it in the query by "
        + association.fetch()
        + ", or make it LAZY.";
  }

  private static String lazy(@Nullable Operation cause, @Nullable CallSite site) {
    String loading = site == null ? null : site.loading;
    if (loading == null) {
      return "Fetch the association with its owner: JOIN FETCH or @EntityGraph; for paged results"
          + " @BatchSize(size = 100).";
    }
    Association association = Association.of(loading);
    if (association.isEntity()) {
      String query = cause == null || cause.table == null ? "refers to it" : "reads " + cause.table;
      return "Fetch "
          + association.owner
          + " in the query that "
          + query
          + ": JOIN FETCH the association, or name it in @EntityGraph; else @BatchSize(size = 100)"
          + " on "
          + association.owner
          + ".";
    }
    return "Fetch "
        + association
        + " with its owner: "
        + association.fetch()
        + "; for paged results @BatchSize(size = 100).";
  }

  private static String springData(
      @Nullable String column, String join, @Nullable CallSite site, int count) {
    String method = Suggestion.method(site);
    if (method == null)
      return "Read them by one query method with In and a Collection" + join + ".";
    String instead = " instead of " + method + (count > 1 ? " " + count + " times" : "") + ".";
    switch (method) {
      case "findById":
      case "getById":
      case "getOne":
      case "getReferenceById":
      case "existsById":
        return "Collect the ids and call findAllById(ids) once" + instead;
      case "findAll":
      case "findAllById":
        return method
            + " reads one row's children after the other: write the query with a join, or read the"
            + " children by one statement with "
            + in(column)
            + ".";
      default:
        String such =
            BY_ONE.matcher(method).matches() ? " such as " + method + "In(Collection)" : "";
        return "Call one query method with In and a Collection" + such + join + "," + instead;
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
