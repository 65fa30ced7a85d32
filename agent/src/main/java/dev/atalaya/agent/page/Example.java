package dev.atalaya.agent.page;

import java.util.List;

/** The newest kept trace of a problem, on the problem's page. */
final class Example {
  private static final int ROWS = 40;

  private final Source traces;
  private final String problem;
  private final List<Value> kept;

  Example(Source traces, String problem) {
    this.traces = traces;
    this.problem = problem;
    kept = new Value(traces.get(Query.of("", "problem=" + Query.encoded(problem)))).all();
  }

  /** The id of the newest one of the entry point; empty where none is kept. */
  String at(String entryPoint) {
    for (Value one : kept) {
      if (one.text("entry_point").equals(entryPoint)) return one.text("trace_id");
    }
    return "";
  }

  void show(Html html) {
    if (kept.isEmpty()) return;
    Value newest = kept.get(0);
    String id = newest.text("trace_id");
    Waterfall waterfall = new Waterfall(new Value(traces.get(Query.of(id, ""))));
    if (waterfall.isEmpty()) return; // it has just gone
    html.raw("<section><h2>An example</h2><p>");
    html.link("/traces/" + id, newest.text("entry_point")).raw(", ");
    html.text(Figures.millis(newest.number("duration_ms"))).raw(", ");
    Figures.ago(newest.text("time"), html);
    if (kept.size() > 1) {
      html.raw("; ").link("/traces?problem=" + problem, "all " + kept.size() + " that are kept");
    }
    html.raw("</p>");
    waterfall.show(ROWS, html);
    html.raw("</section>");
  }
}
