package dev.atalaya.agent.library.spymemcached;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.library.CallContract;
import dev.atalaya.agent.library.Woven;
import dev.atalaya.agent.sql.SqlText;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.bridge.Tracing;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import net.spy.memcached.BinaryConnectionFactory;
import net.spy.memcached.ConnectionFactoryBuilder;
import net.spy.memcached.FailureMode;
import net.spy.memcached.MemcachedClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SpymemcachedInstrumentationTest implements CallContract {
  private static MemcachedOnLoopback memcached;
  private static MemcachedClient client;
  private static MemcachedClient binary;
  private static MemcachedClient lost;

  private Woven woven;

  @BeforeAll
  static void start() throws Exception {
    memcached = MemcachedOnLoopback.start();
    Woven.with(new SpymemcachedInstrumentation()).close();
    InetSocketAddress address = new InetSocketAddress("localhost", memcached.port);
    client = new MemcachedClient(address);
    binary = new MemcachedClient(new BinaryConnectionFactory(), List.of(address));
    lost =
        new MemcachedClient(
            new ConnectionFactoryBuilder().setFailureMode(FailureMode.Cancel).build(),
            List.of(new InetSocketAddress("localhost", MemcachedOnLoopback.freePort())));
    client.set("user:4711", 0, "canary").get();
    client.set("user:7", 0, "canary").get();
    binary.get("user:7");
  }

  @AfterAll
  static void stop() throws Exception {
    if (memcached == null) return;
    client.shutdown();
    binary.shutdown();
    lost.shutdown();
    memcached.close();
  }

  @BeforeEach
  void begin() {
    woven = Woven.with();
  }

  @AfterEach
  void end() {
    woven.close();
  }

  @Override
  public Woven woven() {
    return woven;
  }

  @Override
  public Object call() {
    return client.get("user:4711");
  }

  @Override
  public void failingCall() {
    lost.get("user:4711");
  }

  @Override
  public String spanName() {
    return "get";
  }

  @Test
  void a_command_shows_its_server_and_the_pattern_of_its_key() throws Exception {
    client.set("user:4711", 0, "canary").get();
    Span span = woven.clientSpan();
    assertEquals("set", span.name());
    assertEquals("set user:{}", span.template().text);
    assertEquals("memcached", span.template().datasource.system);
    assertEquals("localhost", span.template().datasource.host);
    assertEquals(memcached.port, span.template().datasource.port);
  }

  @Test
  void each_command_has_its_own_name_and_says_whether_it_changes_something() throws Exception {
    client.add("n", 0, "1").get();
    client.replace("n", 0, "1").get();
    client.append("n", "0").get();
    client.prepend("n", "0").get();
    client.set("n", 0, "1").get();
    client.incr("n", 2);
    client.decr("n", 1);
    long cas = client.gets("n").getCas();
    client.cas("n", cas, "2");
    client.touch("n", 100).get();
    binary.getAndTouch("n", 100);
    client.getBulk("n", "none");
    client.delete("n").get();
    List<String> names = new ArrayList<>();
    List<String> reads = new ArrayList<>();
    for (Span span : woven.clientSpans(13)) {
      names.add(span.name());
      if (span.template().kind == SqlText.Kind.READ) reads.add(span.name());
      assertNull(span.failure(), span.name());
    }
    assertEquals(
        List.of(
            "add", "replace", "append", "prepend", "set", "incr", "decr", "gets", "cas", "touch",
            "gat", "getBulk", "delete"),
        names);
    assertEquals(List.of("gets", "getBulk"), reads);
  }

  @Test
  void the_binary_protocol_has_the_same_commands() throws Exception {
    binary.set("b", 0, "1").get();
    binary.get("b");
    binary.incr("b", 1);
    binary.getBulk("b", "none");
    assertEquals(List.of("set", "get", "incr", "getBulk"), woven.names());
  }

  @Test
  void hits_and_misses_of_reads_are_counted() throws Exception {
    client.get("user:7");
    client.get("missing");
    client.getBulk("user:7", "missing", "user:4711");
    binary.get("user:7");
    binary.getBulk("user:7", "missing");
    client.delete("missing").get();
    assertEquals(
        List.of(
            "cache memcached localhost 1 0",
            "cache memcached localhost 0 1",
            "cache memcached localhost 2 1",
            "cache memcached localhost 1 0",
            "cache memcached localhost 1 1"),
        woven.counted());
  }

  @Test
  void gets_that_go_out_together_are_spans_of_their_own() throws Exception {
    woven.inRequest(
        () -> {
          List<Future<Object>> all = new ArrayList<>();
          for (int i = 0; i < 15; i++) all.add(client.asyncGet("user:" + i));
          for (Future<Object> one : all) one.get();
          return null;
        });
    for (Span span : woven.clientSpans(15)) {
      assertEquals("get user:{}", span.template().text);
      assertNull(span.failure());
    }
  }

  @Test
  void what_a_server_refuses_is_an_error_with_its_code() throws Exception {
    client.set("text", 0, "no number").get();
    assertEquals(-1, client.incr("text", 1));
    Span span = woven.clientSpans(2).get(1);
    assertTrue(span.failure().type.startsWith("ERR_"), span.failure().type);
    assertTrue(!span.failure().message().contains("no number"), span.failure().message());
  }

  @Test
  void a_command_that_was_cancelled_says_so() throws Exception {
    assertThrows(Exception.class, () -> lost.get("user:4711"));
    assertEquals("CANCELLED", woven.clientSpan().failure().type);
  }

  @Test
  void a_wait_that_began_before_the_agent_was_switched_off_ends() throws Exception {
    Future<Object> answer = client.asyncGet("user:7");
    Tracing.use(null);
    answer.get();
    woven.record();
    assertEquals("get", woven.clientSpan().name());
  }
}
