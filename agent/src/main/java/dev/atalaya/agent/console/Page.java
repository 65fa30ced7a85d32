package dev.atalaya.agent.console;

import dev.atalaya.agent.json.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The console: a plain list of what is to be mended, without scripts. */
final class Page {
  /** Entry points of one problem that are shown. */
  private static final int PLACES = 8;

  private static final String HEAD =
      "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Atalaya</title>"
          + "<meta name=\"viewport\" content=\"width=device-width\"><style>"
          + "body{font:14px/1.4 system-ui,sans-serif;margin:1.5rem;color:#1b1f24}"
          + "table{border-collapse:collapse;width:100%;table-layout:fixed}"
          + "th,td{text-align:left;vertical-align:top;padding:.5rem .8rem .5rem 0;"
          + "border-top:1px solid #d8dee4;overflow-wrap:anywhere}th{border:0;width:7rem}"
          + "th:nth-child(2){width:24%}th:nth-child(3){width:16%}"
          + "th:nth-child(4){width:auto}th:nth-child(5){width:20%}"
          + "pre{margin:0 0 .4rem;white-space:pre-wrap;font-size:12px}"
          + "small{display:block;color:#59636e}"
          + ".critical{color:#b3261e;font-weight:600}.warning{color:#8a5300;font-weight:600}"
          + ".resolved{opacity:.55}</style>"
          + "<h1>Atalaya</h1><p><a href=\"metrics\">Metrics</a> &middot; "
          + "<a href=\"api/problems\">Problems</a> and "
          + "<a href=\"api/findings\">findings</a> as JSON &middot; "
          + "<a href=\"api/doctor\">Doctor</a></p><h2>Problems</h2>";

  private final StringBuilder html = new StringBuilder(8_192).append(HEAD);

  private Page() {}

  /** {@code problems}: the JSON array of the API; {@code seen}: of the doctor's report. */
  static String of(String problems, @Nullable Object seen) {
    Page page = new Page();
    Map<?, ?> counts = seen instanceof Map ? (Map<?, ?>) seen : Collections.emptyMap();
    page.html.append("<p>");
    page.escaped(text(counts, "summary"));
    page.html.append("</p>");
    Object list = Json.parse(problems);
    if (!(list instanceof List) || ((List<?>) list).isEmpty()) {
      // Where nothing was seen, that there are no findings says nothing.
      return page.html.append(isAny(counts) ? "<p>None.</p></html>" : "</html>").toString();
    }
    page.html.append("<table><tr><th>Wasted<th>What, and after what<th>Line of code<th>Suggestion");
    page.html.append("<th>Where");
    for (Object problem : (List<?>) list) page.row((Map<?, ?>) problem);
    return page.html.append("</table></html>").toString();
  }

  private static boolean isAny(Map<?, ?> counts) {
    for (Object count : counts.values()) {
      if (count instanceof Number && ((Number) count).doubleValue() > 0) return true;
    }
    return false;
  }

  private void row(Map<?, ?> problem) {
    String status = text(problem, "status");
    html.append("<tr").append(status.equals("resolved") ? " class=\"resolved\">" : ">");
    wasted(problem, status);
    what(problem);
    Map<?, ?> site = map(problem, "call_site");
    String line = text(site, "line");
    cell(text(site, "file") + (line.isEmpty() ? "" : ":" + line));
    small(text(site, "function"));
    callers(maps(problem, "call_sites"));
    fix(problem);
    where(problem);
  }

  /** Of several stacks the innermost line in which they differ, with its share. */
  private void callers(List<Map<?, ?>> sites) {
    int depth = 0;
    while (depth < 4 && lines(sites, depth).size() == 1) depth++;
    for (Map<?, ?> site : sites) {
      double share = Double.parseDouble(text(site, "share"));
      small(Math.round(100 * share) + " % from " + line(site, depth));
    }
  }

  private static Set<String> lines(List<Map<?, ?>> sites, int depth) {
    Set<String> lines = new HashSet<>();
    for (Map<?, ?> site : sites) lines.add(line(site, depth));
    return lines;
  }

  private static String line(Map<?, ?> site, int depth) {
    List<Map<?, ?>> stack = maps(site, "stack");
    if (stack.isEmpty()) return "";
    Map<?, ?> frame = stack.get(Math.min(depth, stack.size() - 1));
    return text(frame, "function") + ":" + text(frame, "line");
  }

  private void wasted(Map<?, ?> problem, String status) {
    cell(text(problem, "wasted_seconds") + " s");
    String severity = text(problem, "severity");
    html.append("<small class=\"");
    escaped(severity);
    html.append("\">");
    escaped(severity);
    html.append("</small>");
    small(text(problem, "kind"));
    if (status.equals("resolved")) small(status);
  }

