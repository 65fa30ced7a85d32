package dev.atalaya.agent.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are sorted by a click on a column's head and searched for a text, a page at a time. The
 * order that they come in is that of the first column that sorts downwards.
 */
final class Table {
  private static final int ROWS = 50;

  private final String path;
  private final Query query;
  private final List<Column> columns = new ArrayList<>();

  /** {@code path} of the page that it is on. */
  Table(String path, Query query) {
    this.path = path;
    this.query = query;
  }

  /** A time of ISO 8601, sorted from the latest to the earliest. */
  Table time(String name, String title, Function<Value, String> time) {
    Comparator<Value> order = Comparator.comparing(time);
    BiConsumer<Value, Html> cell = (row, html) -> Figures.ago(time.apply(row), html);
    columns.add(new Column(name, title, true, order.reversed(), cell));
    return this;
  }

  /** A column that does not sort. */
  Table column(String title, BiConsumer<Value, Html> cell) {
    columns.add(new Column("", title, false, null, cell));
    return this;
  }

  /** Sorted from A to Z by what {@code key} says. */
  Table text(String name, String title, Function<Value, String> key, BiConsumer<Value, Html> cell) {
    Comparator<Value> order = Comparator.comparing(row -> key.apply(row).toLowerCase(Locale.ROOT));
    columns.add(new Column(name, title, false, order, cell));
    return this;
  }

  /** Sorted from the greatest to the least; a number below 0 is not known. */
  Table number(
      String name, String title, ToDoubleFunction<Value> key, DoubleFunction<String> shown) {
    BiConsumer<Value, Html> cell =
        (row, html) -> {
          double number = key.applyAsDouble(row);
          html.text(number < 0 ? "" : shown.apply(number));
        };
    columns.add(new Column(name, title, true, Comparator.comparingDouble(key).reversed(), cell));
    return this;
  }

  /** The form with which rows are searched and sorted; {@code more} are further choices. */
  void form(Html html, Choice... more) {
    html.raw("<form class=\"filter\" method=\"get\" action=\"").text(path).raw("\">");
    for (Choice one : more) one.show(html);
    Choice sort = new Choice("sort", "Sort by", query);
    for (Column one : columns) if (one.order != null) sort.option(value(one), one.title);
    sort.show(html);
    html.raw("<label>Search <input type=\"search\" name=\"q\" value=\"");
    html.text(query.text("q")).raw("\"></label><button>Show</button></form>");
  }

  /** The rows in whose {@code searched} text the words asked for stand. */
  List<Value> fitting(List<Value> rows, Function<Value, String> searched) {
    String words = query.text("q").toLowerCase(Locale.ROOT);
    List<Value> fitting = new ArrayList<>();
    for (Value row : rows) {
      if (words.isEmpty() || searched.apply(row).toLowerCase(Locale.ROOT).contains(words)) {
        fitting.add(row);
      }
    }
    return fitting;
  }

  void show(List<Value> rows, Html html) {
    if (rows.isEmpty()) {
      html.element("p class=\"note\"", "None fits.");
      return;
    }
    Column sorted = sorted();
    if (sorted != null && sorted != first() && sorted.order != null) rows.sort(sorted.order);
    html.raw("<table class=\"rows figured\"><thead><tr>");
    for (Column one : columns) head(one, one == sorted, html);
    html.raw("</tr></thead><tbody>");
    Paging paging = new Paging(ROWS, query);
    for (Value row : paging.of(rows)) {
      html.raw("<tr>");
      for (Column one : columns) {
        html.raw(one.number ? "<td class=\"n\"" : "<td");
        if (one != columns.get(0)) html.raw(" data-label=\"").text(one.title).raw("\"");
        html.raw(">");
        one.cell.accept(row, html);
        html.raw("</td>");
      }
      html.raw("</tr>");
    }
    html.raw("</tbody></table>");
    paging.links(path, rows.size(), html);
  }

  private void head(Column one, boolean sorts, Html html) {
    html.raw(one.number ? "<th class=\"n\"" : "<th");
    if (sorts) html.raw(one.number ? " aria-sort=\"descending\"" : " aria-sort=\"ascending\"");
    html.raw(">");
    if (one.order == null) html.text(one.title);
    else html.link(path + query.with("sort", value(one), "from", ""), one.title);
  }

  /** The order that rows come in needs no parameter. */
  private String value(Column one) {
    return one == first() ? "" : one.name;
  }

  private @Nullable Column sorted() {
    for (Column one : columns) {
      if (one.order != null && one.name.equals(query.text("sort"))) return one;
    }
    return first();
  }

  private @Nullable Column first() {
    for (Column one : columns) if (one.order != null && one.number) return one;
    return null;
  }

  private static final class Column {
    final String name;
    final String title;
    final boolean number;
    final @Nullable Comparator<Value> order;
    final BiConsumer<Value, Html> cell;

    Column(
        String name,
        String title,
        boolean number,
        @Nullable Comparator<Value> order,
        BiConsumer<Value, Html> cell) {
      this.name = name;
      this.title = title;
      this.number = number;
      this.order = order;
      this.cell = cell;
    }
  }
}
