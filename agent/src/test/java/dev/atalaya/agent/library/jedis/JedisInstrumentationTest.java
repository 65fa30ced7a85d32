package dev.atalaya.agent.library.jedis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.library.CallContract;
import dev.atalaya.agent.library.RedisOnLoopback;
import dev.atalaya.agent.library.Woven;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.bridge.Call;
import dev.atalaya.bridge.Tracing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPool;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.Transaction;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.util.JedisClusterCRC16;

class JedisInstrumentationTest implements CallContract {
  private static RedisOnLoopback redis;

  private Woven woven;
  private Jedis jedis;

  @BeforeAll
  static void start() throws Exception {
    redis = RedisOnLoopback.start();
  }

  @AfterAll
  static void stop() throws Exception {
    redis.close();
  }

  @BeforeEach
  void connect() {
    woven = Woven.with(new JedisInstrumentation());
    jedis =
        new Jedis(
            new HostAndPort("localhost", redis.port),
            DefaultJedisClientConfig.builder().database(3).clientName("test").build());
    jedis.flushDB();
    woven.close();
    woven = Woven.with();
  }

  @AfterEach
  void disconnect() {
    jedis.close();
    woven.close();
  }

  @Override
  public Woven woven() {
    return woven;
  }

  @Override
  public Object call() {
    return jedis.get("user:4711");
  }

  @Override
  public void failingCall() {
    jedis.sadd("a:set", "member");
    jedis.incr("a:set");
  }

  @Override
  public String spanName() {
    return "GET";
  }

  @Override
  @Test
  public void an_error_is_recorded() throws Exception {
    jedis.sadd("a:set", "member");
    assertThrows(JedisDataException.class, () -> woven.inRequest(() -> jedis.incr("a:set")));
    Span span = woven.clientSpans(2).get(1);
    assertEquals("INCR", span.name());
    assertEquals(JedisDataException.class.getName(), span.failure().type);
    assertEquals("WRONGTYPE", span.failure().responseStatus());
  }

  @Test
  void a_command_shows_its_server_database_and_the_pattern_of_its_first_key() throws Exception {
    jedis.set("user:4711", "canary");
    Span span = woven.clientSpan();
    assertEquals("SET", span.name());
    assertTrue(span.template().text.startsWith("SET user:"), span.template().text);
    assertTrue(!span.template().text.contains("4711"), span.template().text);
    assertTrue(!span.template().text.contains("canary"), span.template().text);
    assertEquals("localhost", span.template().datasource.host);
    assertEquals(redis.port, span.template().datasource.port);
    assertEquals("3", span.template().datasource.namespace);
  }

  @Test
  void a_connection_that_opens_with_its_first_command_knows_its_database() throws Exception {
    try (Jedis lazy = new Jedis("localhost", redis.port)) {
      lazy.select(2);
      lazy.get("key");
    }
    assertEquals("2", woven.clientSpan().template().datasource.namespace);
  }

  @Test
  void a_script_is_not_shown() throws Exception {
    jedis.eval("return 'canary'", List.of("user:1"), List.of("canary"));
    jedis.sendCommand(Protocol.Command.ECHO, "canary");
    for (Span span : woven.clientSpans(2)) {
      assertTrue(!span.template().text.contains("canary"), span.template().text);
    }
    assertTrue(woven.clientSpans().get(0).template().text.startsWith("EVAL user:"));
  }

  @Test
  void what_an_error_quotes_is_not_shown() throws Exception {
    assertThrows(
        JedisDataException.class, () -> jedis.sendCommand(() -> "NONE".getBytes(), "canary"));
    Span span = woven.clientSpan();
    assertEquals("NONE", span.name());
    assertTrue(!span.failure().message().contains("canary"), span.failure().message());
    assertTrue(span.failure().message().startsWith("ERR unknown command"));
  }

