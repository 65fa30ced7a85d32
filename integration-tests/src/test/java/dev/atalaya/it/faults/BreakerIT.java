package dev.atalaya.it.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.it.App;
import dev.atalaya.it.Findings;
import dev.atalaya.it.Otlp;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An application whose heap is nearly full: it goes on, and the agent makes room and comes back.
 */
final class BreakerIT {
  private static final String JOB = "JOB app.TightHeapApp$1#run";

  @ParameterizedTest
  @ValueSource(strings = {"-XX:+UseG1GC", "-XX:+UseSerialGC"})
  void the_agent_leaves_more_and_more_while_the_heap_is_nearly_full_and_comes_back(
      String collector) {
    try (App app =
        tight(collector)
            .property("atalaya.breaker.calm", "1s")
            .property("atalaya.breaker.heap", "85%")
            .start()) {
      assertEquals(200, app.get("/fill?90").status());
      assertTrue(within(60, () -> stage(app) >= 2), () -> "no stage 2: " + app.agentLines());
      for (int i = 0; i < 20; i++) assertEquals("60 rows", app.get("/loop").body());
      assertTrue(within(60, () -> stage(app) == 5), () -> "no stage 5: " + app.agentLines());
      assertEquals(0, app.metrics().value("atalaya_enabled"));
      assertEquals("60 rows", app.get("/loop").body());
      assertEquals(200, app.get("/free").status());
      assertTrue(within(60, () -> stage(app) == 0), () -> "no stage 0: " + app.agentLines());
      assertEquals(1, app.metrics().value("atalaya_enabled"));
      for (int stage = 1; stage <= 5; stage++) {
        assertEquals(1, lines(app, "WARN circuit breaker, stage " + stage + " of 5"));
      }
      for (int stage = 0; stage <= 4; stage++) {
        assertEquals(1, lines(app, "INFO circuit breaker, stage " + stage + " of 5"));
      }
      app.get("/again");
      Findings.only(app, "GET /again", finding -> finding.text("kind").equals("n_plus_one"));
    }
  }

  @Test
  void a_heap_that_was_full_leaves_the_agent_as_it_was() {
    try (App app =
        tight("-XX:+UseG1GC")
            .property("atalaya.breaker.enabled", "false")
            .property("atalaya.n_plus_one.threshold.job.reads", "5")
            .start()) {
      app.get("/loop");
      app.get("/burst?5000");
      // From here on nobody asks: a server of the application's may not survive this itself.
      assertTrue(within(60, () -> app.output().contains("GIVEN BACK")), app::errors);
      assertTrue(
          within(
              30,
              () ->
                  app.metrics().value("atalaya_findings_total", "entry_point", JOB) >= 3
                      && app.metrics().value("atalaya_queue_size") == 0),
          () -> app.agentLines() + app.metrics().about("atalaya_"));
    }
  }

  private static App.Launch tight(String collector) {
    return App.main("app.TightHeapApp")
        .release(17)
        .libraries("com.zaxxer:HikariCP:7.1.0", "com.h2database:h2:2.5.252")
        .arguments("jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1", "sa")
        .jvmArguments("-Xmx64m", collector)
        .property("otel.traces.exporter", "none")
        .agent(null);
  }

  private static double stage(App app) {
    return app.metrics().value("atalaya_breaker_stage");
  }

  private static long lines(App app, String part) {
    return app.errors().lines().filter(line -> line.contains(part)).count();
  }

  private static boolean within(int seconds, BooleanSupplier condition) {
    long deadline = System.nanoTime() + seconds * 1_000_000_000L;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) return false;
      Otlp.sleep(250);
    }
    return true;
  }
}
