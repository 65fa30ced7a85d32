package dev.atalaya.it.findings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.atalaya.it.App;
import dev.atalaya.it.Otlp;
import dev.atalaya.it.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is seen is said, and so is what is not. */
final class UnseenIT {
  private static final String UNSEEN = "0 requests seen; Vert.x is loaded and not instrumented yet";

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_server_that_nothing_is_seen_of_does_not_look_healthy(boolean attached) throws Exception {
    App.Launch launch =
        App.main("app.UnseenApp").libraries("io.vertx:vertx-core:4.5.14").release(11);
    int port = App.freePort();
    try (App app =
        (attached
                ? launch
                : launch.agent(null).property("otel.exporter.prometheus.port", "" + port))
            .start()) {
      assertEquals("unseen", app.plain("/").body());
      if (attached) {
        App attach =
            App.jar(App.agentJar())
                .arguments("attach", "" + app.pid(), "otel.exporter.prometheus.port=" + port)
                .launch();
        assertEquals(0, attach.join(), attach::errors);
      }
      assertTrue(Otlp.await(() -> isUp(port)));
      String page = Program.get("http://127.0.0.1:" + port + "/").body();
      assertTrue(page.contains(UNSEEN), page);
      assertFalse(page.contains("None."), page);
      JsonNode seen = doctor(port).get("seen");
      assertEquals(UNSEEN, seen.get("summary").asText());
      assertEquals("Vert.x", seen.at("/not_instrumented/0").asText());
    }
  }

  @Test
  void what_was_seen_is_counted() throws Exception {
    int port = App.freePort();
    try (App app =
        App.main("app.JdbcApp")
            .libraries("com.h2database:h2:1.4.200")
            .arguments("jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1", "plain")
            .agent(null)
            .property("otel.exporter.prometheus.port", "" + port)
            .start()) {
      for (int i = 0; i < 3; i++) assertEquals(200, app.get("/jdbc?prepared").status());
      JsonNode seen = doctor(port).get("seen");
      assertEquals(3, seen.get("requests").asInt(), seen::toString);
      assertTrue(seen.get("statements").asInt() >= 3, seen::toString);
      assertTrue(seen.get("summary").asText().startsWith("3 requests, "), seen::toString);
      assertTrue(Program.get("http://127.0.0.1:" + port + "/").body().contains("None."));
    }
  }

  private static boolean isUp(int port) {
    try {
      return Program.get("http://127.0.0.1:" + port + "/").statusCode() == 200;
    } catch (IllegalStateException notYet) {
      return false;
    }
  }

  private static JsonNode doctor(int port) throws Exception {
    String report = Program.get("http://127.0.0.1:" + port + "/api/doctor").body();
    return new ObjectMapper().readTree(report);
  }
}
