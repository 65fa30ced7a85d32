package dev.atalaya.it.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.atalaya.it.App;
import dev.atalaya.it.Jvms;
import dev.atalaya.it.Otlp;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What an application works on at the moment, on threads of both kinds. */
final class RunningIT {
  private static Console console;

  @BeforeAll
  static void start() {
    console =
        Console.of(
            App.main("app.SlowApp")
                .jvm(Jvms.of(25))
                .release(17)
                .libraries("com.zaxxer:HikariCP:7.1.0", "com.h2database:h2:2.5.252")
                .arguments("jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1", "sa"));
  }

  @AfterAll
  static void stop() {
    console.close();
  }

  @Test
  void a_request_shows_its_statement_and_its_line_while_it_runs() throws Exception {
    CompletableFuture<App.Answer> request =
        CompletableFuture.supplyAsync(() -> console.app().get("/running_query?3000"));
    JsonNode running = calling("GET /running_query");
    assertEquals("web", running.get("thread").asText());
    assertShown(running);
    String page = console.page("running");
    assertTrue(page.contains("GET /running_query<small>web, "), page);
    assertEquals(200, request.get().status());
    assertTrue(Otlp.await(() -> active().isEmpty()), () -> active().toString());
  }

  @Test
  void a_virtual_thread_is_seen_as_well() throws Exception {
    CompletableFuture<App.Answer> request =
        CompletableFuture.supplyAsync(() -> console.app().get("/virtual_query?3000"));
    JsonNode running = calling("GET /virtual_query");
    assertTrue(running.get("thread").asText().matches("#\\d+"), running::toString);
    assertShown(running);
    assertEquals(200, request.get().status());
  }

  private static void assertShown(JsonNode running) {
    assertEquals("SELECT payment", running.at("/call/name").asText(), running::toString);
    assertTrue(running.at("/call/text").asText().contains("name <> ?"), running::toString);
    assertEquals("app.SlowApp.query", running.at("/call_site/function").asText());
    assertTrue(running.get("age_ms").asDouble() >= running.at("/call/age_ms").asDouble());
    assertEquals(32, running.get("trace_id").asText().length());
  }

  /** The thread that works on it and waits for the database. */
  private static JsonNode calling(String entryPoint) {
    JsonNode[] found = new JsonNode[1];
    boolean seen =
        Otlp.await(
            () -> {
              for (JsonNode one : active()) {
                boolean calls = one.at("/call/name").asText().equals("SELECT payment");
                if (calls && one.get("entry_point").asText().equals(entryPoint)) found[0] = one;
              }
              return found[0] != null;
            });
    assertTrue(seen, () -> active().toString());
    return found[0];
  }

  private static JsonNode active() {
    return console.api("active");
  }
}