  @Test
  void hits_and_misses_of_reads_are_counted() throws Exception {
    jedis.set("there", "1");
    jedis.get("there");
    jedis.get("missing");
    jedis.mget("there", "missing", "there");
    jedis.hget("hash", "field");
    jedis.exists("missing");
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
    jedis.hset("hash", Map.of("a", "1", "b", "2", "c", "3"));
    jedis.sadd("set", "a", "b");
    jedis.rpush("list", "a", "b", "c", "d");
    woven.inRequest(
        () -> {
          jedis.hgetAll("hash");
          jedis.hkeys("hash");
          jedis.smembers("set");
          jedis.lrange("list", 0, -1);
          jedis.smembers("none");
          return jedis.llen("list");
        });
    List<Integer> rows = new ArrayList<>();
    for (Span span : woven.spans()) if (span.rows() >= 0) rows.add(span.rows());
    assertEquals(List.of(3, 3, 2, 4, 0), rows);
  }

  @Test
  void a_pipeline_is_one_span_with_its_size() throws Exception {
    try (Pipeline pipeline = jedis.pipelined()) {
      for (int i = 0; i < 5; i++) pipeline.set("key:" + i, "value");
      pipeline.sync();
    }
    Span span = woven.clientSpan();
    assertEquals("PIPELINE", span.name());
    assertEquals(5, span.batchSize());
    assertNull(span.failure());
  }

  @Test
  void an_error_reply_marks_its_pipeline() throws Exception {
    try (Pipeline pipeline = jedis.pipelined()) {
      pipeline.set("text", "no number");
      pipeline.incr("text");
      pipeline.sync();
    }
    assertNotNull(woven.clientSpan().failure());
  }

  @Test
  void a_pipeline_of_one_is_that_command() throws Exception {
    try (Pipeline pipeline = jedis.pipelined()) {
      pipeline.get("key:1");
      pipeline.sync();
    }
    assertEquals("GET", woven.clientSpan().name());
    assertEquals(0, woven.clientSpan().batchSize());
  }

  @Test
  void a_transaction_is_one_span_with_its_size() throws Exception {
    long before = System.nanoTime();
    try (Transaction transaction = jedis.multi()) {
      Thread.sleep(30);
      transaction.set("a", "1");
      transaction.incr("a");
      transaction.get("a");
      transaction.exec();
    }
    Span span = woven.clientSpan();
    assertEquals("MULTI", span.name());
    assertEquals(3, span.batchSize());
    assertTrue(span.startNanos() - before > 25_000_000, "the application's own time counts");
    jedis.get("a");
    assertEquals("GET", woven.clientSpans(2).get(1).name());
  }

  @Test
  void the_whole_wait_is_timed() throws Exception {
    jedis.blpop(1, "nothing");
    assertTrue(woven.clientSpan().durationNanos() > 900_000_000L);
  }

  @Test
  void a_wait_that_began_before_the_agent_was_switched_off_ends() throws Exception {
    Thread waits = new Thread(() -> jedis.blpop(1, "nothing"));
    waits.start();
    Thread.sleep(300);
    Tracing.use(null);
    waits.join();
    woven.record();
    assertEquals("BLPOP", woven.clientSpan().name());
  }

