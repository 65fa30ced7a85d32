package shop.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import shop.load.Throughput;
import shop.report.SimulationLog.Answer;

/**
 * How much of one kind of work an edition does at most.
 *
 * @param perSecond right answers
 */
record CapacityFigures(Throughput kind, double perSecond, Times times, long errors) {

  static List<CapacityFigures> of(SimulationLog log) {
    List<CapacityFigures> figures = new ArrayList<>();
    for (Throughput kind : Throughput.values()) {
      figures.add(
          of(kind, log.answers().stream().filter(a -> a.group().equals(kind.title())).toList()));
    }
    return figures;
  }

  private static CapacityFigures of(Throughput kind, List<Answer> answers) {
    long from = answers.stream().mapToLong(Answer::start).min().orElse(0);
    long to = answers.stream().mapToLong(Answer::end).max().orElse(0);
    long right = answers.stream().filter(Answer::ok).count();
    return new CapacityFigures(
        kind,
        right * 1_000.0 / Math.max(1, to - from),
        Times.of(answers.stream().map(Answer::millis).toList()),
        answers.size() - right);
  }

  @JsonProperty
  boolean met() {
    return errors == 0 && perSecond >= kind.target();
  }
}
