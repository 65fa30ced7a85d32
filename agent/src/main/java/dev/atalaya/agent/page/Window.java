package dev.atalaya.agent.page;

import java.util.List;

/** Whether figures are those since the start or those of the last minute, as the query says. */
final class Window {
  private final boolean minute;
  private final Query query;

  Window(Query query) {
    this.query = query;
    minute = query.text("over").equals("minute");
  }

  Choice choice() {
    return new Choice("over", "Over", query)
        .option("", "since the start")
        .option("minute", "the last minute");
  }

  Value of(Value row) {
    return minute ? row.at("last_minute") : row;
  }

  /** Without those that nothing came to in that time. */
  List<Value> called(List<Value> rows, String count) {
    rows.removeIf(row -> of(row).number(count) == 0);
    return rows;
  }

  /** Says from when on figures are counted, where that may be less than is expected. */
  void note(List<Value> rows, Html html) {
    if (rows.isEmpty()) return;
    double seconds = rows.get(0).at("last_minute").number("seconds");
    if (minute && seconds < 55) {
      String since = "The last minute is counted since this page was opened, ";
      html.element("p", since + Math.round(seconds) + " s ago.");
    } else if (!minute) {
      html.raw("<p>Since the start, ");
      Figures.ago(rows.get(0).text("since"), html);
      html.raw("</p>");
    }
  }

  /** What all of them took together, in ms. */
  double total(List<Value> rows) {
    double total = 0;
    for (Value row : rows) total += of(row).number("total_ms");
    return total;
  }
}
