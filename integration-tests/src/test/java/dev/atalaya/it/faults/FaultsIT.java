package dev.atalaya.it.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.it.App;
import dev.atalaya.it.Metrics;
import dev.atalaya.it.Otlp;
import dev.atalaya.it.Program;
import dev.atalaya.it.Span;
import dev.atalaya.it.Trace;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad input and faults: one clear line, and the application runs on. */
final class FaultsIT {
  @TempDir Path folder;

  @Test
  void an_unknown_option_is_named_with_the_nearest_known_one() {
    try (App app = jdbc().agent(null).property("atalaya.http.exlude", "/x").start()) {
      assertEquals(200, app.get("/jdbc?statement").status());
      String line = line(app, "exlude");
      assertTrue(line.contains("atalaya.http.exclude"), line);
    }
  }

  @Test
  void an_invalid_value_is_named_and_the_default_holds() {
    try (Otlp otlp = Otlp.http();
        App app =
            jdbc()
                .agent(otlp)
                .property("otel.bsp.schedule.delay", "soon")
                .property("otel.bsp.max.queue.size", "many")
                .start()) {
      assertTrue(line(app, "soon").contains("otel.bsp.schedule.delay"), app.errors());
      assertTrue(line(app, "many").contains("otel.bsp.max.queue.size"), app.errors());
      assertEquals(2, otlp.trace(app.get("/jdbc?prepared").traceId()).spans().size());
    }
  }

  @Test
  void a_configuration_file_that_cannot_be_read_is_one_line() throws Exception {
    Path broken = Files.writeString(folder.resolve("broken.properties"), "a=\\u00zz\n");
    for (Path file : List.of(folder.resolve("missing.properties"), folder, broken)) {
      try (App app = jdbc().agent(null).property("atalaya.config", file.toString()).start()) {
        assertEquals(200, app.get("/jdbc?statement").status());
        assertEquals(
            1,
            app.errors().lines().filter(line -> line.contains(file.toString())).count(),
            () -> file + ":\n" + app.errors());
      }
    }
  }

  @Test
  void a_file_is_live_and_ranks_below_the_environment_and_properties() throws Exception {
    Path file = folder.resolve("atalaya.properties");
    Files.writeString(file, "otel.service.name=file\natalaya.enabled=true\n");
    try (Otlp otlp = Otlp.http();
        App app =
            jdbc()
                .agent(otlp)
                .agentArguments("otel.service.name=argument,atalaya.config=" + file)
                .environment("OTEL_SERVICE_NAME", "environment")
                .start()) {
      Trace trace = otlp.trace(app.get("/jdbc?prepared").traceId());
      assertEquals("environment", trace.server().resource().get("service.name"));
      assertEquals(1, app.metrics().value("atalaya_enabled"));

      Files.writeString(file, "atalaya.enabled=false\n");
      assertTrue(Otlp.await(() -> app.metrics().value("atalaya_enabled") == 0), "switched off");
      otlp.settle();
      otlp.clear();
      for (int i = 0; i < 5; i++) {
        assertEquals(200, app.get("/jdbc?prepared").status());
      }
      otlp.settle();
      assertEquals(List.of(), otlp.spans());

      Files.writeString(file, "atalaya.enabled=true\n");
      assertTrue(Otlp.await(() -> app.metrics().value("atalaya_enabled") == 1), "switched on");
      assertEquals(2, otlp.trace(app.get("/jdbc?prepared").traceId()).spans().size());
    }
  }

