package dev.atalaya.it.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.it.App;
import dev.atalaya.it.MatrixSource;
import dev.atalaya.it.Metrics;
import dev.atalaya.it.Otlp;
import dev.atalaya.it.Span;
import dev.atalaya.it.Trace;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.embedded.RedisServer;

/** Redis through the oldest and newest clients. */
final class RedisIT {
  @TempDir static Path folder;

  private static RedisServer redis;
  private static RedisServer cluster;
  private static Otlp otlp;

  @BeforeAll
  static void start() throws Exception {
    redis = RedisServer.newRedisServer().port(App.freePort()).setting("save ''").build();
    redis.start();
    // A node's bus port lies 10,000 above.
    int port = App.freePort();
    while (port > 55_000) {
      port -= 10_000;
    }
    cluster =
        RedisServer.newRedisServer()
            .port(port)
            .setting("save ''")
            .setting("cluster-enabled yes")
            .setting("cluster-config-file " + folder.resolve("nodes.conf"))
            .build();
    cluster.start();
    StringBuilder slots = new StringBuilder("CLUSTER ADDSLOTS");
    for (int slot = 0; slot < 16_384; slot++) {
      slots.append(' ').append(slot);
    }
    int node = port;
    command(node, slots.toString());
    assertTrue(
        Otlp.await(() -> command(node, "CLUSTER INFO").contains("cluster_state:ok")), "cluster");
    otlp = Otlp.http();
  }

  @AfterAll
  static void stop() throws Exception {
    otlp.close();
    redis.stop();
    cluster.stop();
  }

  @ParameterizedTest
  @CsvSource({
    "app.JedisApp, redis.clients:jedis:3.0.0",
    "app.JedisApp, redis.clients:jedis:8.0.2",
    "app.LettuceApp, io.lettuce:lettuce-core:5.0.0.RELEASE",
    "app.LettuceApp, io.lettuce:lettuce-core:7.7.0.RELEASE",
  })
  @MatrixSource("app.JedisApp, redis.clients:jedis:4.0.0")
  void each_command_is_one_span_with_its_key_pattern(String main, String library) {
    try (App app =
        App.main(main)
            .libraries(library)
            .arguments("" + redis.ports().get(0), "" + cluster.ports().get(0))
            .agent(otlp)
            .start()) {
      Span hit = call(app, "hit");
      assertEquals("GET", hit.name());
      assertEquals("redis", hit.get("db.system.name"));
      assertEquals("GET", hit.get("db.operation.name"));
      assertEquals("GET", hit.get("db.query.summary"));
      String text = hit.text("db.query.text");
      assertTrue(text.startsWith("GET user:") && !text.contains("1"), text);
      assertEquals("localhost", hit.get("server.address"));
      assertEquals((long) redis.ports().get(0), hit.get("server.port"));
      assertEquals("GET", call(app, "miss").name());
      Metrics metrics = app.metrics();
      for (String result : List.of("hit", "miss")) {
        assertEquals(
            1,
            metrics.value("cache_requests_total", "cache_system", "redis", "cache_result", result),
            () -> metrics.about("cache"));
      }

      Map<String, List<Span>> calls = calls(app, scenarios(main, library));
      assertEquals(List.of(), calls.get("nothing"));
      for (String get : List.of("unified", "async", "reactive", "connect")) {
        if (calls.containsKey(get)) assertEquals(List.of("GET"), names(calls.get(get)), get);
      }
      if (calls.containsKey("cluster")) {
        assertEquals(List.of("SET", "GET"), names(calls.get("cluster")));
      }
      assertEquals("SET", only(calls, "set").name());
      assertEquals("MGET", only(calls, "mget").name());
      Span error = only(calls, "error");
      assertEquals("LPUSH", error.name());
      assertTrue(error.error());
      assertEquals("WRONGTYPE", error.get("db.response.status_code"));
      assertNotNull(error.get("error.type"));
      Span pipeline = only(calls, "pipeline");
      assertEquals("PIPELINE", pipeline.name());
      assertEquals(3L, pipeline.get("db.operation.batch.size"));
      Span multi = only(calls, "multi");
      assertEquals("MULTI", multi.name());
      assertEquals(2L, multi.get("db.operation.batch.size"));

      assertFalse(otlp.received("CANARY"), "a value left the process in a trace");
      assertFalse(app.metrics().text().contains("CANARY"));
      assertFalse(app.agentLines().contains("CANARY"), app.agentLines());
    }
  }

  /** A handshake, as that of "connect", is the client's own. */
  private static List<String> scenarios(String main, String library) {
    List<String> scenarios =
        new ArrayList<>(List.of("set", "mget", "error", "nothing", "pipeline", "multi"));
    if (main.equals("app.LettuceApp")) {
      scenarios.addAll(List.of("async", "reactive", "connect"));
    } else {
      scenarios.add("cluster");
      if (!library.contains(":3.")) scenarios.add("unified");
    }
    return scenarios;
  }

  private static Span call(App app, String scenario) {
    return only(calls(app, List.of(scenario)), scenario);
  }

  private static Span only(Map<String, List<Span>> calls, String scenario) {
    List<Span> spans = calls.get(scenario);
    assertEquals(1, spans.size(), () -> scenario + ": " + new Trace(spans));
    return spans.get(0);
  }

  private static List<String> names(List<Span> spans) {
    return spans.stream().map(Span::name).toList();
  }

  /**
   * The calls of a request for each. All are sent before the first is looked at: where a client
   * leaves a timer behind, as Lettuce does, the agent waits for it for two seconds.
   */
  private static Map<String, List<Span>> calls(App app, List<String> scenarios) {
    Map<String, String> traces = new LinkedHashMap<>();
    for (String scenario : scenarios) {
      App.Answer answer = app.get("/redis?" + scenario);
      assertEquals(200, answer.status(), answer.body());
      traces.put(scenario, answer.traceId());
    }
    Map<String, List<Span>> calls = new HashMap<>();
    traces.forEach(
        (scenario, id) -> calls.put(scenario, otlp.trace(id).assertCallsInsideServer().database()));
    return calls;
  }

  /** The beginning of the reply. */
  private static String command(int port, String command) {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      String[] words = command.split(" ");
      StringBuilder request = new StringBuilder("*" + words.length + "\r\n");
      for (String word : words) {
        request.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
      }
      socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.US_ASCII));
      byte[] reply = new byte[4096];
      int length = socket.getInputStream().read(reply);
      return new String(reply, 0, Math.max(length, 0), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
