package dev.atalaya.it.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.atalaya.it.App;
import dev.atalaya.it.Otlp;
import dev.atalaya.it.Shop;
import dev.atalaya.it.Span;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The demo shop's log and its catalogue of errors, which know the agent by the log's context. */
final class ShopLogIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void log_line_and_error_of_a_request_name_its_trace() throws Exception {
    try (Otlp otlp = Otlp.http();
        App shop = Shop.launch().agent(otlp).start()) {
      App.Answer broken = shop.get("/api/broken");
      assertEquals(500, broken.status(), broken.body());
      Span server = otlp.trace(broken.traceId()).server();

      assertTrue(Otlp.await(() -> shop.output().contains(broken.traceId())), shop.output());
      List<JsonNode> errors = new ArrayList<>(lines(shop));
      errors.removeIf(line -> !line.at("/log/level").asText().equals("ERROR"));
      assertEquals(1, errors.size(), errors::toString);
      JsonNode line = errors.get(0);
      assertEquals("java.lang.IllegalStateException", line.at("/error/type").asText());
      assertEquals(broken.traceId(), line.path("trace_id").asText(), line::toString);
      assertEquals(server.spanId(), line.path("span_id").asText(), line::toString);
      assertEquals("/api/broken", line.at("/http/route").asText(), line::toString);

      JsonNode error = JSON.readTree(shop.plain("/api/errors").body()).at("/errors/0");
      assertEquals("GET /api/broken", error.path("entry").asText(), error::toString);
      assertEquals(
          "http://localhost:16686/trace/" + broken.traceId(),
          error.at("/traces/0/url").asText(),
          error::toString);
    }
  }

  /** All that was printed is JSON, but for the one line that scripts wait for. */
  private static List<JsonNode> lines(App shop) throws Exception {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : shop.output().split("\n")) {
      if (!line.equals("The shop is open at http://localhost:" + shop.port() + "/")) {
        lines.add(JSON.readTree(line));
      }
    }
    return lines;
  }
}
