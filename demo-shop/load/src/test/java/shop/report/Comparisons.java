package shop.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import shop.load.Endpoint;
import shop.load.Size;
import shop.load.Throughput;
import shop.report.SimulationLog.Answer;

/** Comparisons for tests: each endpoint answered ten times in each edition. */
final class Comparisons {
  static final Plan PLAN = new Plan(Size.SMALL, 4, 8, 2, 6, 3);
  static final String EVIL = "<script>alert('x')</script> & \"quoted\"";
  private static final long SEEN = Instant.parse(Runs.SEEN).toEpochMilli();

  private Comparisons() {}

  /**
   * @param naiveMillis of each answer
   * @param tunedMillis of each answer
   */
  static Comparison of(long naiveMillis, long tunedMillis, JsonNode... tunedProblems) {
    Measured naive =
        measured(
            Edition.NAIVE,
            naiveMillis,
            "cache_requests_total{cache_system=\"redis\",cache_result=\"hit\"} 100\n",
            Runs.problem("n_plus_one", "warning", "GET /o", EVIL.replace("\"", "\\\"")),
            Runs.slow("GET /api/cart"));
    Measured tuned =
        measured(
            Edition.TUNED,
            tunedMillis,
            """
            cache_requests_total{cache_system="caffeine",cache_name="",cache_result="hit"} 80
            cache_requests_total{cache_system="caffeine",cache_name="",cache_result="miss"} 20
            cache_requests_total{cache_system="redis",cache_name="localhost",cache_result="hit"} 35
            cache_requests_total{cache_system="redis",cache_name="localhost",cache_result="miss"} 5
            """,
            tunedProblems);
    return Comparison.of(Machine.of(tuned), naive, tuned);
  }

  private static Measured measured(
      Edition edition, long millis, String caches, JsonNode... problems) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    all.addAll(List.of(problems));
    return new Measured(
        edition,
        PLAN,
        new SimulationLog("3.15.1", visits(millis)),
        Metrics.parse(""),
        Metrics.parse(caches + routes()),
        moments(),
        all,
        Runs.json("{\"version\":\"0.1.0\"}"),
        new SimulationLog("3.15.1", capacity()));
  }

  private static List<Answer> visits(long millis) {
    List<Answer> answers = new ArrayList<>();
    for (Endpoint endpoint : Endpoint.values()) {
      for (int i = 0; i < 10; i++) {
        long start = SEEN - 10_000 + 1_000 * i;
        answers.add(new Answer("", endpoint.title(), start, start + millis, true, ""));
      }
    }
    return answers;
  }

  private static String routes() {
    StringBuilder metrics = new StringBuilder();
    for (Endpoint endpoint : Endpoint.values()) {
      String route = "{http_route=\"" + endpoint.route() + "\"";
      String request =
          "http_server_request_duration_seconds_count"
              + route
              + ",http_request_method=\""
              + endpoint.method()
              + "\",http_response_status_code=\"";
      metrics.append(request).append("200\"} 6\n").append(request).append("304\"} 4\n");
      metrics.append("atalaya_statements_per_request_sum").append(route).append("} 30\n");
      metrics.append("atalaya_statements_per_request_count").append(route).append("} 10\n");
      metrics.append("atalaya_statements_per_request_bucket").append(route);
      metrics.append(",le=\"0.0\"} 5\n");
      metrics.append("atalaya_request_allocated_bytes_sum").append(route).append("} 20480\n");
      metrics.append("atalaya_request_allocated_bytes_count").append(route).append("} 10\n");
    }
    return metrics.toString();
  }

  /** Half a processor for the shop, a quarter for its databases; each second a little garbage. */
  private static List<Moment> moments() {
    List<Moment> moments = new ArrayList<>();
    for (int second = 0; second <= 10; second++) {
      double heap = second % 3 == 2 ? 200e6 : 300e6;
      long at = SEEN - 10_000 + 1_000L * second;
      moments.add(
          new Moment(
              at,
              second * 0.5,
              second * 0.25,
              second * 0.1,
              Double.NaN,
              second % 5,
              10,
              0,
              heap,
              800e6));
    }
    return moments;
  }

  /** A hundred answers a second of each kind, for two seconds. */
  private static List<Answer> capacity() {
    List<Answer> answers = new ArrayList<>();
    for (Throughput kind : Throughput.values()) {
      for (int i = 0; i < 200; i++) {
        answers.add(new Answer(kind.title(), "GET /", i * 10L, i * 10L + 10, true, ""));
      }
    }
    return answers;
  }
}
