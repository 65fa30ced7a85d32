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
  @Test
  void a_server_that_nothing_is_seen_of_does_not_look_healthy() throws Exception {
    String unseen = "0 requests seen; Netty is loaded";
    int port = App.freePort();
    try (App app = vertx().start()) {
      assertEquals("unseen", app.plain("/").body());
      attach(app, port);
      assertTrue(Otlp.await(() -> isUp(port)));
      String page = Program.get("http://127.0.0.1:" + port + "/").body();
      assertTrue(page.contains(unseen), page);
      assertFalse(page.contains("None so far."), page);
      JsonNode seen = doctor(port).get("seen");
      assertEquals(unseen, seen.get("summary").asText());
      assertEquals("Netty", seen.at("/no_request_of/0").asText());
    }
  }

  @Test
  void a_server_whose_routes_are_not_known_is_named() throws Exception {
    int port = App.freePort();
    try (App app =
        vertx().agent(null).property("otel.exporter.prometheus.port", "" + port).start()) {
      assertEquals("unseen", app.plain("/").body());
      String unrouted = "1 request seen; route unknown: Netty";
      assertTrue(
          Otlp.await(
              () -> Program.get("http://127.0.0.1:" + port + "/").body().contains(unrouted)));
      JsonNode seen = doctor(port).get("seen");
      assertEquals(unrouted, seen.get("summary").asText());
      assertEquals("Netty", seen.at("/route_unknown/0").asText());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_library_in_a_version_that_is_not_supported_is_named(boolean attached) throws Exception {
    App.Launch launch = App.main("app.OldJedisApp").libraries("redis.clients:jedis:2.10.2");
    int port = App.freePort();
    try (App app =
        (attached
                ? launch
                : launch.agent(null).property("otel.exporter.prometheus.port", "" + port))
            .start()) {
      assertEquals("refused", app.plain("/ping").body());
      if (attached) attach(app, port);
      assertTrue(Otlp.await(() -> isUp(port)));
      JsonNode unfit = doctor(port).get("version_not_supported");
      assertEquals(1, unfit.size(), unfit::toString);
      assertEquals("jedis", unfit.at("/0/instrumentation").asText());
      assertEquals("jedis-2.10.2.jar", unfit.at("/0/library").asText());
      assertEquals("2.10.2", unfit.at("/0/version").asText());
      assertEquals("Jedis 3.0.0 to 8.0.2", unfit.at("/0/tested").asText());
      String lines = app.agentLines();
      assertEquals(1, lines.split("version not supported", -1).length - 1, lines);
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
      JsonNode report = doctor(port);
      assertTrue(report.get("version_not_supported").isEmpty(), report::toString);
      JsonNode seen = report.get("seen");
      assertEquals(3, seen.get("requests").asInt(), seen::toString);
      assertTrue(seen.get("statements").asInt() >= 3, seen::toString);
      assertTrue(seen.get("summary").asText().startsWith("3 requests, "), seen::toString);
      assertTrue(Program.get("http://127.0.0.1:" + port + "/").body().contains("None so far."));
    }
  }

  /** What the agent sees of it is what Netty tells. */
  private static App.Launch vertx() {
    return App.main("app.UnseenApp").libraries("io.vertx:vertx-core:4.5.14").release(11);
  }

  private static void attach(App app, int port) {
    App attach =
        App.jar(App.agentJar())
            .arguments("attach", "" + app.pid(), "otel.exporter.prometheus.port=" + port)
            .launch();
    assertEquals(0, attach.join(), attach::errors);
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
