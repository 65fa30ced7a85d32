package dev.atalaya.agent.page;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What failed, by type and place; one has a page with its stack, entry points and traces. */
final class ErrorsView implements View {
  private final Source errors;

  ErrorsView(Source errors) {
    this.errors = errors;
  }

  @Override
  public @Nullable String show(Query query, Html html) {
    if (!query.id().isEmpty()) return one(query, html);
    html.raw("<h1>Errors</h1>");
    List<Value> all = new Value(errors.get(Query.ALL)).all();
    if (all.isEmpty()) {
      html.element("p class=\"note\"", "None so far.");
      return "Errors";
    }
    Table table =
        new Table("/errors", query)
            .text("type", "Error", row -> simple(row.text("type")), ErrorsView::name)
            .column("Last 10 min", (row, cell) -> cell.trend(row.all("trend")))
            .time("last", "Last", row -> row.text("last_seen"))
            .number("count", "Seen", row -> row.number("count"), Figures::count)
            .column("Where", ErrorsView::places)
            .text("line", "Line", row -> Problem.line(row.at("call_site")), ErrorsView::line);
    table.form(html);
    table.show(table.fitting(all, ErrorsView::searched), html);
    return "Errors";
  }

  private static String searched(Value row) {
    StringBuilder text = new StringBuilder(row.text("type"));
    text.append('\n').append(row.text("what")).append('\n').append(row.text("cause"));
    text.append('\n').append(Problem.frame(row.at("call_site")));
    for (Value one : row.all("entry_points")) text.append('\n').append(one.text("entry_point"));
    return text.toString();
  }

  private static void name(Value row, Html html) {
    html.link("/errors/" + row.text("error"), simple(row.text("type")));
    String cause = row.text("cause");
    if (!cause.isEmpty()) html.element("small", "caused by " + simple(cause));
    if (!row.text("what").equals(place(row))) html.element("small", row.text("what"));
  }

  /** {@code IllegalStateException}, {@code status 503}. */
  private static String simple(String type) {
    if (type.matches("\\d+")) return "status " + type;
    return type.substring(type.lastIndexOf('.') + 1);
  }

  private static String place(Value row) {
    List<Value> places = row.all("entry_points");
    return places.isEmpty() ? "" : places.get(0).text("entry_point");
  }

  private static void places(Value row, Html html) {
    html.text(place(row));
    int others = row.all("entry_points").size() - 1;
    if (others > 0) html.element("small", "and " + others + " more");
  }

  private static void line(Value row, Html html) {
    html.element("code", Problem.line(row.at("call_site")));
  }

  // ---- One of them -----------------------------------------------------------------------------

  private @Nullable String one(Query query, Html html) {
    Value row = new Value(errors.get(query));
    if (row.isAbsent()) return null;
    String name = simple(row.text("type"));
    html.raw("<p class=\"path\">").link("/errors", "Errors").raw("</p><h1>").text(name);
    html.raw("</h1>").element("p", row.text("type"));
    String cause = row.text("cause");
    if (!cause.isEmpty()) html.element("p", "Caused by " + cause);
    html.raw("<dl class=\"figures\"><div><dt>seen</dt><dd>");
    html.text(Figures.count(row.number("count")) + "\u00d7");
    html.raw("</dd></div><div><dt>last 10 min</dt><dd>").trend(row.all("trend"));
    html.raw("</dd></div><div><dt>first seen</dt><dd>");
    Figures.ago(row.text("first_seen"), html);
    html.raw("</dd></div><div><dt>last seen</dt><dd>");
    Figures.ago(row.text("last_seen"), html);
    html.raw("</dd></div></dl>");
    if (!row.at("call_site").isAbsent()) {
      html.raw("<h2>Line</h2>");
      ProblemView.stack(row.at("call_site"), html);
    }
    html.raw("<h2>Where</h2>");
    if (!row.text("what").equals(place(row))) {
      html.raw("<p>In ").element("code", row.text("what")).raw("</p>");
    }
    html.raw("<table class=\"rows\"><thead><tr><th>Entry point<th class=\"n\">Seen</tr></thead>");
    html.raw("<tbody>");
    for (Value one : row.all("entry_points")) {
      html.raw("<tr>").cell(one.text("entry_point"));
      html.number("Seen", Figures.count(one.number("count"))).raw("</tr>");
    }
    html.raw("</tbody></table><h2>Traces</h2><p>The latest first:");
    for (Value id : row.all("trace_ids")) {
      html.raw(" <code>").link("/traces/" + id.text(), id.text().substring(0, 8)).raw("</code>");
    }
    html.raw("</p>");
    return name;
  }
}
