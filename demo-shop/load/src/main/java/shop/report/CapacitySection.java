package shop.report;

import shop.load.Throughput;

/** How much each edition does at most, beside what it should do. */
final class CapacitySection {
  private CapacitySection() {}

  static String of(Comparison comparison) {
    StringBuilder rows = new StringBuilder();
    for (Throughput kind : Throughput.values()) {
      CapacityFigures naive = comparison.naive().capacity().get(kind.ordinal());
      CapacityFigures tuned = comparison.tuned().capacity().get(kind.ordinal());
      double most = 1.1 * Math.max(kind.target(), Math.max(naive.perSecond(), tuned.perSecond()));
      rows.append("<tr class='first'><th scope='row' rowspan='2'>")
          .append(kind.title())
          .append("<br><span class='quiet'>")
          .append(Text.count(kind.target()))
          .append("/s and more, asked by ")
          .append(kind.users())
          .append("</span></th>")
          .append(cells(Edition.NAIVE, naive, most))
          .append("</tr>\n<tr>")
          .append(cells(Edition.TUNED, tuned, most))
          .append("</tr>\n");
    }
    return "<section><h2>How much at most</h2><p>Right answers a second where some users ask as fast"
        + " as they are answered, one kind of work after the other. The line is what there should"
        + " be.</p><div class='scroll'><table class='pairs'><thead><tr><th>work</th><th></th>"
        + "<th class='number'>answers</th><th></th><th class='number'>p95</th>"
        + "<th class='number'>errors</th><th></th></tr></thead><tbody>"
        + rows
        + "</tbody></table></div></section>";
  }

  private static String cells(Edition edition, CapacityFigures figures, double most) {
    return "<td class='edition "
        + edition.title()
        + "'>"
        + edition.title()
        + "</td><td class='number'><strong>"
        + Text.count(figures.perSecond())
        + "/s</strong></td><td>"
        + bar(edition, figures, most)
        + "</td><td class='number'>"
        + Text.millis(figures.times().p95())
        + "</td><td class='number'>"
        + figures.errors()
        + "</td><td>"
        + (figures.met()
            ? "<span class='met'>✓ met</span>"
            : "<span class='missed'>✗ not met</span>")
        + "</td>";
  }

  private static String bar(Edition edition, CapacityFigures figures, double most) {
    return Text.format(
        "<svg class='bar' aria-hidden='true'><rect class='fill %s' y='4' height='10' width='%.2f%%'/>"
            + "<line class='goal' x1='%.2f%%' x2='%3$.2f%%' y1='0' y2='18'/></svg>",
        edition.title(), 100 * figures.perSecond() / most, 100 * figures.kind().target() / most);
  }
}
