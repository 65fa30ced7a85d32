package shop.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import shop.load.Endpoint;

/** An endpoint before and after. */
record EndpointChange(Endpoint endpoint, EndpointFigures naive, EndpointFigures tuned) {
  /** Of its class' target: what is quicker than that before has nothing to be halved. */
  private static final double QUICK = 0.2;

  /** What became of its response time, on average. */
  enum Outcome {
    HALVED("halved"),
    /** It was so far below its target that halving it would help nobody. */
    QUICK_ALREADY("quick already"),
    NOT_HALVED("not halved"),
    /** One of the editions was not asked. */
    NOT_MEASURED("not measured");

    private final String title;

    Outcome(String title) {
      this.title = title;
    }

    String title() {
      return title;
    }
  }

  static EndpointChange of(Endpoint endpoint, Measured naive, Measured tuned) {
    return new EndpointChange(
        endpoint, EndpointFigures.of(endpoint, naive), EndpointFigures.of(endpoint, tuned));
  }

  @JsonProperty
  Outcome outcome() {
    Times before = naive.times();
    Times after = tuned.times();
    if (before.count() == 0 || after.count() == 0) {
      return Outcome.NOT_MEASURED;
    }
    if (after.mean() <= before.mean() / 2) {
      return Outcome.HALVED;
    }
    double quick = endpoint.kind().target() * QUICK;
    return before.mean() <= quick && after.mean() <= quick
        ? Outcome.QUICK_ALREADY
        : Outcome.NOT_HALVED;
  }

  /** How many times as quick, on average; a millisecond is as little as is measured. */
  @JsonProperty
  double factor() {
    return Math.max(1, naive.times().mean()) / Math.max(1, tuned.times().mean());
  }
}
