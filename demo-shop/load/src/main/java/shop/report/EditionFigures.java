package shop.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import shop.report.SimulationLog.Answer;

/**
 * One edition over all its endpoints.
 *
 * @param times of all answers
 * @param perSecond answers, from the first visitor to the last
 * @param statements a request, on average
 * @param withoutStatement share of requests that sent none: there was a cache, or nothing to ask
 * @param allocatedBytes a request, on average, of those that one thread answers
 * @param notModified share of all answers that were a 304
 */
record EditionFigures(
    Times times,
    long errors,
    double perSecond,
    double statements,
    double withoutStatement,
    double allocatedBytes,
    double notModified,
    Resources resources,
    List<CacheFigures> caches,
    List<CapacityFigures> capacity,
    Timeline timeline) {
  /** The tier that is asked first. */
  private static final String NEAR = "caffeine";

  static EditionFigures of(Measured run) {
    List<Answer> answers = run.visits().answers();
    Metrics before = run.before();
    Metrics after = run.after();
    double requests = after.since(before, "atalaya_statements_per_request_count");
    double all = after.since(before, "http_server_request_duration_seconds_count");
    return new EditionFigures(
        Times.of(answers.stream().map(Answer::millis).toList()),
        answers.stream().filter(answer -> !answer.ok()).count(),
        answers.size() * 1_000.0 / Math.max(1, run.ended() - run.began()),
        after.since(before, "atalaya_statements_per_request_sum") / requests,
        after.since(before, "atalaya_statements_per_request_bucket", "le", "0.0") / requests,
        after.since(before, "atalaya_request_allocated_bytes_sum")
            / after.since(before, "atalaya_request_allocated_bytes_count"),
        after.since(
                before,
                "http_server_request_duration_seconds_count",
                "http_response_status_code",
                "304")
            / all,
        Resources.of(run.steady()),
        CacheFigures.of(before, after),
        CapacityFigures.of(run.capacity()),
        Timeline.of(run));
  }

  /** Whether something is asked before the databases are. */
  @JsonProperty
  boolean cached() {
    return reads(NEAR) > 0;
  }

  /**
   * Share of reads that one of the tiers had: all but those that the last one had not either. 0
   * where nothing is asked before the databases: the naive edition keeps prices in Redis, which is
   * no cache.
   */
  @JsonProperty
  double hitRate() {
    long missed =
        caches.stream().filter(c -> !c.system().equals(NEAR)).mapToLong(c -> c.misses()).sum();
    return cached() ? Math.max(0, 1 - (double) missed / reads(NEAR)) : 0;
  }

  private long reads(String tier) {
    return caches.stream()
        .filter(cache -> cache.system().equals(tier))
        .mapToLong(cache -> cache.hits() + cache.misses())
        .sum();
  }
}
