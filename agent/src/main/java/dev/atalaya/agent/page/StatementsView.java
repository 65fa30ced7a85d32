package dev.atalaya.agent.page;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Statements and commands by the time that they take; one has a page with its texts and users. */
final class StatementsView implements View {
  /** Of a text in the table, in characters. */
  private static final int SHORT = 160;

  private final Source statements;
  private final Source problems;

  StatementsView(Source statements, Source problems) {
    this.statements = statements;
    this.problems = problems;
  }

  @Override
  public @Nullable String show(Query query, Html html) {
    if (!query.id().isEmpty()) return one(query, html);
    Window window = new Window(query);
    html.raw("<h1>Statements</h1>");
    List<Value> all = new Value(statements.get(Query.ALL)).all();
    if (all.isEmpty()) {
      html.element("p class=\"note\"", "No statement was seen yet.");
      return "Statements";
    }
    Table table = table(query, window, window.total(all));
    table.form(html, window.choice());
    window.note(all, html);
    table.show(window.called(table.fitting(all, StatementsView::searched), "calls"), html);
    return "Statements";
  }

  private static Table table(Query query, Window window, double total) {
    return new Table("/statements", query)
        .text("name", "Statement", row -> row.text("summary"), StatementsView::name)
        .column("Share", (row, html) -> html.share(window.of(row).number("total_ms") / total))
        .number("time", "Total", row -> window.of(row).number("total_ms"), Figures::millis)
        .number("calls", "Calls", row -> window.of(row).number("calls"), Figures::count)
        .number("each", "Each", row -> each(window.of(row)), Figures::millis)
        .number("p95", "p95", row -> window.of(row).number("p95_ms"), Figures::millis)
        .number(
            "rows", "Rows each", row -> window.of(row).number("rows_per_call"), Figures::average)
        .number("errors", "Errors", row -> window.of(row).number("errors"), Figures::count)
        .column("Used by", StatementsView::users);
  }

  private static double each(Value figures) {
    double calls = figures.number("calls");
    return calls == 0 ? 0 : figures.number("total_ms") / calls;
  }

  private static String searched(Value row) {
    StringBuilder text = new StringBuilder(row.text("summary"));
    text.append('\n').append(row.text("system")).append('\n').append(row.text("text"));
    for (Value one : row.all("routes")) text.append('\n').append(one.text("entry_point"));
    return text.toString();
  }

  private static void name(Value row, Html html) {
    html.link("/statements/" + row.text("statement"), row.text("summary"));
    html.element("small", where(row));
    String text = row.text("text");
    if (text.isEmpty() || text.equals(row.text("summary"))) return;
    html.element("code", text.length() > SHORT ? text.substring(0, SHORT) + "\u2026" : text);
  }

  /** {@code postgresql shop at db:5432}. */
  private static String where(Value row) {
    String namespace = row.text("namespace");
    String address = row.text("address");
    String where = row.text("system") + (namespace.isEmpty() ? "" : " " + namespace);
    return address.isEmpty() ? where : where + " at " + address;
  }

  private static void users(Value row, Html html) {
    List<Value> users = row.all("routes");
    if (users.isEmpty()) return;
    html.text(users.get(0).text("entry_point"));
    if (users.size() > 1) html.element("small", "and " + (users.size() - 1) + " more");
  }

  // ---- One of them -----------------------------------------------------------------------------

  private @Nullable String one(Query query, Html html) {
    Value row = new Value(statements.get(query));
    if (row.isAbsent()) return null;
    html.raw("<p class=\"path\">").link("/statements", "Statements").raw("</p><h1>");
    html.text(row.text("summary")).raw("</h1>").element("p", where(row));
    html.raw("<h2>Figures</h2><table class=\"rows\"><thead><tr><th>Over<th class=\"n\">Calls");
    html.raw("<th class=\"n\">Total<th class=\"n\">p50<th class=\"n\">p95<th class=\"n\">p99");
    html.raw("<th class=\"n\">Rows each<th class=\"n\">Errors</tr></thead><tbody>");
    figures("Since the start", row, html);
    Value minute = row.at("last_minute");
    figures("The last " + Math.round(minute.number("seconds")) + " s", minute, html);
    html.raw("</tbody></table>");
    texts(row, html);
    problems(row, html);
    routes(row, html);
    return row.text("summary");
  }

  private static void figures(String over, Value figures, Html html) {
    html.raw("<tr>").cell(over).number("Calls", Figures.count(figures.number("calls")));
    html.number("Total", Figures.millis(figures.number("total_ms")));
    html.number("p50", Figures.millis(figures.number("p50_ms")));
    html.number("p95", Figures.millis(figures.number("p95_ms")));
    html.number("p99", Figures.millis(figures.number("p99_ms")));
    html.number("Rows each", Figures.average(figures.number("rows_per_call")));
    html.number("Errors", Figures.count(figures.number("errors"))).raw("</tr>");
  }

  private static void texts(Value row, Html html) {
    List<Value> texts = row.all("texts");
    if (texts.isEmpty()) return;
    html.element("h2", texts.size() == 1 ? "Text" : "Texts of this name");
    for (Value text : texts) html.element("pre tabindex=\"0\"", text.text());
  }

  /** The problems that are about it, with the database's plan where one was asked for. */
  private void problems(Value row, Html html) {
    Set<String> texts = new HashSet<>();
    for (Value text : row.all("texts")) texts.add(text.text());
    List<Problem> about = new ArrayList<>();
    for (Value one : new Value(problems.get(Query.ALL)).all()) {
      if (texts.contains(one.at("operation").text("text"))) about.add(new Problem(one));
    }
    if (about.isEmpty()) return;
    html.raw("<h2>Problems</h2><ul>");
    for (Problem one : about) {
      html.raw("<li>").link("/problems/" + one.id(), one.kind() + " " + one.title()).raw(" ");
      html.element("code", Problem.line(one.json.at("call_site"))).raw("</li>");
    }
    html.raw("</ul>");
    for (Problem one : about) {
      String plan = one.json.at("slow").text("plan");
      if (!plan.isEmpty()) html.raw("<h3>Plan</h3>").element("pre tabindex=\"0\"", plan);
    }
  }

  private static void routes(Value row, Html html) {
    List<Value> routes = row.all("routes");
    html.raw("<h2>Used by</h2>");
    if (routes.isEmpty()) {
      html.raw("<p>Nobody since ");
      Figures.ago(row.text("watched_since"), html);
      html.raw(", when this was asked for first.</p>");
      return;
    }
    double total = 0;
    for (Value one : routes) total += one.number("total_ms");
    html.raw("<table class=\"rows\"><thead><tr><th>Entry point<th>Share<th class=\"n\">Calls");
    html.raw("<th class=\"n\">Total</tr></thead><tbody>");
    for (Value one : routes) {
      html.raw("<tr>").cell(one.text("entry_point")).raw("<td>");
      html.share(one.number("total_ms") / total).raw("</td>");
      html.number("Calls", Figures.count(one.number("calls")));
      html.number("Total", Figures.millis(one.number("total_ms"))).raw("</tr>");
    }
    html.raw("</tbody></table><p>Counted since ");
    Figures.ago(row.text("watched_since"), html);
    html.raw(", when this was asked for first.</p>");
  }
}
