package shop.report;

/** What the caches answered, and what they saved. */
final class CacheSection {
  private CacheSection() {}

  static String of(Comparison comparison) {
    return "<section><h2>Caches</h2>"
        + "<p>"
        + Text.format(
            "%s of the naive edition's requests sent no statement at all, and %s of the tuned"
                + " one's; %s and %s of the answers were a 304, without a body.",
            Text.percent(comparison.naive().withoutStatement()),
            Text.percent(comparison.tuned().withoutStatement()),
            Text.percent(comparison.naive().notModified()),
            Text.percent(comparison.tuned().notModified()))
        + "</p><div class='scroll'><table><thead><tr><th>edition</th><th>tier</th><th>of</th>"
        + "<th class='number'>reads</th><th class='number'>hits</th><th class='number'>hit rate"
        + "</th></tr></thead><tbody>"
        + rows(Edition.NAIVE, comparison.naive())
        + rows(Edition.TUNED, comparison.tuned())
        + "</tbody></table></div></section>";
  }

  private static String rows(Edition edition, EditionFigures figures) {
    StringBuilder rows = new StringBuilder();
    for (CacheFigures cache : figures.caches()) {
      rows.append("<tr><td class='edition ")
          .append(edition.title())
          .append("'>")
          .append(edition.title())
          .append("</td><td>")
          .append(Text.html(cache.system()))
          .append("</td><td>")
          .append(Text.html(cache.name().isEmpty() ? "the process" : cache.name()))
          .append("</td><td class='number'>")
          .append(Text.count(cache.hits() + cache.misses()))
          .append("</td><td class='number'>")
          .append(Text.count(cache.hits()))
          .append("</td><td class='number'><strong>")
          .append(Text.percent(cache.hitRate()))
          .append("</strong></td></tr>\n");
    }
    return rows.toString();
  }
}
