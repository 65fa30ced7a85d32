package shop.report;

import java.util.Map;
import java.util.stream.Collectors;

/** What the agent said of the naive edition, with its lines, and what is left of it. */
final class ProblemSection {
  private static final Map<String, String> KINDS =
      Map.of(
          "n_plus_one", "N+1 queries",
          "n_plus_one_write", "N+1 writes",
          "n_plus_one_cache", "N+1 cache reads",
          "n_plus_one_http", "N+1 calls",
          "duplicate_query", "duplicate query",
          "slow_query", "slow query",
          "slow_request", "slow request",
          "batch_too_small", "batches too small",
          "chatty", "chatty");

  private ProblemSection() {}

  static String of(Comparison comparison) {
    StringBuilder rows = new StringBuilder();
    for (ProblemChange change : comparison.problems()) {
      rows.append(row(change));
    }
    long before = comparison.problems().stream().filter(c -> c.naive() != null).count();
    long gone = comparison.problems().stream().filter(ProblemChange::gone).count();
    return "<section><h2>Problems</h2><p>"
        + Text.format(
            "What the agent found while the visitors were there: %d things to mend in the naive"
                + " edition, of which %d are gone in the tuned one.",
            before, gone)
        + "</p><div class='scroll'><table class='problems'><thead><tr><th>severity</th>"
        + "<th>problem</th><th class='number'>cost</th><th class='number'>seen</th><th>tuned</th></tr></thead><tbody>"
        + rows
        + "</tbody></table></div><p class='quiet'>The cost is what one request wastes, in 95 of 100"
        + " cases; of what is slow, how long it took. Seen since the start, the warm-up's too.</p>"
        + "</section>";
  }

  private static String row(ProblemChange change) {
    Problem problem = change.naive() == null ? change.tuned() : change.naive();
    return "<tr><td><span class='severity "
        + Text.html(problem.severity())
        + "'>"
        + Text.html(problem.severity())
        + "</span></td><td><strong>"
        + Text.html(KINDS.getOrDefault(problem.kind(), problem.kind()))
        + "</strong> at "
        + entryPoints(problem)
        + operation(problem)
        + line(problem)
        + "<div class='suggestion'>"
        + Text.html(problem.suggestion())
        + "</div></td><td class='number'>"
        + Text.millis(problem.costMillis())
        + "</td><td class='number'>"
        + Text.count(problem.occurrences())
        + "×</td><td>"
        + left(change)
        + "</td></tr>\n";
  }

  private static String entryPoints(Problem problem) {
    return problem.entryPoints().stream().map(Text::path).collect(Collectors.joining(", "));
  }

  /** With the caller where that is of another class: the line may be one that many share. */
  private static String line(Problem problem) {
    if (problem.line().isEmpty()) {
      return "";
    }
    String caller =
        problem.callers().stream()
            .filter(line -> !type(line).equals(type(problem.line())))
            .findFirst()
            .map(line -> " <span class='quiet'>called at</span> " + Text.code(line))
            .orElse("");
    return "<div>" + Text.code(problem.line()) + caller + "</div>";
  }

  private static String type(String line) {
    return line.replaceAll("[.$][^.(]*\\(.*", "");
  }

  private static String operation(Problem problem) {
    if (problem.operation().isEmpty()) {
      return "";
    }
    String more =
        problem.children().isEmpty() ? "" : ", with " + String.join(", ", problem.children());
    return "<div>" + Text.html(problem.operation() + " x" + problem.count() + more) + "</div>";
  }

  private static String left(ProblemChange change) {
    if (change.gone()) {
      return "<span class='met'>✓ gone</span>";
    }
    String what = change.naive() == null ? "new" : "still there";
    return (change.tuned().atLeastWarning() ? "<span class='missed'>✗ " : "<span>")
        + what
        + "</span><div class='quiet'>"
        + Text.millis(change.tuned().costMillis())
        + ", "
        + Text.count(change.tuned().occurrences())
        + "×</div>";
  }
}
