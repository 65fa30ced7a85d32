package shop.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** What the agent in a shop tells over HTTP. */
final class AgentPort {
  private static final int SECONDS = 10;

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI metrics;

  /** The agent writes its address into the application's log. */
  AgentPort(ShopProcess shop) throws IOException, InterruptedException {
    this.metrics = URI.create(shop.await("metrics at (http://[\\w.:/-]+)", SECONDS));
  }

  Metrics metrics() throws IOException, InterruptedException {
    return Metrics.parse(get(metrics));
  }

  JsonNode problems() throws IOException, InterruptedException {
    return new ObjectMapper().readTree(get(metrics.resolve("/api/problems")));
  }

  /** What it says of itself. */
  JsonNode doctor() throws IOException, InterruptedException {
    return new ObjectMapper().readTree(get(metrics.resolve("/api/doctor")));
  }

  private String get(URI uri) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(uri + " answers " + answer.statusCode());
    }
    return answer.body();
  }
}
