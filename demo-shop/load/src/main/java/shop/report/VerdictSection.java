package shop.report;

import shop.report.EndpointChange.Outcome;

/** The targets, and whether each was met on this machine. */
final class VerdictSection {
  private VerdictSection() {}

  static String of(Comparison comparison) {
    StringBuilder rows = new StringBuilder();
    for (Verdict verdict : comparison.verdicts()) {
      rows.append("<tr><th scope='row'>")
          .append(Text.html(verdict.target()))
          .append("</th><td>")
          .append(Text.html(verdict.required()))
          .append("</td>")
          .append(cell(verdict.naive(), verdict.naiveMet()))
          .append(cell(verdict.tuned(), verdict.tunedMet()))
          .append("</tr>\n");
    }
    return "<section><h2>Targets</h2>"
        + "<p>"
        + halves(comparison)
        + "</p><div class='scroll'><table class='verdicts'><thead><tr><th>target</th>"
        + "<th>required</th><th>naive</th><th>tuned</th></tr></thead><tbody>"
        + rows
        + "</tbody></table></div></section>";
  }

  private static String halves(Comparison comparison) {
    return Text.format(
        "Of %d endpoints, %d answer in half the time or less, %d were quick already, %d are not"
            + " halved (on average).",
        comparison.endpoints().size(),
        comparison.count(Outcome.HALVED),
        comparison.count(Outcome.QUICK_ALREADY),
        comparison.count(Outcome.NOT_HALVED));
  }

  private static String cell(String figure, Boolean met) {
    if (met == null) {
      return "<td class='quiet'>" + Text.html(figure) + "</td>";
    }
    return "<td>"
        + Text.html(figure)
        + (met ? " <span class='met'>✓ met</span>" : " <span class='missed'>✗ not met</span>")
        + "</td>";
  }
}
