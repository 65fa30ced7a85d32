package shop.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A problem before and after: null where an edition has none like it.
 *
 * @param naive the problem of the naive edition
 * @param tuned that of the tuned one
 */
record ProblemChange(Problem naive, Problem tuned) {
  private static final List<String> SEVERITIES = List.of("critical", "warning", "info");

  /** Those that were seen while the visitors were there, the worst first. */
  static List<ProblemChange> between(Measured naive, Measured tuned) {
    return between(seen(naive.problems(), naive.began()), seen(tuned.problems(), tuned.began()));
  }

  static List<ProblemChange> between(List<Problem> naive, List<Problem> tuned) {
    List<ProblemChange> changes = new ArrayList<>();
    List<Problem> left = new ArrayList<>(tuned);
    for (Problem before : naive) {
      Problem after = left.stream().filter(before::like).findFirst().orElse(null);
      left.remove(after);
      changes.add(new ProblemChange(before, after));
    }
    left.forEach(after -> changes.add(new ProblemChange(null, after)));
    changes.sort(
        Comparator.comparingInt((ProblemChange change) -> rank(change.worst()))
            .thenComparing(change -> -change.worst().costMillis()));
    return changes;
  }

  static List<Problem> seen(JsonNode problems, long since) {
    // The agent tells whole seconds.
    Instant from = Instant.ofEpochSecond(since / 1_000);
    List<Problem> seen = new ArrayList<>();
    for (JsonNode json : problems) {
      Problem problem = Problem.of(json);
      if (!problem.lastSeen().isBefore(from)) {
        seen.add(problem);
      }
    }
    return seen;
  }

  /** Was there, and is no more. */
  @JsonProperty
  boolean gone() {
    return tuned == null;
  }

  private Problem worst() {
    return naive == null ? tuned : naive;
  }

  private static int rank(Problem problem) {
    return SEVERITIES.indexOf(problem.severity());
  }
}
