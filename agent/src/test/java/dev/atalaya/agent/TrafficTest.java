package dev.atalaya.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.metrics.Registry;
import dev.atalaya.agent.sql.SqlText.Kind;
import dev.atalaya.agent.trace.ClientCalls;
import dev.atalaya.agent.trace.Datasource;
import dev.atalaya.agent.trace.Meters;
import dev.atalaya.agent.trace.Open;
import dev.atalaya.agent.trace.OperationFamily;
import dev.atalaya.agent.trace.Purpose;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.Simulation;
import dev.atalaya.agent.trace.Template;
import dev.atalaya.agent.trace.Templates;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrafficTest {
  private final Registry registry = new Registry();
  private final Unsupported unsupported = new Unsupported();
  private final List<String> lines = new ArrayList<>();
  private long now = 1;
  private final Traffic traffic =
      new Traffic(registry::snapshot, registry::family, unsupported, () -> now, lines::add);
  private final Simulation application = new Simulation((Meters) registry, traffic);

  @Test
  void what_was_seen_is_counted_by_kind() {
    Request request = application.request("/orders");
    application.query("SELECT * FROM orders WHERE id = ?", 1, 7);
    application.query("SELECT * FROM orders WHERE id = ?", 1, 8);
    application.redis("x", "GET", "order:7");
    application.http("GET", "http://stock/items", 200);
    application.rpc("shop.Stock/Find", "OK");
    application.end(request);
    application.end(application.job("shop.Cleanup#run"));
    assertEquals(
        "1 request, 1 job, 2 statements, 1 Redis command, 1 HTTP call, 1 RPC call seen", summary());
  }

  @Test
  void commands_are_counted_by_what_they_are_sent_to() {
    ClientCalls calls = application.recorder.clientCalls();
    Templates templates = calls.templates();
    Datasource store =
        templates.datasource(OperationFamily.KEY_VALUE, "memcached", "host", 11211, null);
    Template get = templates.command(store, "get", "get", Kind.READ, Purpose.WORK, false);
    Request request = application.request("/orders");
    application.redis("x", "GET", "order:7");
    for (int i = 0; i < 2; i++) calls.begin(Open.get(), get, System.nanoTime()).end(null);
    application.end(request);
    assertEquals("1 request, 2 Memcached commands, 1 Redis command seen", summary());
  }

  @Test
  void nothing_seen_is_no_health() {
    unsupported.loaded("io/netty/bootstrap/ServerBootstrap");
    unsupported.loaded("ratpack/server/internal/DefaultRatpackServer");
    assertEquals("0 requests seen; Ratpack is loaded", summary());
    assertEquals(List.of("Ratpack"), traffic.report().get("no_request_of"));
    unsupported.loaded("io/r2dbc/spi/ConnectionFactory");
    unsupported.loaded("org/apache/kafka/clients/consumer/KafkaConsumer");
    assertEquals(
        "0 requests seen; Ratpack is loaded; R2DBC and Kafka are loaded and not instrumented yet",
        summary());
    assertEquals(List.of("R2DBC", "Kafka"), traffic.report().get("not_instrumented"));
  }

  @Test
  void a_server_whose_requests_have_no_route_is_named() {
    unsupported.loaded("io/netty/bootstrap/ServerBootstrap");
    unsupported.loaded("ratpack/server/internal/DefaultRatpackServer");
    Request request = application.request(null);
    application.end(request);
    assertEquals("1 request seen; route unknown: Ratpack", summary());
    assertEquals(List.of("Ratpack"), traffic.report().get("route_unknown"));
    application.end(application.request("/orders"));
    assertEquals("2 requests seen", summary());
  }

  @Test
  void a_server_that_requests_were_seen_of_is_no_matter() {
    unsupported.loaded("io/netty/bootstrap/ServerBootstrap");
    unsupported.loaded("org/apache/kafka/clients/consumer/KafkaConsumer");
    unsupported.loaded("org/apache/kafka/clients/producer/KafkaProducer");
    application.end(application.request("/orders"));
    assertEquals("1 request seen; Kafka is loaded and not instrumented yet", summary());
  }

  @Test
  void one_line_is_said_a_minute_after_the_first_traffic() {
    passes(300);
    assertEquals(List.of(), lines, "nothing was there");
    application.end(application.request("/orders"));
    passes(59);
    assertEquals(List.of(), lines);
    passes(2);
    passes(300);
    assertEquals(List.of("The first minute: 1 request seen"), lines);
  }

  @Test
  void the_line_comes_as_well_where_nothing_can_be_seen() {
    unsupported.loaded("ratpack/server/internal/DefaultRatpackServer");
    passes(61);
    assertEquals(1, lines.size());
    assertTrue(lines.get(0).contains("0 requests seen; Ratpack is loaded"), lines.get(0));
  }

  private String summary() {
    return (String) traffic.report().get("summary");
  }

  private void passes(int seconds) {
    for (int i = 0; i <= seconds; i++) {
      traffic.tick(false);
      now += 1_000_000_000L;
    }
  }
}
