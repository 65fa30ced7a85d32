package shop.report;

import java.util.Map;

/** What the agent said of the naive edition, with its lines, and what is left of it. */
final class FindingSection {
  private static final Map<String, String> KINDS =
      Map.of(
          "n_plus_one", "N+1 queries",
          "n_plus_one_write", "N+1 writes",
          "n_plus_one_cache", "N+1 cache reads",
          "n_plus_one_http", "N+1 HTTP requests",
          "duplicate_query", "duplicate query",
          "slow_query", "slow query",
          "slow_request", "slow request",
          "batch_too_small", "batches too small",
          "chatty", "chatty");

  private FindingSection() {}

  static String of(Comparison comparison) {
    StringBuilder rows = new StringBuilder();
    for (FindingChange change : comparison.findings()) {
      rows.append(row(change));
    }
    long before = comparison.findings().stream().filter(c -> c.naive() != null).count();
    long gone = comparison.findings().stream().filter(FindingChange::gone).count();
    return "<section><h2>Findings</h2><p>"
        + Text.format(
            "What the agent found while the visitors were there: %d findings in the naive edition,"
                + " of which %d are gone in the tuned one.",
            before, gone)
        + "</p><div class='scroll'><table class='findings'><thead><tr><th>severity</th>"
        + "<th>finding</th><th class='number'>cost</th><th class='number'>seen</th><th>tuned</th></tr></thead><tbody>"
        + rows
        + "</tbody></table></div><p class='quiet'>The cost is what one request wastes, in 95 of 100"
        + " cases; of what is slow, how long it took. Seen since the start, the warm-up's too.</p>"
        + "</section>";
  }

  private static String row(FindingChange change) {
    Finding finding = change.naive() == null ? change.tuned() : change.naive();
    return "<tr><td><span class='severity "
        + Text.html(finding.severity())
        + "'>"
        + Text.html(finding.severity())
        + "</span></td><td><strong>"
        + Text.html(KINDS.getOrDefault(finding.kind(), finding.kind()))
        + "</strong> at "
        + Text.path(finding.entryPoint())
        + operation(finding)
        + line(finding)
        + "<div class='suggestion'>"
        + Text.html(finding.suggestion())
        + "</div></td><td class='number'>"
        + Text.millis(finding.costMillis())
        + "</td><td class='number'>"
        + Text.count(finding.occurrences())
        + "×</td><td>"
        + left(change)
        + "</td></tr>\n";
  }

  /** With the caller where that is of another class: the line may be one that many share. */
  private static String line(Finding finding) {
    if (finding.line().isEmpty()) {
      return "";
    }
    String caller =
        finding.callers().stream()
            .filter(line -> !type(line).equals(type(finding.line())))
            .findFirst()
            .map(line -> " <span class='quiet'>called at</span> " + Text.code(line))
            .orElse("");
    return "<div>" + Text.code(finding.line()) + caller + "</div>";
  }

  private static String type(String line) {
    return line.replaceAll("[.$][^.(]*\\(.*", "");
  }

  private static String operation(Finding finding) {
    if (finding.operation().isEmpty()) {
      return "";
    }
    String more =
        finding.children().isEmpty() ? "" : ", with " + String.join(", ", finding.children());
    return "<div>" + Text.html(finding.operation() + " x" + finding.count() + more) + "</div>";
  }

  private static String left(FindingChange change) {
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
