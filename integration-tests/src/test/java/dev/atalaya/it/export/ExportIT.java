package dev.atalaya.it.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.it.App;
import dev.atalaya.it.Certificates;
import dev.atalaya.it.Metrics;
import dev.atalaya.it.Otlp;
import dev.atalaya.it.Span;
import dev.atalaya.it.Trace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The way out: protocols, TLS, samplers, propagators, and a collector that comes and goes. */
final class ExportIT {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"http/protobuf", "grpc"})
  void spans_arrive_over_both_protocols_with_the_services_resource(String protocol) {
    try (Otlp otlp = protocol.equals("grpc") ? Otlp.grpc() : Otlp.http();
        App app =
            jdbc()
                .agent(otlp)
                .property("otel.service.name", "till")
                .property("otel.resource.attributes", "service.version=1.4.0,team=blue")
                .start()) {
      Trace trace = statement(app, otlp);
      assertEquals(List.of("GET /jdbc", "SELECT item"), trace.names());
      var resource = trace.server().resource();
      assertEquals("till", resource.get("service.name"));
      assertEquals("1.4.0", resource.get("service.version"));
      assertEquals("blue", resource.get("team"));
      assertEquals(app.pid(), resource.get("process.pid"));
      assertTrue(resource.containsKey("service.instance.id"), resource::toString);
      assertTrue(resource.containsKey("host.name"), resource::toString);
      assertEquals("java", resource.get("telemetry.sdk.language"));
    }
  }

  @ParameterizedTest
  @CsvSource({"http/protobuf, gzip", "grpc, gzip"})
  void compressed(String protocol, String compression) {
    try (Otlp otlp = protocol.equals("grpc") ? Otlp.grpc() : Otlp.http();
        App app =
            jdbc().agent(otlp).property("otel.exporter.otlp.compression", compression).start()) {
      assertEquals(List.of("GET /jdbc", "SELECT item"), statement(app, otlp).names());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http/protobuf", "grpc"})
  void tls_with_a_private_authority(String protocol) throws Exception {
    Certificates certificates = Certificates.oneSided(folder);
    try (Otlp otlp = protocol.equals("grpc") ? Otlp.grpcs(certificates) : Otlp.https(certificates);
        App app =
            jdbc()
                .agent(otlp)
                .property(
                    "otel.exporter.otlp.certificate", certificates.serverCertificate().toString())
                .start()) {
      assertEquals(List.of("GET /jdbc", "SELECT item"), statement(app, otlp).names());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http/protobuf", "grpc"})
  void tls_with_the_clients_certificate(String protocol) throws Exception {
    Certificates certificates = Certificates.mutual(folder);
    try (Otlp otlp = protocol.equals("grpc") ? Otlp.grpcs(certificates) : Otlp.https(certificates);
        App app =
            jdbc()
                .agent(otlp)
                .property(
                    "otel.exporter.otlp.certificate", certificates.serverCertificate().toString())
                .property("otel.exporter.otlp.client.key", certificates.clientKey().toString())
                .property(
                    "otel.exporter.otlp.client.certificate",
                    certificates.clientCertificate().toString())
                .start()) {
      assertEquals(List.of("GET /jdbc", "SELECT item"), statement(app, otlp).names());
    }
  }

  @Test
  void an_unknown_certificate_is_refused() throws Exception {
    Certificates certificates = Certificates.oneSided(folder);
    try (Otlp otlp = Otlp.https(certificates);
        App app = jdbc().agent(otlp).start()) {
      assertEquals(200, app.get("/jdbc?statement").status());
      Otlp.sleep(1_000);
      assertEquals(List.of(), otlp.spans());
      assertEquals(200, app.get("/jdbc?statement").status());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "always_on, '', true",
    "always_off, '', false",
    "traceidratio, 0, false",
    "traceidratio, 1, true",
    "parentbased_always_on, '', true",
    "parentbased_always_off, '', false",
    "parentbased_traceidratio, 1, true",
  })
  void the_sampler_decides_and_metrics_count_all(String sampler, String argument, boolean sampled) {
    try (Otlp otlp = Otlp.http();
        App app =
            jdbc()
                .agent(otlp)
                .property("otel.traces.sampler", sampler)
                .property("otel.traces.sampler.arg", argument)
                .property("atalaya.traces.keep", "none") // else the failed one is kept
                .start()) {
      for (int i = 0; i < 3; i++) {
        assertEquals(200, app.plain("/jdbc?prepared").statusCode());
      }
      assertEquals(500, app.plain("/jdbc?no_such_scenario").statusCode());
      Otlp.await(() -> servers(otlp).size() >= (sampled ? 4 : 0));
      otlp.settle();
      assertEquals(sampled ? 4 : 0, servers(otlp).size());
      assertEquals(
          4,
          app.metrics().value("http_server_request_duration_seconds_count", "http_route", "/jdbc"),
          "metrics know no sampling");
    }
  }

  @Test
  void a_callers_decision_not_to_sample_is_followed() {
    try (Otlp otlp = Otlp.http();
        App app = jdbc().agent(otlp).start()) {
      String traceId = App.hex(16);
      app.plain("/jdbc?prepared", "traceparent", "00-" + traceId + "-" + App.hex(8) + "-00");
      Trace sampled = statement(app, otlp);
      assertEquals(2, sampled.spans().size());
      assertTrue(otlp.spans().stream().noneMatch(s -> s.traceId().equals(traceId)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "tracecontext, traceparent, 00-TRACE-SPAN-01",
    "b3, b3, TRACE-SPAN-1",
    "b3multi, X-B3-TraceId, TRACE",
    "jaeger, uber-trace-id, TRACE:SPAN:0:1",
  })
  void each_propagator_is_read_and_written(String propagator, String header, String value) {
    try (Otlp otlp = Otlp.http();
        App app =
            App.main("app.PropagationApp")
                .agent(otlp)
                .property("otel.propagators", propagator + ",baggage")
                .start()) {
      String traceId = App.hex(16);
      String spanId = App.hex(8);
      String sent = value.replace("TRACE", traceId).replace("SPAN", spanId);
      String answer =
          (propagator.equals("b3multi")
                  ? app.plain(
                      "/call",
                      header,
                      sent,
                      "X-B3-SpanId",
                      spanId,
                      "X-B3-Sampled",
                      "1",
                      "baggage",
                      "user=anna")
                  : app.plain("/call", header, sent, "baggage", "user=anna"))
              .body();
      Trace trace = otlp.trace(traceId, t -> t.spans().size() >= 3);
      Span caller = trace.named("GET /call");
      assertEquals(spanId, caller.parentId());
      Span client = trace.where(s -> s.kind() == Span.Kind.CLIENT).get(0);
      String written = value.replace("TRACE", traceId).replace("SPAN", client.spanId());
      assertTrue(answer.toLowerCase().contains(header.toLowerCase() + ": " + written), answer);
      assertTrue(answer.toLowerCase().contains("baggage: user=anna"), answer);
      assertEquals(client.spanId(), trace.served("GET /headers").parentId());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "b3, b3, 'b3: [0-9a-f]{32}-[0-9a-f]{16}-'",
    "b3multi, X-B3-Sampled, 'x-b3-sampled: '",
  })
  void a_caller_that_has_no_trace_yet_decides_whether_there_is_one(
      String propagator, String header, String written) {
    try (Otlp otlp = Otlp.http();
        App app =
            App.main("app.PropagationApp")
                .agent(otlp)
                .property("otel.propagators", propagator)
                .start()) {
      String unsampled = app.plain("/call", header, "0").body().toLowerCase();
      assertTrue(unsampled.matches("(?s).*" + written + "0\n.*"), unsampled);
      String sampled = app.plain("/call", header, "1").body().toLowerCase();
      assertTrue(sampled.matches("(?s).*" + written + "1\n.*"), sampled);
      assertTrue(Otlp.await(() -> otlp.spans().size() >= 3));
      assertEquals(3, otlp.spans().size(), "those of the second request");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "b3, b3, d, 'b3: [0-9a-f]{32}-[0-9a-f]{16}-d'",
    "b3multi, X-B3-Flags, 1, 'x-b3-flags: 1'",
  })
  void a_debug_trace_reaches_what_is_called_as_one(
      String propagator, String header, String value, String written) {
    try (Otlp otlp = Otlp.http();
        App app =
            App.main("app.PropagationApp")
                .agent(otlp)
                .property("otel.propagators", propagator)
                .property("otel.traces.sampler", "parentbased_always_off")
                .start()) {
      String sent = app.plain("/call", header, value).body().toLowerCase();
      assertTrue(sent.matches("(?s).*" + written + "\n.*"), sent);
      assertFalse(sent.contains("x-b3-sampled"), sent);
      assertTrue(Otlp.await(() -> otlp.spans().size() >= 3), "it is exported");
    }
  }

  @Test
  void a_collector_down_costs_spans_but_not_the_application() {
    try (Otlp otlp = Otlp.http()) {
      otlp.down();
      try (App app = jdbc().agent(otlp).start()) {
        for (int i = 0; i < 20; i++) {
          assertEquals(200, app.get("/jdbc?prepared").status());
          Otlp.sleep(50);
        }
        Otlp.sleep(1_500);
        long lines = exporterLines(app);
        assertTrue(lines >= 1, () -> "no line about the collector:\n" + app.errors());
        assertTrue(lines <= 3, () -> "more than a line a change:\n" + app.errors());
        otlp.up();
        assertTrue(
            Otlp.await(
                () -> {
                  app.get("/jdbc?prepared");
                  return !otlp.spans().isEmpty();
                }),
            "nothing came after the collector was back");
        Metrics metrics = app.metrics();
        double exported = metrics.value("atalaya_spans_exported_total");
        assertTrue(exported > 0, () -> metrics.about("atalaya_spans"));
        assertTrue(exporterLines(app) <= lines + 2, app.errors());
      }
    }
  }

  @Test
  void without_a_collector_one_line_says_so_and_then_silence() {
    try (App app = jdbc().agent(null).start()) {
      for (int i = 0; i < 30; i++) {
        assertEquals(200, app.get("/jdbc?prepared").status());
        Otlp.sleep(50);
      }
      Otlp.sleep(1_500);
      assertEquals(1, exporterLines(app), app.errors());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http/protobuf", "grpc"})
  void sigterm_sends_what_is_left_within_three_seconds(String protocol) {
    try (Otlp otlp = protocol.equals("grpc") ? Otlp.grpc() : Otlp.http();
        App app = jdbc().agent(otlp).property("otel.bsp.schedule.delay", "60s").start()) {
      List<String> traces = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        traces.add(app.get("/jdbc?prepared").traceId());
      }
      Duration took = app.stop();
      assertTrue(took.toMillis() < 4_000, () -> "took " + took);
      assertEquals(10, otlp.spans().stream().filter(s -> traces.contains(s.traceId())).count());
    }
  }

  @Test
  void sigterm_does_not_wait_for_a_collector_that_is_down() {
    try (Otlp otlp = Otlp.http()) {
      otlp.down();
      try (App app = jdbc().agent(otlp).start()) {
        app.get("/jdbc?prepared");
        Duration took = app.stop();
        assertTrue(took.toMillis() < 4_000, () -> "took " + took);
      }
    }
  }

  @Test
  void console_exporter_prints_spans_and_none_exports_nothing() {
    try (App app = jdbc().agent(null).property("otel.traces.exporter", "console").start()) {
      app.get("/jdbc?prepared");
      assertTrue(
          Otlp.await(() -> (app.output() + app.errors()).contains("SELECT item")),
          () -> app.output() + app.errors());
    }
    try (Otlp otlp = Otlp.http();
        App app = jdbc().agent(otlp).property("otel.traces.exporter", "none").start()) {
      app.get("/jdbc?prepared");
      Otlp.sleep(500);
      assertEquals(List.of(), otlp.spans());
      assertEquals(
          1,
          app.metrics().value("http_server_request_duration_seconds_count", "http_route", "/jdbc"));
      assertFalse(app.errors().contains("refused"), app.errors());
    }
  }

  private static List<Span> servers(Otlp otlp) {
    return otlp.spans().stream().filter(s -> s.kind() == Span.Kind.SERVER).toList();
  }

  private static long exporterLines(App app) {
    return app.errors()
        .lines()
        .filter(line -> line.toLowerCase().matches(".*(export|collector|spans|v1/traces).*"))
        .count();
  }

  private static App.Launch jdbc() {
    return App.main("app.JdbcApp")
        .libraries("com.h2database:h2:2.5.252")
        .arguments("jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1", "plain");
  }

  private static Trace statement(App app, Otlp otlp) {
    App.Answer answer = app.get("/jdbc?prepared");
    assertEquals(200, answer.status(), answer.body());
    return otlp.trace(answer.traceId());
  }
}
