package dev.atalaya.agent.page;

import java.util.Collections;
import java.util.List;

/** So many of a long list on one page, from where the query says on. */
final class Paging {
  private final int rows;
  private final int from;
  private final Query query;

  Paging(int rows, Query query) {
    this.rows = rows;
    this.query = query;
    from = query.number("from", 0, 1_000_000);
  }

  <T> List<T> of(List<T> all) {
    if (from >= all.size()) return Collections.emptyList();
    return all.subList(from, Math.min(all.size(), from + rows));
  }

  /** To what comes before and behind; nothing where all fits on one page. */
  void links(String path, int size, Html html) {
    if (size <= rows) return;
    int last = Math.min(size, from + rows);
    html.raw("<p class=\"pages\">");
    html.text((from + 1) + " to " + last + " of " + Figures.count(size) + " ");
    if (from > 0) {
      html.link(path + query.with("from", from > rows ? "" + (from - rows) : ""), "Previous");
    }
    if (last < size) html.raw(" ").link(path + query.with("from", "" + (from + rows)), "Next");
    html.raw("</p>");
  }
}
