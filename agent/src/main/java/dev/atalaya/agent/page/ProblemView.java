package dev.atalaya.agent.page;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One problem: what to change first, then why, where, and what it costs. */
final class ProblemView implements View {
  /** Entry points that are shown. */
  private static final int PLACES = 20;

  private final Source problems;
  private final Source traces;
  private final ProfileView profile;
  private final Source settings;

  ProblemView(Source problems, Source traces, Source profile, Source settings) {
    this.problems = problems;
    this.traces = traces;
    this.profile = new ProfileView(profile);
    this.settings = settings;
  }

  @Override
  public @Nullable String show(Query query, Html html) {
    for (Value one : new Value(problems.get(Query.ALL)).all()) {
      if (!one.text("problem").equals(query.id())) continue;
      Problem problem = new Problem(one);
      show(problem, html);
      new Ignoring(new Value(settings.get(Query.ALL))).show(problem.id(), html);
      return problem.title();
    }
    return null;
  }

  private void show(Problem problem, Html html) {
    Value json = problem.json;
    html.raw("<p class=\"path\">").link("/", "Problems").raw("</p>");
    html.raw("<h1>").text(problem.title()).raw("</h1><div class=\"tags\">");
    html.element("span class=\"tag " + ProblemsView.severity(json) + "\"", json.text("severity"));
    html.element("span class=\"tag\"", problem.kind());
    if (problem.isResolved()) html.element("span class=\"tag resolved\"", "resolved");
    if (!json.text("new_in").isEmpty()) {
      html.element("span class=\"tag new\"", "new in " + json.text("new_in"));
    }
    html.raw("</div>");
    cost(json, html);
    fix(json, html);
    line(json, html);
    for (Value place : json.all("entry_points")) {
      if (json.text("kind").equals("slow_request")) profile.show(place.text("entry_point"), html);
    }
    statement(json, html);
    Example example = new Example(traces, problem.id());
    places(json, example, html);
    example.show(html);
  }

  private static void cost(Value json, Html html) {
    Value operation = json.at("operation");
    html.raw("<dl class=\"figures\">");
    Figures.shown("wasted", Figures.seconds(json.number("wasted_seconds")), html);
    double hours = hours(json.text("first_seen"), json.text("last_seen"));
    if (hours > 0) {
      Figures.shown("in an hour", Figures.seconds(json.number("wasted_seconds") / hours), html);
    }
    if (operation.number("wasted_ms_p95") > 0) {
      Figures.shown("in a request (p95)", Figures.millis(operation.number("wasted_ms_p95")), html);
    }
    if (!operation.text("wasted_ms_at_1ms").isEmpty()) {
      Figures.shown(
          "at a round trip of 1 ms", Figures.millis(operation.number("wasted_ms_at_1ms")), html);
    }
    Value slow = json.at("slow");
    if (!slow.isAbsent()) {
      Figures.shown("took", Figures.millis(slow.number("duration_ms")), html);
      Figures.shown("limit", Figures.millis(slow.number("threshold_ms")), html);
    }
    Figures.shown("seen", Figures.count(json.number("occurrences")) + "\u00d7", html);
    Figures.shown("confidence", Figures.percent(json.number("confidence")), html);
    html.raw("<div><dt>first seen</dt><dd>");
    Figures.ago(json.text("first_seen"), html);
    html.raw("</dd></div><div><dt>last seen</dt><dd>");
    Figures.ago(json.text("last_seen"), html);
    html.raw("</dd></div></dl>");
  }

  /** From the first to the last time; 0 where that is too short to tell of an hour. */
  private static double hours(String first, String last) {
    try {
      Duration seen = Duration.between(Instant.parse(first), Instant.parse(last));
      return seen.getSeconds() < 60 ? 0 : seen.getSeconds() / 3600.0;
    } catch (DateTimeParseException unknown) {
      return 0;
    }
  }

  private static void fix(Value json, Html html) {
    Value fix = json.at("fix");
    String text = fix.isAbsent() ? json.text("suggestion") : fix.text("text");
    if (text.isEmpty()) return;
    html.raw("<section><h2>What to change</h2>").element("p", text);
    code(fix, html);
    for (Value way : fix.all("or")) code(way, html);
    html.raw("</section>");
  }

  private static void code(Value way, Html html) {
    String code = way.text("code");
    if (code.isEmpty()) return;
    html.raw("<figure class=\"code\">").element("figcaption", way.text("where"));
    html.element("pre tabindex=\"0\"", code).raw("</figure>");
  }

