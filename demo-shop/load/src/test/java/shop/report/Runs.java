package shop.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Problems for tests. */
final class Runs {
  static final String SEEN = "2026-01-31T10:05:00Z";

  private Runs() {}

  static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As the agent tells it. */
  static JsonNode problem(String kind, String severity, String entryPoint, String summary) {
    return json(
        """
        {"problem":"p1-%1$s-%4$s","kind":"%1$s","severity":"%2$s",
         "entry_points":[%3$s],
         "last_seen":"%5$s","occurrences":37,
         "operation":{"summary":"%4$s","count_typical":20,"wasted_ms_p95":91.5},
         "call_site":{"function":"shop.naive.NaiveOrderHistory.view","file":"NaiveOrderHistory.java","line":51,"stack":[{"function":"shop.naive.NaiveOrderHistory.view","file":"NaiveOrderHistory.java","line":51},{"function":"shop.naive.NaiveOrderHistory.views","file":"NaiveOrderHistory.java","line":43},{"function":"shop.web.OrderController.list","file":"OrderController.java","line":26}]},
         "children":[{"summary":"SELECT products","count_typical":60}],
         "suggestion":"JOIN FETCH o.lines"}
        """
            .formatted(kind, severity, entryPoints(entryPoint), summary, SEEN));
  }

  static JsonNode slow(String entryPoint) {
    return json(
        """
        {"problem":"p1-slow","kind":"slow_request","severity":"critical","entry_points":[%s],
         "last_seen":"%s","occurrences":2,"operation":null,"call_site":null,
         "children":[],"suggestion":"Begin with SELECT","slow":{"duration_ms":1234.5}}
        """
            .formatted(entryPoints(entryPoint), SEEN));
  }

  /** Of a list with commas. */
  private static String entryPoints(String all) {
    return Stream.of(all.split(", "))
        .map("{\"entry_point\":\"%s\"}"::formatted)
        .collect(Collectors.joining(","));
  }

  static List<Problem> problems(JsonNode... all) {
    return List.of(all).stream().map(Problem::of).toList();
  }
}