  @Test
  void a_taken_port_is_left_alone_and_the_real_address_is_logged() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        App app =
            jdbc()
                .agent(null)
                .property("otel.exporter.prometheus.port", "" + taken.getLocalPort())
                .start()) {
      assertTrue(Otlp.await(() -> app.errors().matches("(?s).*127\\.0\\.0\\.1:\\d+.*")));
      int real =
          Integer.parseInt(
              app.errors()
                  .lines()
                  .filter(line -> line.contains("127.0.0.1:"))
                  .reduce((first, last) -> last)
                  .orElseThrow()
                  .replaceAll(".*127\\.0\\.0\\.1:(\\d+).*", "$1"));
      assertTrue(real != taken.getLocalPort(), app.errors());
      assertEquals(1, Metrics.text(real).value("atalaya_enabled"));
      assertEquals(200, app.get("/jdbc?statement").status());
    }
  }

  @Test
  void one_library_or_everything_can_be_switched_off() {
    try (Otlp otlp = Otlp.http();
        App app =
            jdbc().agent(otlp).property("atalaya.instrumentation.jdbc.enabled", "false").start()) {
      assertEquals(List.of("GET /jdbc"), otlp.trace(app.get("/jdbc?prepared").traceId()).names());
    }
    try (Otlp otlp = Otlp.http();
        App app = jdbc().agent(otlp).property("otel.sdk.disabled", "true").start()) {
      assertEquals(200, app.get("/jdbc?prepared").status());
      Otlp.sleep(500);
      assertEquals(List.of(), otlp.spans());
    }
    try (Otlp otlp = Otlp.http();
        App app = jdbc().agent(otlp).property("atalaya.enabled", "false").start()) {
      assertEquals(200, app.get("/jdbc?prepared").status());
      Otlp.sleep(500);
      assertEquals(List.of(), otlp.spans());
    }
  }

  @Test
  void nothing_private_leaves() {
    try (Otlp otlp = Otlp.http();
        App app = jdbc().agent(otlp).start()) {
      App.Answer answer =
          app.get(
              "/jdbc/ghp_CANARYabcdefghijkl/ann.CANARY%40example.com"
                  + "?statement&page=2&token=CANARY-token&api_key=CANARY-key&card=CANARY-card"
                  + "&to=http%3A%2F%2Fh%2F%3Fcode%3DCANARY"
                  + "&X-Amz-Signature=CANARY-signature",
              "Cookie",
              "session=CANARY-cookie",
              "Authorization",
              "Bearer CANARY-bearer",
              "User-Agent",
              "CANARY-agent");
      assertEquals(500, answer.status(), "that is no scenario");
      Span server = otlp.trace(answer.traceId()).server();
      String query = server.text("url.query");
      assertTrue(query.contains("page=2") && query.contains("token=REDACTED"), query);
      assertEquals("/jdbc/REDACTED/REDACTED", server.text("url.path"));
      for (String scenario : List.of("statement", "prepared", "error", "unique")) {
        app.get("/jdbc?" + scenario);
      }
      otlp.settle();
      assertFalse(otlp.received("CANARY"), () -> new Trace(otlp.spans()).toString());
      assertFalse(app.metrics().text().contains("CANARY"));
      app.stop();
      assertFalse(app.errors().contains("CANARY"), app.errors());
      assertFalse(app.output().contains("CANARY"), app.output());
    }
  }

  @Test
  void the_metrics_port_checks_the_host_header() throws Exception {
    try (App app = jdbc().agent(null).start()) {
      app.metrics();
      try (java.net.Socket socket = new java.net.Socket("127.0.0.1", app.metricsPort())) {
        socket
            .getOutputStream()
            .write("GET /metrics HTTP/1.1\r\nHost: evil.example\r\n\r\n".getBytes());
        byte[] reply = new byte[64];
        int length = socket.getInputStream().read(reply);
        String first = new String(reply, 0, Math.max(0, length)).split("\r\n")[0];
        assertTrue(first.matches("HTTP/1.1 4\\d\\d.*"), first);
      }
      HttpResponse<String> findings =
          Program.get("http://127.0.0.1:" + app.metricsPort() + "/api/findings");
      assertEquals("[]", findings.body().strip());
    }
  }

  private static String line(App app, String word) {
    assertTrue(app.says(word), () -> "no line with " + word + ":\n" + app.errors());
    List<String> lines = app.errors().lines().filter(line -> line.contains(word)).toList();
    assertEquals(1, lines.size(), app.errors());
    return lines.get(0);
  }

  private static App.Launch jdbc() {
    return App.main("app.JdbcApp")
        .libraries("com.h2database:h2:2.5.252")
        .arguments("jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1", "plain");
  }
}
