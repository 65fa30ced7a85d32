package dev.atalaya.agent.page;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What runs now: since when, on which thread, which call it waits for, and the line it is at. */
final class RunningView implements View {
  private static final int SHORT = 160;

  private final Source active;

  RunningView(Source active) {
    this.active = active;
  }

  @Override
  public @Nullable String show(Query query, Html html) {
    if (!query.id().isEmpty()) return null;
    html.raw(
        "<h1>Running</h1><p>What threads work on at this moment. A request that waits for an ");
    html.raw("event is on no thread, and not here.</p>");
    List<Value> all = new Value(active.get(Query.ALL)).all();
    if (all.isEmpty()) {
      html.element("p class=\"note\"", "Nothing runs now.");
      return "Running";
    }
    Table table =
        new Table("/running", query)
            .text("entry", "Entry point", row -> row.text("entry_point"), RunningView::entry)
            .number("age", "Age", row -> row.number("age_ms"), Figures::millis)
            .number("statements", "Statements", row -> row.number("statements"), Figures::count)
            .text("call", "Waits for", row -> row.at("call").text("name"), RunningView::call)
            .column("Line", RunningView::line);
    table.form(html);
    table.show(table.fitting(all, RunningView::searched), html);
    return "Running";
  }

  private static String searched(Value row) {
    String call = row.at("call").text("name") + '\n' + row.at("call").text("text");
    String names = row.text("entry_point") + '\n' + row.text("thread");
    return names + '\n' + call + '\n' + Problem.frame(row.at("call_site"));
  }

  private static void entry(Value row, Html html) {
    html.text(row.text("entry_point"));
    html.element("small", row.text("thread") + ", " + row.text("state"));
  }

  private static void call(Value row, Html html) {
    Value call = row.at("call");
    if (call.isAbsent()) return;
    html.text(call.text("name"));
    html.element("small", "for " + Figures.millis(call.number("age_ms")));
    String text = call.text("text");
    if (text.equals(call.text("name"))) return;
    html.element("code", text.length() > SHORT ? text.substring(0, SHORT) + "\u2026" : text);
  }

  private static void line(Value row, Html html) {
    Value site = row.at("call_site");
    if (site.isAbsent()) html.element("small", Problem.frame(row.at("at")));
    else ProblemView.stack(site, html);
  }
}
