package dev.atalaya.agent.console;

import dev.atalaya.agent.json.Json;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** The console: a plain list of findings, without scripts. */
final class Page {
  private static final String HEAD =
      "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Atalaya</title>"
          + "<meta name=\"viewport\" content=\"width=device-width\"><style>"
          + "body{font:14px/1.4 system-ui,sans-serif;margin:1.5rem;color:#1b1f24}"
          + "table{border-collapse:collapse;width:100%;table-layout:fixed}"
          + "th,td{text-align:left;vertical-align:top;padding:.5rem .8rem .5rem 0;"
          + "border-top:1px solid #d8dee4;overflow-wrap:anywhere}th{border:0;width:5rem}"
          + "th:nth-child(2),th:nth-child(4){width:15%}th:nth-child(3){width:24%}"
          + "th:nth-child(5){width:7rem}th:nth-child(6){width:auto}"
          + "pre{margin:0 0 .4rem;white-space:pre-wrap;font-size:12px}"
          + "small{display:block;color:#59636e}"
          + ".critical{color:#b3261e;font-weight:600}.warning{color:#8a5300;font-weight:600}"
          + ".resolved{opacity:.55}</style>"
          + "<h1>Atalaya</h1><p><a href=\"metrics\">Metrics</a> &middot; "
          + "<a href=\"api/findings\">Findings as JSON</a> &middot; "
          + "<a href=\"api/doctor\">Doctor</a></p><h2>Findings</h2>";

  private final StringBuilder html = new StringBuilder(8_192).append(HEAD);

  private Page() {}

  /** {@code findings}: the JSON array of the API. */
  static String of(String findings) {
    Page page = new Page();
    Object list = Json.parse(findings);
    if (!(list instanceof List) || ((List<?>) list).isEmpty()) {
      return page.html.append("<p>None.</p></html>").toString();
    }
    page.html.append("<table><tr><th>Severity<th>Where<th>What, and after what<th>Line of code");
    page.html.append("<th>Cost<th>Suggestion<th>Trace");
    for (Object finding : (List<?>) list) page.row((Map<?, ?>) finding);
    return page.html.append("</table></html>").toString();
  }

  private void row(Map<?, ?> finding) {
    String status = text(finding, "status");
    html.append("<tr").append(status.equals("resolved") ? " class=\"resolved\">" : ">");
    String severity = text(finding, "severity");
    html.append("<td class=\"");
    escaped(severity);
    html.append("\">");
    escaped(severity);
    if (status.equals("resolved")) small(status);
    cell(text(finding, "entry_point"));
    small(text(finding, "kind"));
    what(finding);
    Map<?, ?> site = map(finding, "call_site");
    String line = text(site, "line");
    cell(text(site, "file") + (line.isEmpty() ? "" : ":" + line));
    small(text(site, "function"));
    cost(finding);
    fix(finding);
    trace(finding);
  }

  private void what(Map<?, ?> finding) {
    Map<?, ?> operation = map(finding, "operation");
    cell(times(operation));
    if (!isRedis(operation)) small(brief(text(operation, "text")));
    Map<?, ?> cause = map(finding, "cause");
    String rows = text(cause, "rows_typical");
    if (!cause.isEmpty()) {
      small("after " + (rows.isEmpty() ? "" : rows + " rows of ") + brief(text(cause, "text")));
    }
    Object children = finding.get("children");
    if (!(children instanceof List)) return;
    for (Object child : (List<?>) children) {
      Map<?, ?> part = (Map<?, ?>) child;
      html.append("<div>+ ");
      escaped(times(part) + " at line " + text(map(part, "call_site"), "line"));
      html.append("</div>");
    }
  }

  private void cost(Map<?, ?> finding) {
    Map<?, ?> slow = map(finding, "slow");
    Map<?, ?> operation = map(finding, "operation");
    String total =
        text(slow.isEmpty() ? operation : slow, slow.isEmpty() ? "total_ms_p95" : "duration_ms");
    cell(total.isEmpty() ? "" : total + " ms");
    String wasted = text(operation, "wasted_ms_p95");
    if (slow.isEmpty() && !wasted.isEmpty()) small(wasted + " ms of it wasted");
    String seen = text(finding, "occurrences");
    small(seen.equals("1") ? "seen once" : "seen " + seen + " times");
  }

  private void fix(Map<?, ?> finding) {
    Map<?, ?> fix = map(finding, "fix");
    cell(text(fix.isEmpty() ? finding : fix, fix.isEmpty() ? "suggestion" : "text"));
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

  private void trace(Map<?, ?> finding) {
    Object ids = finding.get("trace_ids");
    List<?> all = ids instanceof List ? (List<?>) ids : Collections.emptyList();
    Object newest = all.isEmpty() ? null : all.get(0);
    String id = newest == null ? "" : Json.text(newest);
    String shown = id.substring(0, Math.min(8, id.length()));
    String url = text(finding, "trace_url");
    if (!url.startsWith("http://") && !url.startsWith("https://")) {
      cell(shown);
      return;
    }
    html.append("<td><a href=\"");
    escaped(url);
    html.append("\">");
    escaped(shown);
    html.append("</a>");
  }

  /** {@code SELECT products x34}; a Redis command with its key. */
  private static String times(Map<?, ?> operation) {
    String count = text(operation, "count_typical");
    String times = count.isEmpty() || count.equals("1") ? "" : " \u00d7" + count;
    return text(operation, isRedis(operation) ? "text" : "summary") + times;
  }

  private static boolean isRedis(Map<?, ?> operation) {
    return text(operation, "system").equals("redis");
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

  private static Map<?, ?> map(Map<?, ?> in, String key) {
    Object value = in.get(key);
    return value instanceof Map ? (Map<?, ?>) value : Collections.emptyMap();
  }

  private static String text(Map<?, ?> in, String key) {
    Object value = in.get(key);
    return value == null ? "" : Json.text(value);
  }
}
