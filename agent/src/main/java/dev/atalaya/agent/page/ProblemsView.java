package dev.atalaya.agent.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is to be fixed, most time wasted first; what is resolved stands apart, below. */
final class ProblemsView implements View {
  /** On one page; the next has the others. */
  private static final int ROWS = 40;

  private static final List<String> SEVERITIES = Arrays.asList("critical", "warning", "info");

  private final Source problems;
  private final Source doctor;

  ProblemsView(Source problems, Source doctor) {
    this.problems = problems;
    this.doctor = doctor;
  }

  @Override
  public @Nullable String show(Query query, Html html) {
    if (!query.id().isEmpty()) return null;
    List<Problem> all = new ArrayList<>();
    for (Value one : new Value(problems.get(Query.ALL)).all()) all.add(new Problem(one));
    List<Problem> chosen = new ArrayList<>();
    for (Problem one : all) if (fits(one, query)) chosen.add(one);
    sort(chosen, query.text("sort"));
    html.raw("<h1>Problems</h1>");
    if (all.isEmpty()) {
      nothing(html);
      return "Problems";
    }
    form(all, query, html);
    List<Problem> firing = new ArrayList<>(chosen);
    firing.removeIf(Problem::isResolved);
    chosen.removeIf(problem -> !problem.isResolved());
    if (firing.isEmpty()) {
      html.element("p class=\"note\"", chosen.isEmpty() ? "None fits." : "None is left.");
    }
    show(firing, query, html);
    if (!chosen.isEmpty()) {
      html.raw("<h2>Resolved</h2>");
      table(chosen.subList(0, Math.min(ROWS, chosen.size())), html);
    }
    return "Problems";
  }

  /** That there are no problems says nothing where nothing was seen. */
  private void nothing(Html html) {
    Value seen = new Value(doctor.get(Query.ALL)).at("seen");
    double work = seen.number("requests") + seen.number("jobs") + seen.number("statements");
    html.element(
        "p class=\"note\"",
        work > 0
            ? "None so far."
            : "Nothing was seen yet: use the application, and look again. If it works and nothing"
                + " comes, the doctor says why.");
  }

  private static boolean fits(Problem one, Query query) {
    String words = query.text("q").toLowerCase(Locale.ROOT);
    return isOrAny(query.text("severity"), one.json.text("severity"))
        && isOrAny(query.text("kind"), one.json.text("kind"))
        && (words.isEmpty() || searched(one).contains(words));
  }

  private static boolean isOrAny(String asked, String is) {
    return asked.isEmpty() || asked.equals(is);
  }

  private static String searched(Problem one) {
    StringBuilder text = new StringBuilder(one.title());
    text.append('\n').append(one.json.at("operation").text("text"));
    text.append('\n').append(Problem.frame(one.json.at("call_site")));
    for (Value place : one.json.all("entry_points")) {
      text.append('\n').append(place.text("entry_point"));
    }
    return text.toString().toLowerCase(Locale.ROOT);
  }

  private static void sort(List<Problem> problems, String by) {
    if (by.equals("newest")) {
      Comparator<Problem> first = Comparator.comparing(one -> one.json.text("first_seen"));
      problems.sort(first.reversed());
    } else if (by.equals("severity")) {
      problems.sort(Comparator.comparing(one -> SEVERITIES.indexOf(one.json.text("severity"))));
    } else if (by.equals("count")) {
      Comparator<Problem> least =
          Comparator.comparing(one -> one.json.at("operation").number("count_typical"));
      problems.sort(least.reversed());
    }
  }

  private static void form(List<Problem> all, Query query, Html html) {
    Set<String> kinds = new LinkedHashSet<>();
    for (Problem one : all) kinds.add(one.json.text("kind"));
    html.raw("<form class=\"filter\" method=\"get\" action=\"/\">");
    Choice severity = new Choice("severity", "Severity", query).option("", "any");
    for (String one : SEVERITIES) severity.option(one, one);
    severity.show(html);
    Choice kind = new Choice("kind", "Kind", query).option("", "any");
    for (String one : kinds) kind.option(one, Problem.kind(one));
    kind.show(html);
    new Choice("sort", "Sort by", query)
        .option("", "time wasted")
        .option("severity", "severity")
        .option("count", "repeats")
        .option("newest", "newest")
        .show(html);
    new Choice("group", "Group by", query)
        .option("", "nothing")
        .option("entry", "entry point")
        .option("table", "table or key")
        .option("class", "class")
        .show(html);
    html.raw("<label>Search <input type=\"search\" name=\"q\" value=\"");
    html.text(query.text("q")).raw("\"></label><button>Show</button></form>");
  }

  private static void show(List<Problem> problems, Query query, Html html) {
    Paging paging = new Paging(ROWS, query);
    List<Problem> page = paging.of(problems);
    if (query.text("group").isEmpty()) {
      if (!page.isEmpty()) table(page, html);
    } else {
      groups(page, query.text("group"))
          .forEach(
              (name, some) -> {
                html.element("h2 class=\"group\"", name);
                table(some, html);
              });
    }
    paging.links("/", problems.size(), html);
  }

  /** By the entry point that wastes most, by what is read, or by the class that calls. */
  private static Map<String, List<Problem>> groups(List<Problem> problems, String by) {
    Map<String, List<Problem>> groups = new LinkedHashMap<>();
    for (Problem one : problems) {
      String name = by.equals("table") ? one.target() : by.equals("class") ? one.type() : "";
      if (by.equals("entry")) name = entryPoint(one);
      groups.computeIfAbsent(name.isEmpty() ? "others" : name, made -> new ArrayList<>()).add(one);
    }
    return groups;
  }

  private static String entryPoint(Problem one) {
    List<Value> places = one.json.all("entry_points");
    return places.isEmpty() ? "" : places.get(0).text("entry_point");
  }

  private static void table(List<Problem> problems, Html html) {
    html.raw("<table class=\"rows problems\"><thead><tr><th class=\"n\">Wasted<th>Problem");
    html.raw("<th>Line<th>Where<th class=\"n\">Seen<th>First</tr></thead><tbody>");
    for (Problem one : problems) row(one, html);
    html.raw("</tbody></table>");
  }

  private static void row(Problem one, Html html) {
    Value json = one.json;
    html.raw("<tr>").number("Wasted", Figures.seconds(json.number("wasted_seconds")));
    html.raw("<td>");
    html.link("/problems/" + one.id(), one.title());
    html.raw("<div class=\"tags\">");
    html.element("span class=\"tag " + severity(json) + "\"", json.text("severity"));
    html.element("span class=\"tag\"", one.kind());
    if (!json.text("new_in").isEmpty()) {
      html.element("span class=\"tag new\"", "new in " + json.text("new_in"));
    }
    html.raw("</div></td><td><code>").text(Problem.line(json.at("call_site")));
    html.raw("</code></td><td>").text(entryPoint(one));
    int others = json.all("entry_points").size() - 1;
    if (others > 0) html.element("small", "and " + others + " more");
    html.raw("</td>").number("Seen", Figures.count(json.number("occurrences")));
    html.raw("<td data-label=\"First\">");
    Figures.ago(json.text("first_seen"), html);
    html.raw("</td></tr>");
  }

  /** One of the three, as it becomes a name of the stylesheet's. */
  static String severity(Value json) {
    String severity = json.text("severity");
    return SEVERITIES.contains(severity) ? severity : "info";
  }
}
