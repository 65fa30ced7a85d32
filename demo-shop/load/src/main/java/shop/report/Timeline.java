package shop.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import shop.report.SimulationLog.Answer;

/**
 * An edition's run as time went by.
 *
 * @param answers by when they were asked for
 * @param moments what the shop was at
 */
record Timeline(List<Answered> answers, List<Busy> moments) {
  /** So that a quantile has something to be taken of. */
  static final int STEP_SECONDS = 3;

  /**
   * The answers of a few seconds.
   *
   * @param second since the first visitor came
   */
  record Answered(double second, long requests, double p50, double p95) {}

  /**
   * Shares of one second, as in {@link Resources}.
   *
   * @param waiting threads that wait for a connection
   */
  record Busy(double second, double cpu, double connections, double waiting) {}

  static Timeline of(Measured run) {
    return new Timeline(
        answers(run.visits().answers(), run.began()), moments(run.moments(), run.began()));
  }

  private static List<Answered> answers(List<Answer> answers, long began) {
    Map<Long, List<Long>> steps =
        answers.stream()
            .collect(
                Collectors.groupingBy(
                    answer -> (answer.start() - began) / (STEP_SECONDS * 1_000L),
                    TreeMap::new,
                    Collectors.mapping(Answer::millis, Collectors.toList())));
    List<Answered> line = new ArrayList<>();
    steps.forEach(
        (step, millis) -> {
          Times times = Times.of(millis);
          double middle = (step + 0.5) * STEP_SECONDS;
          line.add(new Answered(middle, times.count(), times.p50(), times.p95()));
        });
    return line;
  }

  private static List<Busy> moments(List<Moment> moments, long began) {
    int processors = Runtime.getRuntime().availableProcessors();
    List<Busy> line = new ArrayList<>();
    for (int i = 1; i < moments.size(); i++) {
      Moment before = moments.get(i - 1);
      Moment moment = moments.get(i);
      double seconds = (moment.at() - before.at()) / 1_000.0;
      double databases = moment.databaseCpu() - before.databaseCpu();
      double used = moment.shopCpu() - before.shopCpu() + (Double.isNaN(databases) ? 0 : databases);
      if (moment.at() >= began) {
        line.add(
            new Busy(
                (moment.at() - began) / 1_000.0,
                used / seconds / processors,
                moment.connections() / moment.connectionsMax(),
                moment.waiting()));
      }
    }
    return line;
  }
}
