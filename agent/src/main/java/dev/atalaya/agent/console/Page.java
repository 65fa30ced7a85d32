package dev.atalaya.agent.console;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The console: a plain list of findings. */
final class Page {
  private Page() {}

  /** {@code findings}: the JSON array of the API. */
  static String of(String findings) {
    StringBuilder page = new StringBuilder(2_048);
    page.append("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Atalaya</title>");
    page.append("<style>body{font:16px/1.5 system-ui,sans-serif;margin:2rem;max-width:60rem}");
    page.append("td,th{text-align:left;padding:.2rem 1rem .2rem 0}</style><h1>Atalaya</h1>");
    page.append("<p><a href=\"metrics\">Metrics</a> &middot; ");
    page.append("<a href=\"api/findings\">Findings as JSON</a> &middot; ");
    page.append("<a href=\"api/doctor\">Doctor</a></p><h2>Findings</h2>");
    Object list = Json.parse(findings);
    if (!(list instanceof List) || ((List<?>) list).isEmpty()) {
      return page.append("<p>None.</p></html>").toString();
    }
    page.append("<table><tr><th>Severity<th>Kind<th>Where<th>What<th>Times<th>Suggestion");
    for (Object finding : (List<?>) list) row(page, (Map<?, ?>) finding);
    return page.append("</table></html>").toString();
  }

  private static void row(StringBuilder page, Map<?, ?> finding) {
    Object operation = finding.get("operation");
    page.append("<tr>");
    cell(page, finding.get("severity"));
    cell(page, finding.get("kind"));
    cell(page, finding.get("entry_point"));
    cell(page, operation instanceof Map ? ((Map<?, ?>) operation).get("summary") : null);
    cell(page, finding.get("occurrences"));
    cell(page, finding.get("suggestion"));
  }

  private static void cell(StringBuilder page, @Nullable Object value) {
    page.append("<td>");
    String text = value == null ? "" : Json.text(value);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '<') page.append("&lt;");
      else if (c == '&') page.append("&amp;");
      else page.append(c);
    }
  }
}
