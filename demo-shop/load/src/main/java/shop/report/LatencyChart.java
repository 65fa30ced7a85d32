package shop.report;

import java.util.List;
import shop.load.EndpointClass;

/**
 * Response times before and after, endpoint by endpoint, on a scale where each step is ten times as
 * long, over the bounds of their class. A bar goes from the median to the 99th percentile, with a
 * mark at the 95th. Positions are in percent, so that the text keeps its size on any screen.
 */
final class LatencyChart {
  private static final double FIRST = 1;
  private static final int[] DECADES = {1, 10, 100, 1_000, 10_000};

  private final double last;

  LatencyChart(List<EndpointChange> endpoints) {
    double slowest = 1_000;
    for (EndpointChange change : endpoints) {
      slowest = Math.max(slowest, change.naive().times().p99());
      slowest = Math.max(slowest, change.tuned().times().p99());
    }
    // No bar ends at the edge.
    this.last = Math.max(6_000, slowest * 1.3);
  }

  String row(EndpointChange change) {
    return "<svg class='bars' role='img' aria-label='"
        + label(change)
        + "'>"
        + bands(change.endpoint().kind())
        + bar("naive", 10, change.naive().times())
        + bar("tuned", 22, change.tuned().times())
        + "</svg>";
  }

  private static String label(EndpointChange change) {
    return Text.html(
        change.endpoint().title()
            + ": naive "
            + Text.millis(change.naive().times().p95())
            + ", tuned "
            + Text.millis(change.tuned().times().p95()));
  }

  private String bands(EndpointClass kind) {
    return band("target", FIRST, kind.target())
        + band("acceptable", kind.target(), kind.acceptable())
        + band("slow", kind.acceptable(), kind.critical())
        + band("critical", kind.critical(), last);
  }

  private String band(String grade, double from, double to) {
    return Text.format(
        "<rect class='band %s' x='%.2f%%' width='%.2f%%' y='0' height='100%%'/>"
            + "<line class='bound' x1='%2$.2f%%' x2='%2$.2f%%' y1='0' y2='100%%'/>",
        grade, x(from), x(to) - x(from));
  }

  private String bar(String edition, int y, Times times) {
    if (times.count() == 0) {
      return "";
    }
    return Text.format(
        "<line class='range %s' x1='%.2f%%' x2='%.2f%%' y1='%d' y2='%4$d'/>"
            + "<circle class='mark %1$s' cx='%5$.2f%%' cy='%4$d' r='4.5'/>",
        edition, x(times.p50()), x(times.p99()), y, x(times.p95()));
  }

  /** The bounds of a class, to stand above its rows. */
  String bounds(EndpointClass kind) {
    return "<svg class='axis' aria-hidden='true'>"
        + tick(kind.target(), "end", round(kind.target()))
        + tick(kind.acceptable(), "middle", round(kind.acceptable()))
        + tick(kind.critical(), x(kind.critical()) > 90 ? "end" : "start", round(kind.critical()))
        + "</svg>";
  }

  /** The scale, to stand below all rows. */
  String scale() {
    StringBuilder axis = new StringBuilder("<svg class='axis' aria-hidden='true'>");
    for (int decade : DECADES) {
      if (decade < last) {
        axis.append(tick(decade, decade == 1 ? "start" : "middle", round(decade)));
      }
    }
    return axis.append("</svg>").toString();
  }

  private static String round(int millis) {
    return millis < 1_000 ? millis + " ms" : millis / 1_000 + " s";
  }

  private String tick(double millis, String anchor, String text) {
    return Text.format(
        "<text x='%.2f%%' y='12' text-anchor='%s'>%s</text>", x(millis), anchor, text);
  }

  private double x(double millis) {
    return 100 * Math.log(Math.max(FIRST, millis) / FIRST) / Math.log(last / FIRST);
  }
}
