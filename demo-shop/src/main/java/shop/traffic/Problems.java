package shop.traffic;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * What the agent says is to be mended, what wastes most first.
 *
 * <p>{@code java -jar demo-shop.jar --problems=http://localhost:9464}
 */
public final class Problems {
  private static final int WIDTH = 100;

  private Problems() {}

  public static void main(String url) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/api/problems")).build();
    String body = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    JsonNode problems = new ObjectMapper().readTree(body);
    System.out.println("What the agent found, " + problems.size() + " things to mend:");
    problems.forEach(Problems::print);
  }

  private static void print(JsonNode problem) {
    System.out.println();
    String what = title(problem.get("kind").asString());
    if (!problem.get("operation").isNull()) what += ": " + operation(problem.get("operation"));
    for (JsonNode child : problem.get("children")) what += ", " + operation(child);
    if (problem.has("slow")) what += " " + problem.at("/slow/duration_ms").asString() + " ms";
    print(what + ", " + problem.get("wasted_seconds").asString() + " s wasted", "");
    JsonNode cause = problem.get("cause");
    if (!cause.isNull()) {
      print("after " + cause.get("rows_typical").asString() + " rows of " + brief(cause), "    ");
    }
    if (!problem.get("call_site").isNull()) print("at " + line(problem.get("call_site")), "    ");
    print("-> " + problem.get("suggestion").asString(), "    ");
    StringJoiner places = new StringJoiner(", ", "in ", "");
    problem.get("entry_points").forEach(one -> places.add(one.get("entry_point").asString()));
    print(places.toString(), "    ");
  }

  /** {@code N+1 calls} of {@code n_plus_one_http}. */
  private static String title(String kind) {
    String words = kind.replace("n_plus_one", "N+1").replace('_', ' ').replace("http", "calls");
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }

  private static String operation(JsonNode operation) {
    int count = operation.get("count_typical").asInt();
    return operation.get("brief").asString() + (count > 1 ? " x" + count : "");
  }

  /** Without the columns. */
  private static String brief(JsonNode cause) {
    return cause.get("text").asString().replaceFirst("(?is)^(select) .*? (from )", "$1 ... $2");
  }

  private static String line(JsonNode site) {
    return "%s(%s:%s)"
        .formatted(
            site.get("function").asString(),
            site.get("file").asString(),
            site.get("line").asString());
  }

  private static void print(String text, String indent) {
    String rest = text;
    String before = indent;
    while (before.length() + rest.length() > WIDTH) {
      int cut = rest.lastIndexOf(' ', WIDTH - before.length());
      if (cut <= 0) break;
      System.out.println(before + rest.substring(0, cut));
      rest = rest.substring(cut + 1);
      before = indent + "   ";
    }
    System.out.println(before + rest);
  }
}
