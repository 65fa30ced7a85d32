package shop.report;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import shop.report.TimeChart.Point;
import shop.report.Timeline.Answered;
import shop.report.Timeline.Busy;

/** What happened while the visitors were there. */
final class TimeSection {
  private final Timeline naive;
  private final Timeline tuned;

  private TimeSection(Comparison comparison) {
    this.naive = comparison.naive().timeline();
    this.tuned = comparison.tuned().timeline();
  }

  static String of(Comparison comparison) {
    return "<section><h2>As time went by</h2>"
        + "<p class='legend'><span><svg class='key'><line class='line naive' x1='0' x2='26' y1='8'"
        + " y2='8'/></svg> naive</span><span><svg class='key'><line class='line tuned' x1='0'"
        + " x2='26' y1='8' y2='8'/></svg> tuned</span><span><svg class='key'><line class='limit'"
        + " x1='0' x2='26' y1='8' y2='8'/></svg> target</span></p><div class='charts'>"
        + new TimeSection(comparison).charts()
        + "</div></section>";
  }

  private String charts() {
    double slowest = highest(naive.answers(), tuned.answers(), Answered::p95);
    double waiting = highest(naive.moments(), tuned.moments(), Busy::waiting);
    return answers(
            TimeChart.logarithmic(
                "95th percentile of response times", Math.max(1_000, slowest), TimeSection::time))
        + busy(
            TimeChart.linear("CPU of shop and databases", 1, Text::percent).bound(0.7), Busy::cpu)
        + busy(
            TimeChart.linear("connections in use, of the pool", 1, Text::percent).bound(0.8),
            Busy::connections)
        + busy(
            TimeChart.linear(
                "threads that wait for a connection",
                Math.max(4, 2 * Math.ceil(waiting / 2)),
                Text::count),
            Busy::waiting);
  }

  private String answers(TimeChart chart) {
    return chart
        .until(seconds())
        .line(Edition.NAIVE, points(naive.answers(), Answered::second, Answered::p95))
        .line(Edition.TUNED, points(tuned.answers(), Answered::second, Answered::p95))
        .html();
  }

  private String busy(TimeChart chart, ToDoubleFunction<Busy> value) {
    return chart
        .until(seconds())
        .line(Edition.NAIVE, points(naive.moments(), Busy::second, value))
        .line(Edition.TUNED, points(tuned.moments(), Busy::second, value))
        .html();
  }

  private double seconds() {
    return Math.max(
        highest(naive.moments(), tuned.moments(), Busy::second),
        highest(naive.answers(), tuned.answers(), Answered::second));
  }

  private static String time(double millis) {
    return millis < 1_000 ? Text.millis(millis) : Text.format("%.0f s", millis / 1_000);
  }

  private static <T> List<Point> points(
      List<T> line, ToDoubleFunction<T> second, ToDoubleFunction<T> value) {
    return line.stream()
        .map(at -> new Point(second.applyAsDouble(at), value.applyAsDouble(at)))
        .toList();
  }

  private static <T> double highest(List<T> some, List<T> others, ToDoubleFunction<T> value) {
    return Stream.concat(some.stream(), others.stream()).mapToDouble(value).max().orElse(0);
  }
}