  @Test
  void a_subscription_is_no_span() throws Exception {
    Thread publisher =
        new Thread(
            () -> {
              try (Jedis other = new Jedis("127.0.0.1", redis.port)) {
                while (other.publish("news", "hello") == 0) Thread.sleep(10);
              } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
              }
            });
    publisher.start();
    jedis.subscribe(
        new JedisPubSub() {
          @Override
          public void onMessage(String channel, String message) {
            unsubscribe();
          }
        },
        "news");
    publisher.join();
    for (Span span : woven.clientSpans()) assertEquals("PUBLISH", span.name());
    jedis.get("still works");
    assertTrue(woven.names().contains("GET"));
  }

  @Test
  void a_pool_validates_in_silence() throws Exception {
    GenericObjectPoolConfig<Jedis> config = new GenericObjectPoolConfig<>();
    config.setTestOnBorrow(true);
    config.setTestOnReturn(true);
    try (JedisPool pool = new JedisPool(config, "localhost", redis.port)) {
      for (int i = 0; i < 3; i++) {
        try (Jedis borrowed = pool.getResource()) {
          borrowed.get("key");
        }
      }
    }
    assertEquals(Set.of("GET"), Set.copyOf(woven.names()));
    assertEquals(3, woven.clientSpans().size());
  }

  @Test
  void a_server_that_is_gone_is_an_error() throws Exception {
    RedisOnLoopback other = RedisOnLoopback.start();
    Jedis lost = new Jedis("localhost", other.port);
    lost.ping();
    other.close();
    assertThrows(Exception.class, () -> lost.get("key"));
    List<Span> spans = woven.clientSpans(2);
    assertEquals("GET", spans.get(1).name());
    assertNotNull(spans.get(1).failure());
    lost.close();
  }

  @Test
  void in_a_cluster_a_redirected_command_is_one_span_with_the_node_that_took_it() throws Exception {
    List<RedisOnLoopback> nodes = RedisOnLoopback.startNodes();
    try (ClusterOfTwo cluster = new ClusterOfTwo(nodes);
        RedisClusterClient client =
            RedisClusterClient.create(new HostAndPort("127.0.0.1", nodes.get(0).port))) {
      client.set("before", "1");
      int slot = cluster.slot("moving");
      RedisOnLoopback owner = slot < 8192 ? nodes.get(0) : nodes.get(1);
      RedisOnLoopback next = slot < 8192 ? nodes.get(1) : nodes.get(0);
      client.set("moving", "1");
      client.del("moving");
      cluster.move(slot, next);
      int known = woven.clientSpans().size();
      woven.inRequest(() -> client.get("moving"));
      List<Span> spans = woven.clientSpans(known + 1);
      Span span = spans.get(known);
      assertEquals("GET", span.name());
      assertNull(span.failure());
      assertEquals((long) next.port, peer(span));
      assertEquals((long) owner.port, peer(spans.get(known - 1)));
      assertSame(span.template().datasource, spans.get(known - 1).template().datasource);
      assertEquals(nodes.get(0).port, span.template().datasource.port);
    } finally {
      for (RedisOnLoopback node : nodes) node.close();
    }
  }

  private static Object peer(Span span) {
    for (Span.Attribute a = span.attributes(); a != null; a = a.next) {
      if (a.key.equals("network.peer.port")) return a.value;
    }
    return null;
  }

  /** Half of the slots each. */
  private static final class ClusterOfTwo implements AutoCloseable {
    private final List<Jedis> admins = new ArrayList<>();
    private final Map<Integer, String> ids = new HashMap<>();

    ClusterOfTwo(List<RedisOnLoopback> nodes) throws InterruptedException {
      Call quiet = Tracing.quiet();
      for (int i = 0; i < 2; i++) {
        Jedis admin = new Jedis("127.0.0.1", nodes.get(i).port);
        admins.add(admin);
        int[] slots = new int[8192];
        for (int s = 0; s < slots.length; s++) slots[s] = i * 8192 + s;
        admin.clusterAddSlots(slots);
        ids.put(nodes.get(i).port, admin.clusterMyId());
      }
      admins.get(0).clusterMeet("127.0.0.1", nodes.get(1).port);
      for (Jedis admin : admins) {
        while (!admin.clusterInfo().contains("cluster_state:ok")
            || admin.clusterSlots().size() < 2) {
          Thread.sleep(20);
        }
      }
      quiet.end(null);
    }

    int slot(String key) {
      return JedisClusterCRC16.getSlot(key);
    }

    void move(int slot, RedisOnLoopback to) {
      Call quiet = Tracing.quiet();
      for (Jedis admin : admins) admin.clusterSetSlotNode(slot, ids.get(to.port));
      quiet.end(null);
    }

    @Override
    public void close() {
      for (Jedis admin : admins) admin.close();
    }
  }
}