  private static void line(Value json, Html html) {
    Value site = json.at("call_site");
    Value loop = json.at("loop");
    if (site.isAbsent() && loop.isAbsent()) return;
    html.raw("<section><h2>Line</h2>");
    if (!loop.isAbsent()) {
      html.raw("<p>Repeated by ").element("code", Problem.frame(loop)).raw("</p>");
    }
    List<Value> sites = json.all("call_sites");
    if (sites.isEmpty()) stack(site, html);
    for (Value one : sites) {
      html.raw("<p>").text(Figures.percent(one.number("share")) + " from ");
      html.element("code", Problem.caller(one, sites)).raw("</p>");
      stack(one, html);
    }
    html.raw("</section>");
  }

  static void stack(Value site, Html html) {
    List<Value> stack = site.all("stack");
    html.raw("<ol class=\"stack\">");
    if (stack.isEmpty()) frame(site, html);
    for (Value frame : stack) frame(frame, html);
    html.raw("</ol>");
  }

  private static void frame(Value frame, Html html) {
    html.raw("<li>").element("code", Problem.line(frame)).raw(" ");
    html.element("small", frame.text("function")).raw("</li>");
  }

  private static void statement(Value json, Html html) {
    Value operation = json.at("operation");
    Value cause = json.at("cause");
    if (operation.isAbsent() && cause.isAbsent()) return;
    html.raw("<section><h2>Statement</h2>");
    html.element("pre tabindex=\"0\"", operation.text("text"));
    if (!cause.isAbsent()) {
      String rows = cause.text("rows_typical");
      html.raw("<p>It follows from ").text(cause.is("joined") ? "a join" : "a read");
      html.text(rows.isEmpty() ? "" : " of " + rows + " rows");
      String at = Problem.frame(cause.at("call_site"));
      if (!at.isEmpty()) html.raw(" at ").element("code", at);
      html.raw(":</p>").element("pre tabindex=\"0\"", cause.text("text"));
    } else if (json.text("kind").startsWith("n_plus_one")) {
      html.element("p", "The read that it follows from was not seen.");
    }
    List<Value> children = json.all("children");
    if (!children.isEmpty()) html.raw("<p>And in the same loop:</p><ul>");
    for (Value child : children) {
      html.raw("<li>").element("code", Problem.times(child)).raw(" ");
      html.element("small", Problem.frame(child.at("call_site"))).raw("</li>");
    }
    if (!children.isEmpty()) html.raw("</ul>");
    String plan = json.at("slow").text("plan");
    if (!plan.isEmpty()) html.raw("<h3>Plan</h3>").element("pre tabindex=\"0\"", plan);
    html.raw("</section>");
  }

  private static void places(Value json, Example example, Html html) {
    List<Value> places = json.all("entry_points");
    if (places.isEmpty()) return;
    double all = 0;
    for (Value place : places) all += place.number("occurrences");
    html.raw("<section><h2>Where</h2><table class=\"rows\"><thead><tr><th>Entry point");
    html.raw("<th class=\"n\">Share<th class=\"n\">Seen<th class=\"n\">Repeats");
    html.raw("<th class=\"n\">Wasted (p95)<th>Trace</tr></thead><tbody>");
    for (Value place : places.subList(0, Math.min(PLACES, places.size()))) {
      html.raw("<tr>").cell(place.text("entry_point"));
      double seen = place.number("occurrences");
      html.number("Share", all > 0 ? Figures.percent(seen / all) : "");
      html.number("Seen", Figures.count(seen));
      html.number("Repeats", place.text("count_typical"));
      html.number("Wasted (p95)", Figures.millis(place.number("wasted_ms_p95"))).raw("<td>");
      String id = example.at(place.text("entry_point"));
      if (!id.isEmpty()) {
        html.raw("<code>").link("/traces/" + id, id.substring(0, Math.min(8, id.length())));
        html.raw("</code>");
      }
      html.raw("</td></tr>");
    }
    html.raw("</tbody></table>");
    int more = places.size() - PLACES;
    if (more > 0) html.element("p", "and " + more + " more");
    String url = json.text("trace_url");
    if (url.startsWith("http://") || url.startsWith("https://")) {
      html.raw("<p>").link(url, "The latest in the tracing system").raw("</p>");
    }
    html.raw("</section>");
  }
}
