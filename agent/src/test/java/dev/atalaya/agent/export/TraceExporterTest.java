package dev.atalaya.agent.export;

import static dev.atalaya.agent.export.Collector.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.atalaya.agent.config.Options;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TraceExporterTest {
  private Collector collector;

  @AfterEach
  void stop() {
    if (collector != null) collector.close();
  }

  @Test
  void spans_arrive_after_the_schedule_delay_with_resource_and_scope() throws Exception {
    collector = new Collector();
    TraceExporter exporter = exporter("otel.bsp.schedule.delay=200,otel.service.name=shop");
    try (Recording recording = started(exporter)) {
      recording.request(3);
      await("export", () -> exporter.exportedSpans() == 4);
    }

    assertEquals("/v1/traces", collector.paths.get(0));
    assertEquals("application/x-protobuf", collector.headers.get(0).getFirst("Content-Type"));
    var sent = collector.requests.get(0).getResourceSpans(0);
    assertEquals("shop", sent.getResource().getAttributes(0).getValue().getStringValue());
    assertEquals("dev.atalaya", sent.getScopeSpans(0).getScope().getName());
    assertEquals("1.0", sent.getScopeSpans(0).getScope().getVersion());
    assertEquals(4, collector.spans().size());
    assertEquals(0, exporter.queueSize());
    assertTrue(exporter.state().endsWith(": up"), exporter.state());
  }

  @Test
  void batches_are_of_the_size_that_is_set() throws Exception {
    collector = new Collector();
    TraceExporter exporter = exporter("otel.bsp.max.export.batch.size=10");
    try (Recording recording = started(exporter)) {
      recording.request(24);
    }

    assertEquals(3, collector.requests.size());
    assertEquals(25, collector.spans().size());
    assertEquals(25, exporter.exportedSpans());
  }

  @Test
  void a_receiver_that_asks_to_be_left_alone_is_left_alone_that_long() throws Exception {
    collector = new Collector();
    collector.status = 503;
    collector.retryAfter = "3";
    // A batch's own time is shorter: it is not dropped for as long as the target has it wait.
    TraceExporter exporter = exporter("otel.bsp.schedule.delay=10,otel.bsp.export.timeout=2000");
    try (Recording recording = started(exporter)) {
      recording.request(1);
      await("a refusal", () -> collector.paths.size() == 1);
      long refused = System.nanoTime();
      collector.status = 200;
      collector.retryAfter = "";
      await("export", () -> exporter.exportedSpans() == 2);
      long millis = (System.nanoTime() - refused) / 1_000_000;
      assertTrue(millis > 2_500, millis + " ms");
    }
    assertEquals(2, collector.paths.size());
  }

  @Test
  void what_is_left_is_sent_at_the_end() throws Exception {
    collector = new Collector();
    TraceExporter exporter = exporter("otel.bsp.schedule.delay=1h");
    try (Recording recording = started(exporter)) {
      recording.request(1);
    }

    assertEquals(2, collector.spans().size());
    assertEquals(2, exporter.exportedSpans());
  }

  @Test
  void end_waits_no_longer_than_its_time_for_a_receiver_that_hangs() throws Exception {
    collector = new Collector();
    collector.delayMillis = 10_000;
    TraceExporter exporter = exporter("");
    long begun;
    try (Recording recording = started(exporter)) {
      recording.request(1);
      begun = System.nanoTime();
    }

    assertTrue(System.nanoTime() - begun < 3_000_000_000L);
    assertEquals(2, exporter.droppedSpans("shutdown"));
  }

  @Test
  void end_does_not_wait_for_a_receiver_that_is_away() throws Exception {
    TraceExporter exporter =
        exporter(
            "otel.bsp.max.export.batch.size=2,otel.exporter.otlp.endpoint=http://localhost:"
                + freePort());
    long begun;
    try (Recording recording = started(exporter)) {
      recording.request(20);
      await("refusal", () -> exporter.state().contains("connection refused"));
      begun = System.nanoTime();
    }

    assertTrue(System.nanoTime() - begun < 1_000_000_000L);
    assertEquals(21, exporter.droppedSpans("shutdown"));
    assertEquals(0, exporter.queueSize());
  }

  @Test
  void unsampled_requests_are_not_exported() throws Exception {
    collector = new Collector();
    TraceExporter exporter = exporter("");
    try (Recording recording =
        new Recording((high, low, name, parent) -> name.equals("GET"), exporter)) {
      recording.start();
      recording.request(1);
      recording.serve("POST", "/orders", null, Map.of()).end(null);
    }

    assertEquals(2, collector.spans().size());
    assertEquals(2, exporter.exportedSpans());
  }

  @Test
  void compression_and_headers_are_as_set() throws Exception {
    collector = new Collector();
    TraceExporter exporter =
        exporter(
            "otel.exporter.otlp.compression=gzip,otel.exporter.otlp.headers=api-key=s3cret,b=x%20y");
    try (Recording recording = started(exporter)) {
      recording.request(1);
    }

    assertEquals(2, collector.spans().size());
    assertEquals("gzip", collector.headers.get(0).getFirst("Content-Encoding"));
    assertEquals("s3cret", collector.headers.get(0).getFirst("api-key"));
    assertEquals("x y", collector.headers.get(0).getFirst("b"));
  }

  @Test
  void endpoint_of_the_signal_is_taken_as_it_is() throws Exception {
    collector = new Collector();
    TraceExporter exporter =
        exporter(
            "otel.exporter.otlp.traces.endpoint=http://localhost:" + collector.port() + "/in?a=b");
    try (Recording recording = started(exporter)) {
      recording.request(0);
    }

    assertEquals("/in?a=b", collector.paths.get(0));
    assertTrue(exporter.state().contains("/in:"), exporter.state());
  }

  @Test
  void spans_wait_for_a_collector_that_is_away_and_the_oldest_go_first() throws Exception {
    int port = freePort();
    TraceExporter exporter =
        exporter(
            "otel.exporter.otlp.endpoint=http://localhost:"
                + port
                + ",otel.bsp.max.queue.size=30,otel.bsp.max.export.batch.size=10,"
                + "otel.bsp.schedule.delay=50");
    try (Recording recording = started(exporter)) {
      for (int i = 0; i < 10; i++) {
        recording.request(9);
        Thread.sleep(20);
      }
      await("drops", () -> exporter.droppedSpans("export_queue_full") > 0);
      assertTrue(exporter.queueSize() <= 30, exporter.queueSize() + " wait");
      // The queue may be full before the first of it was tried.
      await("a refusal", () -> exporter.state().contains("connection refused"));

      collector = new Collector(port);
      await("delivery", () -> exporter.exportedSpans() >= 20);
    }

    assertEquals(
        100,
        exporter.exportedSpans() + exporter.droppedSpans("export_queue_full"),
        "all accounted for");
    assertEquals(exporter.exportedSpans(), collector.spans().size());
  }

  @Test
  void collector_that_restarts_loses_nothing() throws Exception {
    collector = new Collector();
    TraceExporter exporter = exporter("otel.bsp.schedule.delay=20");
    try (Recording recording = started(exporter)) {
      recording.request(4);
      await("first", () -> exporter.exportedSpans() == 5);
      int port = collector.port();
      collector.close();
      recording.request(4);
      Thread.sleep(300);
      collector = new Collector(port);
      recording.request(4);
      await("rest", () -> exporter.exportedSpans() == 15);
    }

    assertEquals(10, collector.spans().size());
  }

  @Test
  void overload_is_tried_again_and_refusal_is_not() throws Exception {
    collector = new Collector();
    collector.status = 503;
    TraceExporter exporter = exporter("otel.bsp.schedule.delay=20");
    try (Recording recording = started(exporter)) {
      recording.request(0);
      await("attempt", () -> collector.paths.size() == 1);
      collector.status = 200;
      await("delivery", () -> exporter.exportedSpans() == 1);

      collector.status = 401;
      recording.request(1);
      await("refusal", () -> exporter.droppedSpans("rejected") == 2);
      assertTrue(exporter.state().contains("HTTP 401"), exporter.state());
    }

    assertEquals(3, collector.paths.size());
  }

  @Test
  void receiver_that_takes_a_part_is_believed() throws Exception {
    collector = new Collector();
    collector.rejects = 200;
    TraceExporter exporter = exporter("");
    try (Recording recording = started(exporter)) {
      recording.request(299);
    }

    assertEquals(100, exporter.exportedSpans());
    assertEquals(200, exporter.droppedSpans("rejected"));
  }

  @Test
  void nothing_configured_and_nobody_there_keeps_almost_nothing() throws Exception {
    assumeFalse(listens(4318), "a collector runs here");
    Options options = Options.read("otel.bsp.schedule.delay=20");
    TraceExporter exporter = new TraceExporter(options, Resource.of(options, "1.0"));
    try (Recording recording = started(exporter)) {
      recording.request(9);
      await("first try", () -> exporter.state().startsWith("otlp nothing configured"));
      Thread.sleep(200);
      recording.request(9);
      await("drop", () -> exporter.droppedSpans("no_collector") == 10);
      assertEquals(10, exporter.queueSize(), "one batch is kept to try with");
    }
  }

  @Test
  void certificate_that_cannot_be_read_is_said_and_not_thrown() throws Exception {
    TraceExporter exporter =
        exporter(
            "otel.exporter.otlp.endpoint=https://localhost:1,"
                + "otel.exporter.otlp.certificate=/nowhere/ca.pem,otel.bsp.schedule.delay=1");
    try (Recording recording = started(exporter)) {
      recording.request(0);
      await("refusal", () -> exporter.droppedSpans("rejected") == 1);
    }

    assertTrue(exporter.state().contains("cannot read /nowhere/ca.pem"), exporter.state());
  }

  @Test
  void console_prints_and_none_does_nothing() {
    Options console = Options.read("otel.traces.exporter=console");
    TraceExporter printing = new TraceExporter(console, Resource.of(console, "1.0"));
    Options none = Options.read("otel.traces.exporter=none");
    TraceExporter silent = new TraceExporter(none, Resource.of(none, "1.0"));
    try (Recording recording = started(printing, silent)) {
      recording.request(2);
    }

    assertEquals(3, printing.exportedSpans());
    assertEquals("console", printing.state());
    assertEquals(0, silent.exportedSpans());
    assertEquals("none", silent.state());
  }

  @Test
  void printed_span_tells_most_of_it() {
    Recording recording = new Recording();
    recording.request(1);

    var lines = recording.spans().stream().map(ConsoleSpans::line).toList();

    assertTrue(lines.get(0).startsWith("SERVER GET /orders "), lines.get(0));
    assertTrue(lines.get(1).startsWith("CLIENT SELECT orders "), lines.get(1));
    assertTrue(lines.get(1).contains("text=SELECT * FROM orders WHERE id = ?"), lines.get(1));
  }

  private TraceExporter exporter(String more) {
    String options = more;
    if (collector != null && !more.contains("endpoint")) {
      String endpoint = "otel.exporter.otlp.endpoint=http://localhost:" + collector.port();
      options = more.isEmpty() ? endpoint : endpoint + "," + more;
    }
    Options read = Options.read(options);
    return new TraceExporter(read, Resource.of(read, "1.0"));
  }

  private static Recording started(TraceExporter... exporters) {
    Recording recording = new Recording(exporters);
    recording.start();
    return recording;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException nobody) {
      return false;
    }
  }
}
