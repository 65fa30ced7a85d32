package shop.report;

import java.util.List;
import java.util.function.DoubleFunction;

/**
 * Two lines over the seconds of a run, naive dashed and tuned solid. The plot is stretched to the
 * page's width; the text beside it is not.
 */
final class TimeChart {

  /** Where a line goes through. */
  record Point(double second, double value) {}

  private static final int WIDTH = 1_000;
  private static final int HEIGHT = 100;

  private final String title;
  private final double bottom;
  private final double top;
  private final boolean logarithmic;
  private final DoubleFunction<String> unit;
  private final StringBuilder grid = new StringBuilder();
  private final StringBuilder labels = new StringBuilder();
  private final StringBuilder lines = new StringBuilder();
  private double seconds = 1;

  private TimeChart(
      String title, double bottom, double top, boolean logarithmic, DoubleFunction<String> unit) {
    this.title = title;
    this.bottom = bottom;
    this.top = top;
    this.logarithmic = logarithmic;
    this.unit = unit;
  }

  static TimeChart linear(String title, double top, DoubleFunction<String> unit) {
    TimeChart chart = new TimeChart(title, 0, top, false, unit);
    return chart.label(0).label(top / 2).label(top);
  }

  /** Each step is ten times the one before. */
  static TimeChart logarithmic(String title, double top, DoubleFunction<String> unit) {
    double decades = Math.pow(10, Math.ceil(Math.log10(top)));
    TimeChart chart = new TimeChart(title, 1, decades, true, unit);
    for (double value = 1; value <= decades; value *= 10) {
      chart.label(value);
    }
    return chart;
  }

  private TimeChart label(double value) {
    labels.append(
        Text.format(
            "<span style='bottom:%.1f%%'>%s</span>", 100 - y(value), Text.html(unit.apply(value))));
    grid.append(rule("grid", value));
    return this;
  }

  /** A line that should not be crossed. */
  TimeChart bound(double value) {
    grid.append(rule("limit", value));
    return this;
  }

  private String rule(String kind, double value) {
    return Text.format(
        "<line class='%s' x1='0' x2='%d' y1='%.2f' y2='%3$.2f'/>", kind, WIDTH, y(value));
  }

  /** All lines are told how long the longest is first. */
  TimeChart until(double seconds) {
    this.seconds = Math.max(1, seconds);
    return this;
  }

  TimeChart line(Edition edition, List<Point> points) {
    StringBuilder path = new StringBuilder();
    for (Point point : points) {
      if (Double.isFinite(point.value)) {
        path.append(Text.format("%.1f,%.2f ", point.second / seconds * WIDTH, y(point.value)));
      }
    }
    lines.append(
        "<polyline class='line "
            + edition.title()
            + "' points='"
            + path.toString().strip()
            + "'/>");
    return this;
  }

  private double y(double value) {
    double within = Math.max(bottom, Math.min(top, value));
    double share =
        logarithmic
            ? Math.log(within / bottom) / Math.log(top / bottom)
            : (within - bottom) / (top - bottom);
    return HEIGHT * (1 - share);
  }

  String html() {
    return Text.format(
        """
        <figure class='time'>
        <figcaption>%s</figcaption>
        <div class='plot'><div class='values'>%s</div>
        <svg viewBox='0 0 %d %d' preserveAspectRatio='none' role='img' aria-label='%1$s'>%5$s%6$s</svg>
        <div class='seconds'><span>0 s</span><span>%7$.0f s</span></div></div>
        </figure>
        """,
        Text.html(title), labels, WIDTH, HEIGHT, grid, lines, seconds);
  }
}
