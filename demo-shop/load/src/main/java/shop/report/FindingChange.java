package shop.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A finding before and after: null where an edition has none like it.
 *
 * @param naive the finding of the naive edition
 * @param tuned that of the tuned one
 */
record FindingChange(Finding naive, Finding tuned) {
  private static final List<String> SEVERITIES = List.of("critical", "warning", "info");

  /** Those that were seen while the visitors were there, the worst first. */
  static List<FindingChange> between(Measured naive, Measured tuned) {
    return between(seen(naive.findings(), naive.began()), seen(tuned.findings(), tuned.began()));
  }

  static List<FindingChange> between(List<Finding> naive, List<Finding> tuned) {
    List<FindingChange> changes = new ArrayList<>();
    List<Finding> left = new ArrayList<>(tuned);
    for (Finding before : naive) {
      Finding after = left.stream().filter(before::like).findFirst().orElse(null);
      left.remove(after);
      changes.add(new FindingChange(before, after));
    }
    left.forEach(after -> changes.add(new FindingChange(null, after)));
    changes.sort(
        Comparator.comparingInt((FindingChange change) -> rank(change.worst()))
            .thenComparing(change -> -change.worst().costMillis()));
    return changes;
  }

  static List<Finding> seen(JsonNode findings, long since) {
    // The agent tells whole seconds.
    Instant from = Instant.ofEpochSecond(since / 1_000);
    List<Finding> seen = new ArrayList<>();
    for (JsonNode json : findings) {
      Finding finding = Finding.of(json);
      if (!finding.lastSeen().isBefore(from)) {
        seen.add(finding);
      }
    }
    return seen;
  }

  /** Was there, and is no more. */
  @JsonProperty
  boolean gone() {
    return tuned == null;
  }

  private Finding worst() {
    return naive == null ? tuned : naive;
  }

  private static int rank(Finding finding) {
    return SEVERITIES.indexOf(finding.severity());
  }
}
