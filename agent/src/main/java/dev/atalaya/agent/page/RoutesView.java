package dev.atalaya.agent.page;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Incoming requests by route: how many, how long, and what they do. */
final class RoutesView implements View {
  private final Source routes;

  RoutesView(Source routes) {
    this.routes = routes;
  }

  @Override
  public @Nullable String show(Query query, Html html) {
    if (!query.id().isEmpty()) return null;
    Window window = new Window(query);
    html.raw("<h1>Routes</h1>");
    List<Value> all = new Value(routes.get(Query.ALL)).all();
    if (all.isEmpty()) {
      html.element("p class=\"note\"", "No request was seen yet.");
      return "Routes";
    }
    double total = window.total(all);
    Table table = table(query, window, total);
    table.form(html, window.choice());
    window.note(all, html);
    table.show(window.called(table.fitting(all, RoutesView::name), "count"), html);
    return "Routes";
  }

  private static Table table(Query query, Window window, double total) {
    return new Table("/routes", query)
        .text("route", "Route", RoutesView::name, RoutesView::name)
        .column("Share", (row, html) -> html.share(window.of(row).number("total_ms") / total))
        .number("time", "Total", row -> window.of(row).number("total_ms"), Figures::millis)
        .number("count", "Requests", row -> window.of(row).number("count"), Figures::count)
        .number("rate", "A minute", RoutesView::rate, Figures::count)
        .number("errors", "Errors", row -> window.of(row).number("errors"), Figures::count)
        .number("p50", "p50", row -> window.of(row).number("p50_ms"), Figures::millis)
        .number("p95", "p95", row -> window.of(row).number("p95_ms"), Figures::millis)
        .number("p99", "p99", row -> window.of(row).number("p99_ms"), Figures::millis)
        .number(
            "statements",
            "Statements each",
            row -> window.of(row).number("statements_per_request"),
            Figures::average)
        .number("bytes", "Allocated each", row -> bytes(window.of(row)), Figures::bytes);
  }

  /** Not known of requests that several threads answer. */
  private static double bytes(Value figures) {
    double bytes = figures.number("bytes_per_request");
    return bytes > 0 ? bytes : -1;
  }

  /** In the last minute, whatever is shown. */
  private static double rate(Value row) {
    Value minute = row.at("last_minute");
    double seconds = minute.number("seconds");
    return seconds < 5 ? -1 : minute.number("count") * 60 / seconds;
  }

  private static String name(Value row) {
    StringBuilder name = new StringBuilder();
    for (Value one : row.all("entry_points")) name.append(one.text("entry_point")).append('\n');
    return name.toString();
  }

  /** {@code GET, POST /orders}: the methods are those that were seen. */
  private static void name(Value row, Html html) {
    String route = row.text("route");
    StringBuilder methods = new StringBuilder();
    for (Value one : row.all("entry_points")) {
      String entryPoint = one.text("entry_point");
      int end = entryPoint.length() - route.length();
      String method = route.isEmpty() ? entryPoint : entryPoint.substring(0, Math.max(0, end));
      methods.append(methods.length() == 0 ? "" : ", ").append(method.trim());
    }
    html.element("code", (methods + " " + route).trim());
    if (route.isEmpty()) html.element("small", "of no known route");
  }
}
