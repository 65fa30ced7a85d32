package dev.atalaya.agent.page;

import java.util.List;

/** The traces that are kept, the newest first. */
final class TracesView implements View {
  private static final int ROWS = 100;

  private final Source traces;
  private final Source doctor;

  TracesView(Source traces, Source doctor) {
    this.traces = traces;
    this.doctor = doctor;
  }

  @Override
  public String show(Query query, Html html) {
    html.raw("<h1>Traces</h1>");
    List<Value> all = new Value(traces.get(query)).all();
    form(query, html);
    note(html);
    if (all.isEmpty()) {
      html.element("p class=\"note\"", "None fits, or none is kept yet.");
      return "Traces";
    }
    html.raw("<table class=\"rows traces\"><thead><tr><th class=\"n\">Took<th>Entry point");
    html.raw("<th class=\"n\">Spans<th class=\"n\">Statements<th>Status<th>Began");
    html.raw("</tr></thead><tbody>");
    for (Value one : all.subList(0, Math.min(ROWS, all.size()))) row(one, html);
    html.raw("</tbody></table>");
    return "Traces";
  }

  private static void form(Query query, Html html) {
    html.raw("<form class=\"filter\" method=\"get\" action=\"/traces\">");
    input("search", "route", "Entry point", query, html);
    input("number", "min_ms", "At least, in ms", query, html);
    new Choice("error", "Outcome", query).option("", "any").option("true", "failed").show(html);
    if (!query.text("problem").isEmpty()) input("text", "problem", "Problem", query, html);
    html.raw("<button>Show</button></form>");
  }

  private static void input(String type, String name, String label, Query query, Html html) {
    html.raw("<label>").raw(label).raw(" <input type=\"").raw(type).raw("\" name=\"").raw(name);
    html.raw("\" value=\"").text(query.text(name)).raw("\"></label>");
  }

  private void note(Html html) {
    String since = new Value(doctor.get(Query.ALL)).at("kept_traces").text("latest_since");
    html.raw("<p>Those that failed or have a problem");
    if (!since.isEmpty()) {
      html.raw(", and the latest of each entry point since somebody looks, ");
      Figures.ago(since, html);
    }
    html.raw(".</p>");
  }

  private static void row(Value one, Html html) {
    html.raw("<tr>").number("Took", Figures.millis(one.number("duration_ms"))).raw("<td>");
    html.link("/traces/" + one.text("trace_id"), one.text("entry_point"));
    List<Value> problems = one.all("problems");
    if (!problems.isEmpty()) {
      html.raw("<div class=\"tags\">");
      for (Value problem : problems) {
        html.raw("<a class=\"tag warning\" href=\"/problems/").text(problem.text());
        html.raw("\">problem</a>");
      }
      html.raw("</div>");
    }
    html.raw("</td>").number("Spans", Figures.count(one.number("spans")));
    html.number("Statements", Figures.count(one.number("statements")))
        .raw("<td>")
        .text(one.text("status"));
    html.raw(" ").element("span class=\"tag critical\"", one.text("error")).raw("</td><td>");
    Figures.ago(one.text("time"), html);
    html.raw("</td></tr>");
  }
}
