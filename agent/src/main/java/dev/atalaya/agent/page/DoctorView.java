package dev.atalaya.agent.page;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the agent sees and what it does not, what it costs, and what went wrong with it. */
final class DoctorView implements View {
  private final Source doctor;

  DoctorView(Source doctor) {
    this.doctor = doctor;
  }

  @Override
  public @Nullable String show(Query query, Html html) {
    Value report = new Value(doctor.get(Query.ALL));
    if (!query.id().isEmpty() || report.isAbsent()) return null;
    html.raw("<h1>What is seen</h1>").element("p", report.at("seen").text("summary"));
    figures(report, html);
    seen(report.at("seen"), html);
    unsupported(report.all("version_not_supported"), html);
    libraries(report.all("instrumented"), html);
    pairs("Left out", "What<th>Why", report.at("skipped"), html);
    pairs("Errors of instrumentations", "Instrumentation<th>Times", report.at("errors"), html);
    pairs("Errors of the agent", "Part<th>What", report.at("agent_errors"), html);
    breaker(report.at("breaker"), html);
    pairs("Where data goes", "Data<th>Where", report.at("exporters"), html);
    pairs("Spans that were dropped", "Why<th>How many", report.at("dropped_spans"), html);
    return "Doctor";
  }

  private static void figures(Value report, Html html) {
    html.raw("<dl class=\"figures\">");
    for (Map.Entry<String, Value> one : report.at("seen").entries().entrySet()) {
      if (one.getValue().json() instanceof Number) {
        figure(words(one.getKey()), Figures.count(report.at("seen").number(one.getKey())), html);
      }
    }
    double refused = report.number("refused_findings");
    if (refused > 0) figure("findings refused", Figures.count(refused), html);
    html.raw("</dl><dl class=\"figures\">");
    Value jvm = report.at("jvm");
    figure("agent", report.text("version"), html);
    figure("records", report.is("enabled") ? "yes" : "no", html);
    figure("start", Figures.millis(report.number("start_ms")), html);
    figure("Java", jvm.text("version") + ", " + jvm.text("vendor"), html);
    html.raw("</dl>");
  }

  private static void figure(String name, String value, Html html) {
    html.raw("<div><dt>").text(name).raw("</dt><dd>").text(value).raw("</dd></div>");
  }

  private static void seen(Value seen, Html html) {
    names("Libraries that are not looked into", seen.all("not_instrumented"), html);
    names("Servers that are loaded, and no request was seen", seen.all("no_request_of"), html);
    names("Servers whose routes are not known", seen.all("route_unknown"), html);
  }

  private static void names(String title, List<Value> names, Html html) {
    if (names.isEmpty()) return;
    html.element("h2", title).raw("<ul>");
    for (Value name : names) html.element("li", name.text());
    html.raw("</ul>");
  }

  private static void unsupported(List<Value> libraries, Html html) {
    if (libraries.isEmpty()) return;
    html.raw("<h2>Versions that are not supported</h2><table class=\"rows\"><thead><tr>");
    html.raw("<th>Library<th>Version<th>Tested versions<th>Class</tr></thead><tbody>");
    for (Value one : libraries) {
      html.raw("<tr>").cell(one.text("library")).cell(one.text("version"));
      html.raw("<td data-label=\"Tested\">").text(one.text("tested")).raw("</td><td>");
      html.element("code", one.text("class"));
      html.raw("</td></tr>");
    }
    html.raw("</tbody></table>");
  }

  private static void libraries(List<Value> libraries, Html html) {
    html.raw("<h2>Libraries that are looked into</h2>");
    if (libraries.isEmpty()) {
      html.raw("<p class=\"note\">None so far: their classes are not loaded, or not known.</p>");
      return;
    }
    html.raw("<table class=\"rows\"><thead><tr><th>Library<th>Version<th>Instrumentation");
    html.raw("<th class=\"n\">Classes</tr></thead><tbody>");
    for (Value one : libraries) {
      html.raw("<tr>").cell(one.text("library")).cell(one.text("version"));
      html.cell(one.text("instrumentation"))
          .number("Classes", Figures.count(one.number("classes")));
      html.raw("</tr>");
    }
    html.raw("</tbody></table>");
  }

  private static void breaker(Value breaker, Html html) {
    if (breaker.isAbsent()) return;
    html.raw("<h2>What it leaves while it costs too much</h2><p>The agent ");
    html.text(breaker.text("agent")).raw("</p>").element("p", breaker.text("reason"));
    pairs("", "Cost<th>Share", breaker.at("shares"), html);
  }

  /** Nothing of an object without entries, and none that counts nothing. */
  private static void pairs(String title, String head, Value object, Html html) {
    Html rows = new Html();
    object
        .entries()
        .forEach(
            (name, value) -> {
              if (value.text().equals("0")) return;
              rows.raw("<tr>").cell(words(name)).cell(value.text()).raw("</tr>");
            });
    if (rows.isEmpty()) return;
    html.element("h2", title).raw("<table class=\"rows\"><thead><tr><th>").raw(head);
    html.raw("</tr></thead><tbody>").append(rows).raw("</tbody></table>");
  }

  /** {@code queue_full} as {@code queue full}. */
  private static String words(String key) {
    return key.indexOf('.') < 0 ? key.replace('_', ' ') : key;
  }
}
