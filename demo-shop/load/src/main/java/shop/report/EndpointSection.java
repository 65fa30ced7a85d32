package shop.report;

import java.util.List;
import shop.load.EndpointClass;

/** Each endpoint before and after: as a picture, then in figures. */
final class EndpointSection {
  private EndpointSection() {}

  static String of(Comparison comparison) {
    return "<section><h2>Response times</h2>"
        + "<p>What the visitors waited for. Bars go from the median to the 99th percentile, marks"
        + " are at the 95th, figures too. Each step of the scale is ten times the one before.</p>"
        + legend()
        + picture(comparison.endpoints())
        + "<h3>In figures</h3>"
        + table(comparison.endpoints())
        + "</section>";
  }

  private static String legend() {
    return "<p class='legend'><span><svg class='key'><line class='range naive' x1='0' x2='26' y1='8'"
        + " y2='8'/><circle class='mark naive' cx='16' cy='8' r='4.5'/></svg> naive</span>"
        + "<span><svg class='key'><line class='range tuned' x1='0' x2='26' y1='8' y2='8'/>"
        + "<circle class='mark tuned' cx='16' cy='8' r='4.5'/></svg> tuned</span>"
        + band("target")
        + band("acceptable")
        + band("slow")
        + band("critical")
        + "</p>";
  }

  private static String band(String grade) {
    return "<span><svg class='key'><rect class='band "
        + grade
        + "' width='26' height='16'/></svg> "
        + grade
        + "</span>";
  }

  private static String picture(List<EndpointChange> endpoints) {
    LatencyChart chart = new LatencyChart(endpoints);
    StringBuilder picture = new StringBuilder("<div class='latency'>");
    for (EndpointClass kind : EndpointClass.values()) {
      picture
          .append("<div class='row head'><h3>")
          .append(kind.title())
          .append("</h3>")
          .append(chart.bounds(kind))
          .append("<span></span></div>\n");
      for (EndpointChange change : endpoints) {
        if (change.endpoint().kind() == kind) {
          picture
              .append("<div class='row'>")
              .append(Text.path(change.endpoint().title()))
              .append(chart.row(change))
              .append(values(change))
              .append("</div>\n");
        }
      }
    }
    return picture
        .append("<div class='row head'><span></span>")
        .append(chart.scale())
        .append("<span></span></div></div>")
        .toString();
  }

  private static String values(EndpointChange change) {
    return Text.format(
        "<span class='values'>%s → <strong>%s</strong></span>",
        Text.millis(change.naive().times().p95()), Text.millis(change.tuned().times().p95()));
  }

  private static String table(List<EndpointChange> endpoints) {
    StringBuilder rows = new StringBuilder();
    for (EndpointChange change : endpoints) {
      rows.append("<tr class='first'><th scope='row' rowspan='2'>")
          .append(Text.path(change.endpoint().title()))
          .append("<br><span class='quiet'>")
          .append(change.outcome().title())
          .append(", ")
          .append(Text.times(change.factor()))
          .append("</span></th>")
          .append(cells("naive", change.naive()))
          .append("</tr>\n<tr>")
          .append(cells("tuned", change.tuned()))
          .append("</tr>\n");
    }
    return "<div class='scroll'><table class='pairs'><thead><tr><th>endpoint</th><th></th>"
        + heads("mean", "p50", "p95", "p99")
        + "<th>grade</th>"
        + heads(
            "requests",
            "/s",
            "errors",
            "statements<br>a request",
            "without<br>statement",
            "304",
            "allocated<br>a request")
        + "</tr></thead><tbody>"
        + rows
        + "</tbody></table></div>"
        + "<p class='quiet'>Times, requests and errors are Gatling's; the rest is the agent's, by"
        + " route: the catalogue and its search share one. What another thread allocates is not"
        + " counted.</p>";
  }

  private static String heads(String... titles) {
    return "<th class='number'>" + String.join("</th><th class='number'>", titles) + "</th>";
  }

  private static String cells(String edition, EndpointFigures figures) {
    Times times = figures.times();
    return "<td class='edition "
        + edition
        + "'>"
        + edition
        + "</td>"
        + number(Text.millis(times.mean()))
        + number(Text.millis(times.p50()))
        + number("<strong>" + Text.millis(times.p95()) + "</strong>")
        + number(Text.millis(times.p99()))
        + "<td><span class='grade "
        + figures.grade().title()
        + "'>"
        + figures.grade().title()
        + "</span></td>"
        + number(Text.count(times.count()))
        + number(Text.format("%.1f", figures.perSecond()))
        + number(figures.errors() == 0 ? "0" : "<strong>" + figures.errors() + "</strong>")
        + number(Text.count(figures.statements()))
        + number(Text.percent(figures.withoutStatement()))
        + number(Text.percent(figures.notModified()))
        + number(figures.allocatedBytes() == 0 ? "" : Text.bytes(figures.allocatedBytes()));
  }

  private static String number(String text) {
    return "<td class='number'>" + text + "</td>";
  }
}
