package dev.atalaya.agent.page;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The traces that are kept, and one of them as a waterfall. */
final class TraceView implements View {
  private static final int ROWS = 200;

  private final Source traces;
  private final View list;

  /** {@code list}: what is shown where no single one is asked for. */
  TraceView(Source traces, View list) {
    this.traces = traces;
    this.list = list;
  }

  @Override
  public @Nullable String show(Query query, Html html) {
    if (query.id().isEmpty()) return list.show(query, html);
    Value otlp = new Value(traces.get(query));
    if (otlp.isAbsent()) return null;
    Value trace = listed(query.id());
    String title = trace.text("entry_point");
    if (title.isEmpty()) title = query.id();
    html.raw("<p class=\"path\">").link("/traces", "Traces").raw("</p>");
    html.element("h1", title);
    figures(trace, html);
    Waterfall waterfall = new Waterfall(otlp);
    problems(waterfall.found(), html);
    waterfall.show(ROWS, html);
    if (trace.number("spans_left_out") > 0) {
      html.element(
          "p class=\"note\"",
          Figures.count(trace.number("spans_left_out"))
              + " spans are not shown: the agent keeps 256 KiB of a trace.");
    }
    html.raw("<p><a download=\"trace-").text(query.id()).raw(".json\" href=\"/api/traces/");
    html.text(query.id()).raw("\">OTLP/JSON</a>, a file that Jaeger opens \u00b7 trace <code>");
    html.text(query.id()).raw("</code></p>");
    return title;
  }

  /** What the list says of it. */
  private Value listed(String id) {
    for (Value one : new Value(traces.get(Query.of("", "limit=500"))).all()) {
      if (one.text("trace_id").equals(id)) return one;
    }
    return new Value(null);
  }

  private static void figures(Value trace, Html html) {
    if (trace.isAbsent()) return;
    html.raw("<dl class=\"figures\">");
    Figures.shown("took", Figures.millis(trace.number("duration_ms")), html);
    Figures.shown("spans", Figures.count(trace.number("spans")), html);
    Figures.shown("statements", Figures.count(trace.number("statements")), html);
    if (!trace.text("status").isEmpty()) Figures.shown("status", trace.text("status"), html);
    if (!trace.text("error").isEmpty()) Figures.shown("error", trace.text("error"), html);
    html.raw("<div><dt>began</dt><dd>");
    Figures.ago(trace.text("time"), html);
    html.raw("</dd></div></dl>");
  }

  private static void problems(List<Found> found, Html html) {
    if (found.isEmpty()) return;
    html.raw("<p>");
    for (Found one : found) {
      html.raw("<a class=\"tag warning\" href=\"/problems/").text(one.problem()).raw("\">");
      html.text(one.kind()).raw("</a> ").element("code", one.line()).raw(" ");
    }
    html.raw("</p>");
  }
}