  private void what(Map<?, ?> problem) {
    Map<?, ?> operation = map(problem, "operation");
    cell(times(operation));
    String sent = text(operation, "text");
    if (!sent.equals(text(operation, "brief"))) small(brief(sent));
    Map<?, ?> cause = map(problem, "cause");
    String rows = text(cause, "rows_typical");
    if (!cause.isEmpty()) {
      String of = text(cause, "joined").isEmpty() ? " rows of " : " rows of a join: ";
      String line = line(map(cause, "call_site"), 0);
      small(
          "after "
              + (rows.isEmpty() ? "" : rows + of)
              + brief(text(cause, "text"))
              + (line.isEmpty() ? "" : " at " + line));
    } else if (text(problem, "kind").startsWith("n_plus_one")) {
      small("cause not seen");
    }
    for (Map<?, ?> part : maps(problem, "children")) {
      html.append("<div>+ ");
      escaped(times(part) + " at line " + text(map(part, "call_site"), "line"));
      html.append("</div>");
    }
    Map<?, ?> slow = map(problem, "slow");
    String total =
        text(slow.isEmpty() ? operation : slow, slow.isEmpty() ? "total_ms_p95" : "duration_ms");
    if (!total.isEmpty()) small(total + " ms" + (slow.isEmpty() ? " in a unit of work" : ""));
  }

  private void fix(Map<?, ?> problem) {
    Map<?, ?> fix = map(problem, "fix");
    cell(text(fix.isEmpty() ? problem : fix, fix.isEmpty() ? "suggestion" : "text"));
    code(fix);
    Object more = fix.get("or");
    if (!(more instanceof List)) return;
    for (Object way : (List<?>) more) code((Map<?, ?>) way);
  }

  private void code(Map<?, ?> way) {
    if (text(way, "code").isEmpty()) return;
    small(text(way, "where") + ":");
    html.append("<pre>");
    escaped(text(way, "code"));
    html.append("</pre>");
  }

  private void where(Map<?, ?> problem) {
    html.append("<td>");
    List<Map<?, ?>> places = maps(problem, "entry_points");
    for (Map<?, ?> place : places.subList(0, Math.min(PLACES, places.size()))) {
      html.append("<div>");
      escaped(text(place, "entry_point"));
      String seen = text(place, "occurrences");
      small(seen.equals("1") ? "seen once" : "seen " + seen + " times");
      html.append("</div>");
    }
    if (places.size() > PLACES) small("and " + (places.size() - PLACES) + " more");
    trace(problem, places);
  }

  private void trace(Map<?, ?> problem, List<Map<?, ?>> places) {
    String url = text(problem, "trace_url");
    if (url.startsWith("http://") || url.startsWith("https://")) {
      html.append("<a href=\"");
      escaped(url);
      html.append("\">trace</a>");
      return;
    }
    Object ids = places.isEmpty() ? null : places.get(0).get("trace_ids");
    List<?> all = ids instanceof List ? (List<?>) ids : Collections.emptyList();
    if (!all.isEmpty()) small("trace " + all.get(0));
  }

  /** {@code SELECT products x34}, {@code GET user:{} x34}. */
  private static String times(Map<?, ?> operation) {
    String count = text(operation, "count_typical");
    String times = count.isEmpty() || count.equals("1") ? "" : " \u00d7" + count;
    return text(operation, "brief") + times;
  }

  /** Without the columns, which say little and take the most room. */
  private static String brief(String sql) {
    return sql.replaceFirst("(?is)^(select) .*? (from )", "$1 \u2026 $2");
  }

  private void cell(String text) {
    html.append("<td>");
    escaped(text);
  }

  private void small(String text) {
    if (text.isEmpty()) return;
    html.append("<small>");
    escaped(text);
    html.append("</small>");
  }

  private void escaped(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '<') html.append("&lt;");
      else if (c == '&') html.append("&amp;");
      else if (c == '"') html.append("&quot;");
      else html.append(c);
    }
  }

  private static List<Map<?, ?>> maps(Map<?, ?> in, String key) {
    Object value = in.get(key);
    List<Map<?, ?>> maps = new ArrayList<>();
    if (value instanceof List) for (Object one : (List<?>) value) maps.add((Map<?, ?>) one);
    return maps;
  }

  private static Map<?, ?> map(Map<?, ?> in, String key) {
    Object value = in.get(key);
    return value instanceof Map ? (Map<?, ?>) value : Collections.emptyMap();
  }

  private static String text(Map<?, ?> in, String key) {
    Object value = in.get(key);
    return value == null ? "" : Json.text(value);
  }
}
