package dev.atalaya.agent.library.lettuce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.library.CallContract;
import dev.atalaya.agent.library.RedisOnLoopback;
import dev.atalaya.agent.library.Woven;
import dev.atalaya.agent.trace.Span;
import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LettuceInstrumentationTest implements CallContract {
  private static RedisOnLoopback redis;
  private static RedisClient client;

  private Woven woven;
  private StatefulRedisConnection<String, String> connection;
  private RedisCommands<String, String> commands;

  @BeforeAll
  static void start() throws Exception {
    redis = RedisOnLoopback.start();
    try (Woven weave = Woven.with(new LettuceInstrumentation())) {
      assertNotNull(weave);
      client = RedisClient.create();
    }
  }

  @AfterAll
  static void stop() throws Exception {
    client.shutdown(0, 1, TimeUnit.SECONDS);
    redis.close();
  }

  @BeforeEach
  void connect() {
    woven = Woven.with();
    connection = client.connect(uri());
    commands = connection.sync();
    assertEquals(List.of(), woven.names(), "handshakes are no spans");
    commands.flushdb();
    woven.close();
    woven = Woven.with();
  }

  @AfterEach
  void disconnect() {
    connection.close();
    woven.close();
  }

  private static RedisURI uri() {
    return RedisURI.builder()
        .withHost("localhost")
        .withPort(redis.port)
        .withDatabase(3)
        .withClientName("test")
        .build();
  }

  @Override
  public Woven woven() {
    return woven;
  }

  @Override
  public Object call() {
    return commands.get("user:4711");
  }

  @Override
  public void failingCall() {
    commands.eval("return redis.error_reply('ERR no')", ScriptOutputType.STATUS);
  }

  @Override
  public String spanName() {
    return "GET";
  }

  @Test
  void a_command_shows_its_server_database_and_the_pattern_of_its_first_key() throws Exception {
    commands.set("user:4711", "canary");
    Span span = woven.clientSpan();
    assertEquals("SET", span.name());
    assertTrue(span.template().text.startsWith("SET user:"), span.template().text);
    assertTrue(!span.template().text.contains("4711"), span.template().text);
    assertTrue(!span.template().text.contains("canary"), span.template().text);
    assertEquals("localhost", span.template().datasource.host);
    assertEquals(redis.port, span.template().datasource.port);
    assertEquals("3", span.template().datasource.namespace);
    commands.select(2);
    commands.get("key");
    assertEquals("2", woven.clientSpans(2).get(1).template().datasource.namespace);
  }

  @Test
  void an_error_reply_is_an_error_of_its_kind() throws Exception {
    commands.sadd("a:set", "member");
    assertThrows(RedisCommandExecutionException.class, () -> commands.get("a:set"));
    Span span = woven.clientSpans(2).get(1);
    assertEquals("WRONGTYPE", span.failure().type);
    assertEquals("WRONGTYPE", span.failure().responseStatus());
  }

  @Test
  void a_script_shows_its_key_alone() throws Exception {
    commands.eval("return 'canary'", ScriptOutputType.VALUE, new String[] {"user:1"}, "canary");
    Span span = woven.clientSpan();
    assertTrue(span.template().text.startsWith("EVAL user:"), span.template().text);
    assertTrue(!span.template().text.contains("canary"), span.template().text);
  }

  @Test
  void hits_and_misses_of_reads_are_counted() throws Exception {
    commands.set("there", "1");
    commands.get("there");
    commands.get("missing");
    commands.mget("there", "missing", "there");
    commands.hget("hash", "field");
    commands.exists("missing");
    assertEquals(
        List.of(
            "cache redis localhost 1 0",
            "cache redis localhost 0 1",
            "cache redis localhost 2 1",
            "cache redis localhost 0 1"),
        woven.counted());
  }

  @Test
  void members_that_a_read_was_answered_are_its_rows() throws Exception {
    commands.hset("hash", Map.of("a", "1", "b", "2", "c", "3"));
    commands.sadd("set", "a", "b");
    commands.rpush("list", "a", "b", "c", "d");
    woven.inRequest(
        () -> {
          commands.hgetall("hash");
          commands.hkeys("hash");
          commands.smembers("set");
          commands.lrange("list", 0, -1);
          commands.smembers("none");
          return commands.llen("list");
        });
    List<Integer> rows = new ArrayList<>();
    for (Span span : woven.spans()) if (span.rows() >= 0) rows.add(span.rows());
    assertEquals(List.of(3, 3, 2, 4, 0), rows);
  }

  @Test
  void asynchronous_commands_are_spans_of_their_request() throws Exception {
    List<RedisFuture<String>> answers = new ArrayList<>();
    woven.inRequest(
        () -> {
          for (int i = 0; i < 3; i++) answers.add(connection.async().get("key:" + i));
          return LettuceFutures.awaitAll(
              Duration.ofSeconds(5), answers.toArray(new RedisFuture[0]));
        });
    for (Span span : woven.clientSpans(3)) {
      assertEquals("GET", span.name());
      assertEquals(Span.Kind.SERVER, span.parent().kind());
    }
  }

  @Test
  void a_reactive_command_is_sent_when_it_is_subscribed_to() throws Exception {
    connection.reactive().get("never");
    woven.inRequest(() -> connection.reactive().set("key", "value").block());
    Span span = woven.clientSpan();
    assertEquals("SET", span.name());
    assertEquals(Span.Kind.SERVER, span.parent().kind());
    assertEquals("localhost", span.template().datasource.host);
    connection.reactive().get("missing").block();
    assertEquals(List.of("cache redis localhost 0 1"), lookups());
  }

  @Test
  void a_transaction_is_one_span_with_its_size() throws Exception {
    commands.multi();
    commands.set("a", "1");
    commands.incr("a");
    commands.get("a");
    commands.exec();
    Span span = woven.clientSpan();
    assertEquals("MULTI", span.name());
    assertEquals(3, span.batchSize());
    commands.get("a");
    assertEquals("GET", woven.clientSpans(2).get(1).name());
  }

  @Test
  void commands_that_wait_for_a_flush_are_one_pipeline() throws Exception {
    RedisAsyncCommands<String, String> async = connection.async();
    connection.setAutoFlushCommands(false);
    List<RedisFuture<?>> answers = new ArrayList<>();
    for (int i = 0; i < 5; i++) answers.add(async.set("key:" + i, "value"));
    assertEquals(List.of(), woven.names());
    woven.inRequest(
        () -> {
          connection.flushCommands();
          return LettuceFutures.awaitAll(
              Duration.ofSeconds(5), answers.toArray(new RedisFuture[0]));
        });
    connection.setAutoFlushCommands(true);
    Span span = woven.clientSpan();
    assertEquals("PIPELINE", span.name());
    assertEquals(5, span.batchSize());
    assertEquals("localhost", span.template().datasource.host);
    assertEquals(Span.Kind.SERVER, span.parent().kind());
    commands.get("key:1");
    assertEquals("GET", woven.clientSpans(2).get(1).name());
  }

  @Test
  void a_command_that_nobody_waits_for_any_more_is_an_error() throws Exception {
    connection.setTimeout(Duration.ofMillis(200));
    assertThrows(RedisCommandTimeoutException.class, () -> commands.blpop(5, "nothing"));
    Span span = woven.clientSpan();
    assertEquals("BLPOP", span.name());
    assertNotNull(span.failure());
    assertTrue(span.durationNanos() > 150_000_000L);
  }

  @Test
  void a_subscription_is_no_span() throws Exception {
    try (StatefulRedisPubSubConnection<String, String> subscriber = client.connectPubSub(uri())) {
      subscriber.sync().subscribe("news");
      commands.publish("news", "hello");
    }
    assertEquals("PUBLISH", woven.clientSpan().name());
  }

  @Test
  void in_a_cluster_a_redirected_command_is_one_span_with_the_node_that_took_it() throws Exception {
    List<RedisOnLoopback> nodes = RedisOnLoopback.startNodes();
    RedisClusterClient cluster =
        RedisClusterClient.create(RedisURI.create("127.0.0.1", nodes.get(0).port));
    List<StatefulRedisConnection<String, String>> admins = new ArrayList<>();
    try {
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        admins.add(client.connect(RedisURI.create("127.0.0.1", nodes.get(i).port)));
        int[] slots = new int[8192];
        for (int s = 0; s < slots.length; s++) slots[s] = i * 8192 + s;
        admins.get(i).sync().clusterAddSlots(slots);
        ids.add(admins.get(i).sync().clusterMyId());
      }
      admins.get(0).sync().clusterMeet("127.0.0.1", nodes.get(1).port);
      for (StatefulRedisConnection<String, String> admin : admins) {
        while (!admin.sync().clusterInfo().contains("cluster_state:ok")
            || admin.sync().clusterSlots().size() < 2) {
          Thread.sleep(20);
        }
      }
      int slot = SlotHash.getSlot("moving");
      int next = slot < 8192 ? 1 : 0;
      try (StatefulRedisClusterConnection<String, String> connected = cluster.connect()) {
        connected.sync().set("moving", "1");
        connected.sync().del("moving");
        for (StatefulRedisConnection<String, String> admin : admins) {
          admin.sync().clusterSetSlotNode(slot, ids.get(next));
        }
        int before = woven.clientSpans().size();
        for (String name : woven.names()) assertTrue(!name.equals("INFO"), "the driver's own");
        woven.inRequest(() -> connected.sync().get("moving"));
        Span span = woven.clientSpans(before + 1).get(before);
        assertEquals("GET", span.name());
        assertEquals((long) nodes.get(next).port, peer(span));
        assertEquals(nodes.get(0).port, span.template().datasource.port);
        assertEquals(Span.Kind.SERVER, span.parent().kind());
      }
    } finally {
      for (StatefulRedisConnection<String, String> admin : admins) admin.close();
      cluster.shutdown(0, 1, TimeUnit.SECONDS);
      for (RedisOnLoopback node : nodes) node.close();
    }
  }

  private static Object peer(Span span) {
    for (Span.Attribute a = span.attributes(); a != null; a = a.next) {
      if (a.key.equals("network.peer.port")) return a.value;
    }
    return null;
  }

  private List<String> lookups() {
    List<String> lines = new ArrayList<>(woven.counted());
    lines.removeIf(line -> !line.startsWith("cache"));
    return lines;
  }
}
