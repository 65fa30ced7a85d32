package shop.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import shop.load.Endpoint;

/**
 * All that the report says: both editions, what changed, and whether it is enough.
 *
 * @param version of this form
 */
record Comparison(
    int version,
    Instant written,
    Machine machine,
    Plan plan,
    EditionFigures naive,
    EditionFigures tuned,
    List<EndpointChange> endpoints,
    List<ProblemChange> problems) {
  static final double HIT_RATE = 0.8;

  static Comparison of(Machine machine, Measured naive, Measured tuned) {
    return new Comparison(
        2,
        Instant.now(),
        machine,
        naive.plan(),
        EditionFigures.of(naive),
        EditionFigures.of(tuned),
        Arrays.stream(Endpoint.values()).map(e -> EndpointChange.of(e, naive, tuned)).toList(),
        ProblemChange.between(naive, tuned));
  }

  @JsonProperty
  List<Verdict> verdicts() {
    return Verdict.of(this);
  }

  /** How many times as quick: all answers together, on average. */
  @JsonProperty
  double factor() {
    return naive.times().mean() / Math.max(0.001, tuned.times().mean());
  }

  /** Over all, and of each endpoint that there was something to be gained at. */
  @JsonProperty
  boolean halved() {
    return factor() >= 2
        && naive.times().p95() >= 2 * tuned.times().p95()
        && count(EndpointChange.Outcome.NOT_HALVED) == 0
        && count(EndpointChange.Outcome.NOT_MEASURED) == 0;
  }

  @JsonProperty
  boolean hitRateReached() {
    return tuned.hitRate() > HIT_RATE;
  }

  /** Problems of an edition that one should be woken for. */
  List<Problem> alarming(Edition edition) {
    return problems.stream()
        .map(change -> edition == Edition.NAIVE ? change.naive() : change.tuned())
        .filter(Objects::nonNull)
        .filter(Problem::atLeastWarning)
        .toList();
  }

  long count(EndpointChange.Outcome outcome) {
    return endpoints.stream().filter(change -> change.outcome() == outcome).count();
  }

  /** Whether the tuned edition is what it should be. */
  @JsonProperty
  boolean passed() {
    return halved() && hitRateReached() && alarming(Edition.TUNED).isEmpty();
  }
}
