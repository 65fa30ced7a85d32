package dev.atalaya.it.findings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.atalaya.it.App;
import dev.atalaya.it.Finding;
import dev.atalaya.it.Findings;
import dev.atalaya.it.Sources;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import redis.embedded.RedisServer;

/** Loops over Redis and over HTTP, and what asks for many at once. */
final class RemoteFindingsIT {
  private static RedisServer redis;
  private static App jedis;
  private static App lettuce;

  @BeforeAll
  static void start() throws Exception {
    redis = RedisServer.newRedisServer().port(App.freePort()).setting("save ''").build();
    redis.start();
    jedis =
        launch("app.JedisLoopsApp")
            .libraries(
                "redis.clients:jedis:8.0.2",
                "com.zaxxer:HikariCP:7.1.0",
                "com.h2database:h2:2.5.252")
            .arguments("" + redis.ports().get(0))
            .start();
    lettuce =
        launch("app.LettuceLoopsApp")
            .libraries("io.lettuce:lettuce-core:7.7.0.RELEASE")
            .arguments("" + redis.ports().get(0))
            .start();
  }

  @AfterAll
  static void stop() throws Exception {
    lettuce.close();
    jedis.close();
    redis.stop();
  }

  private static App.Launch launch(String main) {
    return App.main(main).release(17).property("otel.service.name", "remote").agent(null);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "Jedis, /reads, n_plus_one_cache, GET, GET user:{}:name, reads, reads",
    "Jedis, /writes, n_plus_one_write, SET, SET seen:{}, writes, writes",
    "Lettuce, /reads, n_plus_one_cache, GET, GET user:{}:name, reads, reads",
    "Lettuce, /async_reads, n_plus_one_cache, GET, GET user:{}:name, asyncReads, async reads",
    "Lettuce, /writes, n_plus_one_write, SET, SET seen:{}, writes, writes",
  })
  void a_command_per_key_is_found(
      String client,
      String path,
      String kind,
      String command,
      String text,
      String method,
      String mark) {
    App app = client.equals("Jedis") ? jedis : lettuce;
    Finding finding =
        Findings.twice(app, "remote", path)
            .has("kind", kind, "operation.system", "redis", "operation.summary", command)
            .has("cause", null)
            .counts(20)
            .distinct(1)
            .calledFrom("app." + client + "LoopsApp." + method, mark)
            .severity("warning", "critical");
    assertEquals(text, finding.text("operation.text"));
    if (!path.equals("/async_reads")) {
      finding.has("operation.execution", "sequential");
    }
    if (command.equals("GET")) {
      finding.has("operation.hit_ratio", 1).suggests("MGET");
    } else {
      finding.suggests("pipeline");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Jedis", "Lettuce"})
  void the_line_that_read_many_values_is_the_cause(String client) {
    Finding finding =
        Findings.twice(client.equals("Jedis") ? jedis : lettuce, "remote", "/details")
            .has("operation.text", "HGETALL cart:{}")
            .cause("MGET user:{}:name", 20);
    String app = "app." + client + "LoopsApp";
    finding.has(
        "cause.call_site.function",
        app + ".details",
        "cause.call_site.line",
        Sources.line(app, "names"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Jedis", "Lettuce"})
  void the_line_that_read_the_members_of_a_set_is_the_cause(String client) {
    String app = "app." + client + "LoopsApp";
    Findings.twice(client.equals("Jedis") ? jedis : lettuce, "remote", "/team")
        .has("operation.text", "GET user:{}:name")
        .cause("SMEMBERS team", 12)
        .has(
            "cause.call_site.function",
            app + ".team",
            "cause.call_site.line",
            Sources.line(app, "team"));
  }

  @Test
  void the_same_key_again_and_again_is_a_duplicate() {
    Findings.twice(jedis, "remote", "/same_key")
        .has("kind", "duplicate_query", "operation.system", "redis", "operation.summary", "GET")
        .counts(12)
        .distinct(1 / 12.0)
        .calledFrom("app.JedisLoopsApp.sameKey", "same key");
  }

  @Test
  void many_keys_at_once_are_right() {
    for (App app : List.of(jedis, lettuce)) {
      for (String path : List.of("/mget", "/pipeline", "/multi")) {
        get(app, path);
      }
    }
    get(jedis, "/nine");
    get(jedis, "/half_aside");
    get(lettuce, "/reads");
    Findings.only(jedis, "GET /half_aside", 1);
    Findings.only(lettuce, "GET /reads", 1);
    for (App app : List.of(jedis, lettuce)) {
      for (String path : List.of("/mget", "/pipeline", "/multi", "/nine")) {
        assertEquals(List.of(), Findings.of(app).at("GET " + path));
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"/aside, 0, 20", "/half_aside, 0.5, 10"})
  void a_cache_beside_the_database_is_one_finding(String path, double hitRatio, int misses) {
    get(jedis, path);
    Finding finding =
        Findings.only(jedis, "GET " + path, 1)
            .has("kind", "n_plus_one_cache", "operation.system", "redis")
            .has("operation.summary", "GET", "operation.text", "GET product:{}")
            .has("operation.hit_ratio", hitRatio, "cause", null)
            .counts(20)
            .distinct(1)
            .calledFrom("app.JedisLoopsApp.aside", "aside get")
            .severity("warning", "critical");
    assertEquals(
        List.of("SELECT product", "SET"),
        finding.children().stream().map(child -> child.text("summary")).sorted().toList(),
        finding::toString);
    for (Finding child : finding.children()) {
      boolean select = child.text("summary").startsWith("SELECT");
      child
          .has("count_typical", misses, "count_max", misses)
          .has("text", select ? "SELECT name FROM product WHERE id = ?" : "SET product:{}")
          .calledFrom("app.JedisLoopsApp.aside", select ? "aside select" : "aside set");
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "app.UrlConnectionApp, ''",
    "app.JdkClientApp, ''",
    "app.Apache5App, org.apache.httpcomponents.client5:httpclient5:5.6.5",
    "app.Apache4AsyncApp, org.apache.httpcomponents:httpasyncclient:4.1.5",
    "app.Apache5MinimalApp, org.apache.httpcomponents.client5:httpclient5:5.6.5",
    "app.JettyClient12App, org.eclipse.jetty:jetty-client:12.1.14",
    "app.OkHttpApp, com.squareup.okhttp3:okhttp-jvm:5.5.1",
  })
  void a_request_per_article_is_found(String main, String library) {
    App.Launch launch = launch(main);
    if (!library.isEmpty()) {
      launch.libraries(library);
    }
    try (App app = launch.start()) {
      get(app, "/small_basket");
      get(app, "/missing_articles");
      Finding finding =
          Findings.twice(app, "remote", "/basket")
              .has("kind", "n_plus_one_http", "operation.system", "http")
              .has("operation.text", "GET http://localhost:" + app.port() + "/stock/{}")
              .has("operation.execution", "sequential")
              .has("cause", null)
              .counts(12)
              .distinct(1)
              .calledFrom(main + ".get", "get")
              .severity("warning", "critical")
              // Reading the answer is not a part of the call: what lies between may be longer.
              .confidence(0.55, 0.75);
      int caller = Sources.line("app.Client", "basket");
      assertTrue(
          stack(finding).contains("app.Client.basket Client.java:" + caller), finding::toString);
      assertEquals(List.of(), Findings.of(app).at("GET /small_basket"));
      assertEquals(List.of(), Findings.of(app).at("GET /missing_articles"));
      assertEquals(
          1,
          app.metrics().value("atalaya_verdicts_total", "verdict", "retry_storm"),
          () -> app.metrics().about("atalaya_verdicts"));
      Findings.twice(app, "remote", "/same_article")
          .has("kind", "duplicate_query", "operation.system", "http")
          .counts(6)
          .distinct(1 / 6.0)
          .calledFrom(main + ".get", "get")
          .suggests("cache");
      assertEquals(List.of(), Findings.of(app).at("GET /stock/"));
      finding.suggests("bulk");
    }
  }

  private static String stack(Finding finding) {
    List<String> frames = new java.util.ArrayList<>();
    for (JsonNode frame : finding.at("call_site.stack")) {
      frames.add(
          frame.path("function").asText()
              + " "
              + frame.path("file").asText()
              + ":"
              + frame.path("line").asInt());
    }
    return frames.stream().collect(Collectors.joining(", "));
  }

  private static void get(App app, String path) {
    App.Answer answer = app.get(path);
    assertEquals(200, answer.status(), answer.body());
  }
}
