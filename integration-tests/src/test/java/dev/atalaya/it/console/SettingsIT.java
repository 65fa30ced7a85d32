package dev.atalaya.it.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.atalaya.it.App;
import dev.atalaya.it.Findings;
import dev.atalaya.it.Otlp;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the forms of the pages change in a running application. */
final class SettingsIT {
  private static App app;

  @BeforeAll
  static void start() {
    app =
        App.main("app.FindingsApp")
            .release(17)
            .property("otel.service.name", "findings")
            .property("atalaya.console.token", "s3cret")
            .property("atalaya.slow.query.running", "20s")
            .libraries("com.zaxxer:HikariCP:7.1.0", "com.h2database:h2:2.5.252")
            .arguments("jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1", "sa")
            .agent(null)
            .start();
  }

  @AfterAll
  static void stop() {
    app.close();
  }

  @Test
  void a_problem_is_ignored_from_its_page_and_told_again() throws Exception {
    String fingerprint = Findings.twice(app, "findings", "/list").text("fingerprint");
    String problem = Findings.only(app, "GET /list", 2).text("problem");
    assertTrue(page("/problems/" + problem).contains("<button>Ignore it"));

    assertEquals(303, post("/ignore", "problem=" + problem).statusCode());
    assertTrue(page("/problems/" + problem).contains("<h2>Ignored</h2>"));
    double ignored = ignored();
    app.get("/list");
    assertTrue(Otlp.await(() -> ignored() > ignored));
    assertEquals(2, Findings.only(app, "GET /list", 2).occurrences());

    assertEquals(303, post("/ignore", "ignored=no&problem=" + problem).statusCode());
    app.get("/list");
    assertEquals(fingerprint, Findings.only(app, "GET /list", 3).text("fingerprint"));
  }

  @Test
  void a_live_option_is_changed_by_the_form_and_stands_there_as_a_line() throws Exception {
    String key = "atalaya.slow.query.threshold";
    assertTrue(page("/settings").contains("name=\"" + key + "\" value=\"500ms\""));
    assertEquals(401, post("/settings", key + "=2s", "wrong").statusCode());
    assertEquals(303, post("/settings", key + "=2s").statusCode());
    assertTrue(page("/settings").contains(">" + key + "=2s</pre>"));
    assertEquals("2s", setting(key).get("value").asText());

    HttpResponse<String> refused = post("/settings", key + "=soon");
    assertEquals(400, refused.statusCode());
    assertTrue(refused.body().contains("expects a duration"), refused.body());
    String fixed = "atalaya.slow.query.running";
    assertTrue(setting(fixed).get("fixed").asBoolean());
    assertEquals(400, post("/settings", fixed + "=1s").statusCode());
    assertTrue(page("/doctor").contains("h2-2.5.252.jar"));
  }

  private static double ignored() {
    return app.metrics().value("atalaya_verdicts_total", "verdict", "ignored");
  }

  private static JsonNode setting(String key) throws Exception {
    for (JsonNode one : new ObjectMapper().readTree(page("/api/settings")).get("settings")) {
      if (one.get("key").asText().equals(key)) return one;
    }
    throw new AssertionError("no " + key);
  }

  private static String page(String path) {
    HttpResponse<String> page = app.send(HttpRequest.newBuilder(uri(path)).build());
    assertEquals(200, page.statusCode(), page.body());
    return page.body();
  }

  private static HttpResponse<String> post(String path, String form) {
    return post(path, form, "s3cret");
  }

  private static HttpResponse<String> post(String path, String form, String token) {
    return app.send(
        HttpRequest.newBuilder(uri(path))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build());
  }

  private static URI uri(String path) {
    return URI.create("http://127.0.0.1:" + app.metricsPort() + path);
  }
}
