package dev.atalaya.agent.page;

import java.util.List;

/** A trace as rows with bars to scale: what led to what, what repeats, and where the time went. */
final class Waterfall {
  private static final int DEEPEST = 8;
  private static final int LONGEST_TEXT = 160;

  /** Bars in a row; of more only where they begin and end is shown. */
  private static final int BARS = 60;

  private static final int WIDTH = 1_000;

  /** A part of the whole; what no span covers is shown from this on. */
  private static final double GAP = 0.05;

  private static final long GAP_NANOS = 1_000_000;

  private final List<Step> roots;
  private final List<Found> found;
  private long start = Long.MAX_VALUE;
  private long end;

  Waterfall(Value otlp) {
    roots = Step.roots(otlp);
    found = Found.in(roots);
    span(roots);
  }

  private void span(List<Step> steps) {
    for (Step step : steps) {
      start = Math.min(start, step.start);
      end = Math.max(end, step.end);
      span(step.children);
    }
  }

  boolean isEmpty() {
    return roots.isEmpty();
  }

  List<Found> found() {
    return found;
  }

  /** {@code most} rows; says how many are left out. */
  void show(int most, Html html) {
    List<Row> rows = Row.of(roots, Math.max(GAP_NANOS, (long) (GAP * (end - start))));
    html.raw("<table class=\"rows waterfall\"><thead><tr><th>Span<th class=\"n\">Took");
    html.raw("<th class=\"n\">Rows<th><span class=\"scale\"><span>0</span><span>");
    html.text(Figures.millis((end - start) / 1e6)).raw("</span></span></tr></thead><tbody>");
    for (Row row : rows.subList(0, Math.min(most, rows.size()))) {
      html.raw(row.isGap() ? "<tr class=\"gap\">" : "<tr>");
      html.raw("<td class=\"d").raw("" + Math.min(DEEPEST, row.depth)).raw("\">");
      if (row.isGap()) html.text("application code");
      else name(row, html);
      html.raw("</td>").number("Took", Figures.millis(row.millis()));
      if (row.rows().isEmpty()) html.cell("");
      else html.number("Rows", row.rows());
      html.raw("<td>");
      bars(row, html);
      html.raw("</td></tr>");
    }
    html.raw("</tbody></table>");
    if (rows.size() > most) html.element("p", "and " + (rows.size() - most) + " rows more");
  }

  private void name(Row row, Html html) {
    Step step = row.steps.get(0);
    html.text(step.name());
    if (row.times() > 1) html.raw(" ").element("b", "\u00d7" + Figures.count(row.times()));
    Found one = Found.of(step, found);
    if (one != null) {
      html.raw(" <a class=\"tag warning\" href=\"/problems/").text(one.problem()).raw("\">");
      html.text(one.kind()).raw("</a>");
      if (one.isAbout(step)) html.raw(" ").element("code", one.line());
    }
    if (!step.error().isEmpty()) html.raw(" ").element("span class=\"tag critical\"", step.error());
    String text = step.text();
    if (text.length() > LONGEST_TEXT) text = text.substring(0, LONGEST_TEXT) + "\u2026";
    if (!step.name().endsWith(text)) html.element("small", text);
    double between = row.betweenMillis();
    if (between < GAP * (end - start) / 1e6) return;
    html.element("small", "between them application code, " + Figures.millis(between));
  }

  private void bars(Row row, Html html) {
    html.raw("<svg class=\"span\" viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\"");
    html.raw(" aria-hidden=\"true\">");
    if (row.isGap()) bar("app", row.start(), row.end(), html);
    else if (row.steps.size() > BARS) bar(type(row.steps.get(0)), row.start(), row.end(), html);
    else for (Step step : row.steps) bar(type(step), step.start, step.end, html);
    html.raw("</svg>");
  }

  private static String type(Step step) {
    if (step.isFailed()) return "error";
    return step.isDatabase() ? "db" : step.isCall() ? "http" : "own";
  }

  private void bar(String type, long from, long to, Html html) {
    double scale = WIDTH / Math.max(1.0, end - start);
    double width = Math.max(2, (to - from) * scale);
    double x = Math.max(0, Math.min(WIDTH - width, (from - start) * scale));
    html.raw("<rect class=\"").raw(type).raw("\" x=\"").raw(Figures.tenths(x));
    html.raw("\" width=\"").raw(Figures.tenths(width)).raw("\" height=\"10\"/>");
  }
}
