package dev.atalaya.it.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.it.App;
import dev.atalaya.it.MatrixSource;
import dev.atalaya.it.Otlp;
import dev.atalaya.it.Span;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trace and span id in the applications' own log lines. */
final class LogIT {

  @ParameterizedTest
  @CsvSource({
    "app.LogbackApp, ch.qos.logback:logback-classic:1.0.13",
    "app.LogbackApp, ch.qos.logback:logback-classic:1.6.6",
    "app.Log4jApp, org.apache.logging.log4j:log4j-core:2.7",
    "app.Log4jApp, org.apache.logging.log4j:log4j-core:2.26.1",
  })
  @MatrixSource("app.LogbackApp, ch.qos.logback:logback-classic:1.2.13")
  void a_line_written_in_a_request_names_its_trace(String main, String library) {
    try (Otlp otlp = Otlp.http();
        App app =
            App.main(main)
                .libraries(library)
                .classPath(Path.of("src/apps/resources/logging").toAbsolutePath())
                .agent(otlp)
                .start()) {
      App.Answer first = app.get("/log");
      assertEquals(200, first.status(), first.body());
      Span server = otlp.trace(first.traceId()).server();
      String line = "inside trace=" + first.traceId() + " span=" + server.spanId() + " own=kept\n";
      assertTrue(Otlp.await(() -> app.output().contains(line)), line + app.output());
      assertTrue(app.output().contains("outside trace= span= own=\n"), app.output());

      App.Answer second = app.get("/log");
      assertTrue(
          Otlp.await(() -> app.output().contains("inside trace=" + second.traceId())),
          app.output());
    }
  }
}
