package dev.atalaya.it.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.it.App;
import dev.atalaya.it.Findings;
import dev.atalaya.it.MatrixSource;
import dev.atalaya.it.Metrics;
import dev.atalaya.it.Otlp;
import dev.atalaya.it.Span;
import dev.atalaya.it.Trace;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many nodes of Redis that are one datasource: a cluster, and a master with its replica. */
final class RedisNodesIT {
  private static RedisNodes cluster;
  private static Otlp otlp;

  @BeforeAll
  static void start() throws Exception {
    cluster = RedisNodes.cluster();
    otlp = Otlp.http();
  }

  @AfterAll
  static void stop() throws Exception {
    otlp.close();
    cluster.close();
  }

  private static App start(String main, String library, String kind, Object ports) {
    return App.main(main)
        .libraries(library)
        .arguments(kind, "" + ports)
        .property("otel.service.name", "remote")
        // A first request on a busy machine takes its time.
        .nothingIsSlow()
        .agent(otlp)
        .start();
  }

  @ParameterizedTest
  @CsvSource({
    "app.JedisNodesApp, redis.clients:jedis:3.0.0, 1",
    "app.JedisNodesApp, redis.clients:jedis:8.0.2, 5",
    "app.LettuceNodesApp, io.lettuce:lettuce-core:5.0.0.RELEASE, 6",
    "app.LettuceNodesApp, io.lettuce:lettuce-core:7.7.0.RELEASE, 7",
  })
  @MatrixSource({
    "app.JedisNodesApp, redis.clients:jedis:4.0.0, 2",
    "app.JedisNodesApp, redis.clients:jedis:5.2.0, 3",
    "app.JedisNodesApp, redis.clients:jedis:7.0.0, 4",
  })
  void a_loop_over_a_cluster_is_one_operation(String main, String library, int moving) {
    List<Integer> ports = IntStream.range(0, 3).mapToObj(i -> cluster.node(i).port()).toList();
    String seeds = ports.stream().map(String::valueOf).collect(Collectors.joining(","));
    String first = ports.stream().map(String::valueOf).min(String::compareTo).orElseThrow();
    String key = "user:" + moving + ":name";
    int to = (cluster.owner(cluster.slot(key)) + 1) % 3;
    try (App app = start(main, library, "cluster", seeds)) {
      assertReads(app, first, Set.copyOf(ports));
      cluster.move(key, to);
      assertReads(app, first, Set.copyOf(ports));
      cluster.moved(key, to);
      assertReads(app, first, Set.copyOf(ports));
      Findings.only(app, "GET /reads", 3)
          .has("kind", "n_plus_one_cache", "operation.system", "redis")
          .has("operation.text", "GET user:{}:name", "operation.summary", "GET")
          .has("operation.hit_ratio", 1, "operation.execution", "sequential", "cause", null)
          .counts(20)
          .distinct(1)
          .calledFrom(main + ".name", "get")
          .suggests("MGET");
      if (main.equals("app.JedisNodesApp") && !library.contains(":3.")) {
        Span pipeline = only(calls(app, "/pipeline"));
        assertEquals("PIPELINE", pipeline.name());
        assertEquals(20L, pipeline.get("db.operation.batch.size"));
        assertEquals(Long.valueOf(first), pipeline.get("server.port"));
        assertFalse(pipeline.error());
      }
      Metrics metrics = app.metrics();
      Set<String> servers = new TreeSet<>();
      for (Metrics.Sample sample : metrics.of("db_client_operation_duration_seconds_count")) {
        servers.add(
            sample.labels().get("server_address") + " " + sample.labels().get("server_port"));
      }
      assertEquals(
          1, servers.size(), () -> metrics.about("db_client_operation_duration_seconds_count"));
      assertFalse(otlp.received("CANARY"), "a value left the process in a trace");
    }
  }

  private static void assertReads(App app, String seed, Set<Integer> ports) {
    List<Span> spans = calls(app, "/reads");
    assertEquals(20, spans.size(), () -> "" + new Trace(spans));
    Set<Integer> nodes = new TreeSet<>();
    for (Span span : spans) {
      assertEquals("GET", span.name());
      assertFalse(span.error(), span::toString);
      assertEquals("127.0.0.1", span.get("server.address"));
      assertEquals(Long.valueOf(seed), span.get("server.port"));
      assertEquals("127.0.0.1", span.get("network.peer.address"));
      nodes.add(((Long) span.get("network.peer.port")).intValue());
    }
    assertTrue(ports.containsAll(nodes) && nodes.size() > 1, () -> "nodes " + nodes);
  }

  @ParameterizedTest
  @CsvSource({
    "app.JedisNodesApp, redis.clients:jedis:3.0.0",
    "app.JedisNodesApp, redis.clients:jedis:8.0.2",
    "app.LettuceNodesApp, io.lettuce:lettuce-core:5.0.0.RELEASE",
    "app.LettuceNodesApp, io.lettuce:lettuce-core:7.7.0.RELEASE",
  })
  void a_loop_over_two_masters_is_one_operation(String main, String library) throws Exception {
    try (RedisNodes watched = RedisNodes.watched();
        App app = start(main, library, "watched", watched.node(2).port())) {
      List<Span> spans = calls(app, "/failover");
      assertEquals(20, spans.size(), () -> "" + new Trace(spans));
      Set<Object> servers = new TreeSet<>();
      for (Span span : spans) {
        assertEquals("GET", span.name());
        servers.add(span.get("server.port"));
      }
      assertEquals(2, servers.size(), () -> "" + new Trace(spans));
      Findings.only(app, "GET /failover", 1)
          .has("kind", "n_plus_one_cache", "operation.text", "GET user:{}:name")
          .counts(20)
          .distinct(1)
          .calledFrom(main + ".failover", "watched");
      assertTrue(Findings.of(app).all().size() == 1, () -> "" + Findings.of(app));
    }
  }

  private static Span only(List<Span> spans) {
    assertEquals(1, spans.size(), () -> "" + new Trace(spans));
    return spans.get(0);
  }

  private static List<Span> calls(App app, String path) {
    App.Answer answer = app.get(path);
    assertEquals(200, answer.status(), answer.body());
    assertEquals("20 names", answer.body());
    return otlp.trace(answer.traceId()).assertCallsInsideServer().database();
  }
}
