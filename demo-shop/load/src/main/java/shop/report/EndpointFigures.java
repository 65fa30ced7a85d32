package shop.report;

import java.util.List;
import shop.load.Endpoint;
import shop.report.SimulationLog.Answer;

/**
 * An endpoint in one edition, as the visitors saw it and as the agent did.
 *
 * @param times of all answers, wrong ones too
 * @param errors answers that were not as expected, or did not come
 * @param perSecond answers, from the first visitor to the last
 * @param grade of the 95th percentile
 * @param statements sent a request, on average: the route's, which two endpoints may share
 * @param withoutStatement share of the route's requests that sent none
 * @param allocatedBytes a request, on average, of the route; 0 where another thread answers
 * @param notModified share of the route's answers that were a 304
 * @param agentRequests what the agent counted of the route: as many as Gatling did
 */
record EndpointFigures(
    Times times,
    long errors,
    double perSecond,
    Grade grade,
    double statements,
    double withoutStatement,
    double allocatedBytes,
    double notModified,
    long agentRequests) {

  static EndpointFigures of(Endpoint endpoint, Measured run) {
    List<Answer> answers =
        run.visits().answers().stream()
            .filter(answer -> answer.name().equals(endpoint.title()))
            .toList();
    Times times = Times.of(answers.stream().map(Answer::millis).toList());
    Route route = new Route(endpoint, run.before(), run.after());
    return new EndpointFigures(
        times,
        answers.stream().filter(answer -> !answer.ok()).count(),
        times.count() * 1_000.0 / Math.max(1, run.ended() - run.began()),
        Grade.of(endpoint.kind(), times.p95()),
        route.perRequest("atalaya_statements_per_request"),
        route.share("atalaya_statements_per_request_bucket", "le", "0.0"),
        route.perRequest("atalaya_request_allocated_bytes"),
        route.notModified(),
        Math.round(route.requests()));
  }

  /** What the agent measured of a route while the visitors were there. */
  private record Route(Endpoint endpoint, Metrics before, Metrics after) {
    private static final String REQUESTS = "http_server_request_duration_seconds_count";

    double requests() {
      return after.since(
          before, REQUESTS, "http_route", endpoint.route(), "http_request_method", method());
    }

    double notModified() {
      double some =
          after.since(
              before,
              REQUESTS,
              "http_route",
              endpoint.route(),
              "http_request_method",
              method(),
              "http_response_status_code",
              "304");
      return ratio(some, requests());
    }

    double perRequest(String histogram) {
      return ratio(since(histogram + "_sum"), since(histogram + "_count"));
    }

    double share(String bucket, String label, String value) {
      String count = bucket.replace("_bucket", "_count");
      return ratio(
          after.since(before, bucket, "http_route", endpoint.route(), label, value), since(count));
    }

    private double since(String name) {
      return after.since(before, name, "http_route", endpoint.route());
    }

    private String method() {
      return endpoint.method();
    }

    private static double ratio(double some, double all) {
      return all == 0 ? 0 : some / all;
    }
  }
}
