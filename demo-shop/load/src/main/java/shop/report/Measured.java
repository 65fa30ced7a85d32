package shop.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * What one edition's run left to be looked at.
 *
 * @param visits the visitors' answers
 * @param before the agent's metrics when they came
 * @param after the same when they had left
 * @param moments of the time between
 * @param problems the agent's, when they had left
 * @param capacity answers of the phases that ask as fast as they are answered
 */
record Measured(
    Edition edition,
    Plan plan,
    SimulationLog visits,
    Metrics before,
    Metrics after,
    List<Moment> moments,
    JsonNode problems,
    JsonNode doctor,
    SimulationLog capacity) {

  /** When the first visitor came, in milliseconds since 1970. */
  long began() {
    return visits.answers().stream().mapToLong(SimulationLog.Answer::start).min().orElse(0);
  }

  /** When the last one had the last answer. */
  long ended() {
    return visits.answers().stream().mapToLong(SimulationLog.Answer::end).max().orElse(0);
  }

  /** The moments at the full rate: after the ramp, as long as visitors keep coming. */
  List<Moment> steady() {
    long from = began() + plan.rampSeconds() * 1_000L;
    long to = from + plan.seconds() * 1_000L;
    return moments.stream().filter(moment -> moment.at() >= from && moment.at() <= to).toList();
  }
}
