package dev.atalaya.it.findings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.it.App;
import dev.atalaya.it.Finding;
import dev.atalaya.it.Findings;
import dev.atalaya.it.Metrics;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Slow queries, also while they run, and slow requests. */
@ParameterizedClass(name = "{0}")
@ValueSource(strings = {"h2database", "postgresql"})
final class SlowIT {
  private static final String TEXT =
      "SELECT name, PAUSE(?) FROM payment WHERE order_id = ? AND name <> ?";

  private static EmbeddedPostgres postgres;
  private static App app;

  @Parameter String system;

  @BeforeParameterizedClassInvocation
  static void start(String system) throws Exception {
    App.Launch launch =
        App.main("app.SlowApp")
            .release(17)
            .property("otel.service.name", "slow")
            .property("atalaya.slow.query.threshold", "200ms")
            .property("atalaya.slow.query.running", "1s")
            .property("atalaya.slow.request.threshold", "1500ms")
            .property("atalaya.slow.request.threshold.GET /critical_sleep", "200ms")
            .property("atalaya.slow.request.threshold.GET /patient", "10s")
            .property("atalaya.slow.request.threshold.GET /running_query", "10s")
            .agent(null);
    if (system.equals("postgresql")) {
      postgres = EmbeddedPostgres.start();
      launch
          .libraries("com.zaxxer:HikariCP:7.1.0", "org.postgresql:postgresql:42.7.14")
          .arguments(postgres.getJdbcUrl("postgres", "postgres"), "postgres");
    } else {
      launch
          .libraries("com.zaxxer:HikariCP:7.1.0", "com.h2database:h2:2.5.252")
          .arguments("jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1", "sa");
    }
    app = launch.start();
  }

  @AfterParameterizedClassInvocation
  static void stop() throws Exception {
    app.close();
    if (postgres != null) {
      postgres.close();
      postgres = null;
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"/query, 300, warning", "/critical_query, 1100, critical"})
  void a_slow_query_is_found(String path, int millis, String severity) {
    assertEquals(0, Findings.of(app).at("GET " + path).size());
    get(path + "?1");
    App.Answer slow = get(path + "?" + millis);
    Finding finding =
        Findings.only(app, "GET " + path, SlowIT::hasEnded)
            .wellFormed("slow", slow.traceId())
            .has("kind", "slow_query", "severity", severity, "confidence", 1, "occurrences", 1)
            .has("operation.system", system, "operation.summary", "SELECT payment")
            .has("operation.text", TEXT)
            .has("slow.threshold_ms", 200, "slow.rows", 1, "slow.running", false)
            .calledFrom("app.SlowApp.query", "query");
    assertDuration(finding, millis);
    get(path + "?" + millis);
    Finding again = Findings.only(app, "GET " + path, 2);
    assertEquals(finding.fingerprint(), again.fingerprint());
    Metrics metrics = app.metrics();
    assertEquals(
        2,
        metrics.value(
            "atalaya_findings_total",
            "kind",
            "slow_query",
            "severity",
            severity,
            "entry_point",
            "GET " + path,
            "db_system_name",
            system),
        () -> metrics.about("atalaya_findings"));
  }

  @Test
  void fetching_the_rows_counts_too() {
    App.Answer answer = get("/fetch?10");
    Finding finding =
        Findings.only(app, "GET /fetch", 1)
            .wellFormed("slow", answer.traceId())
            .has("kind", "slow_query", "operation.text", "SELECT id, PAUSE(?) FROM orders")
            .has("slow.rows", 30, "slow.running", false)
            .has("call_site.function", "app.SlowApp.fetch");
    assertDuration(finding, 300);
  }

  @Test
  void much_slower_than_usual_is_slow() {
    for (int i = 0; i < 100; i++) {
      get("/usual_query?1");
    }
    App.Answer slow = get("/usual_query?150");
    Finding finding =
        Findings.only(app, "GET /usual_query", 1)
            .wellFormed("slow", slow.traceId())
            .has("kind", "slow_query", "occurrences", 1, "severity", "warning")
            .has("operation.text", "SELECT PAUSE(?), name FROM item WHERE id = ?")
            .calledFrom("app.SlowApp.usual", "usual query");
    assertDuration(finding, 150);
  }

  @Test
  void a_query_is_told_of_while_it_runs() throws Exception {
    CompletableFuture<App.Answer> request =
        CompletableFuture.supplyAsync(() -> get("/running_query?5000"));
    Finding running =
        Findings.only(app, "GET /running_query", 1)
            .has("kind", "slow_query", "slow.running", true, "confidence", 1)
            .has("operation.system", system, "operation.text", TEXT)
            .calledFrom("app.SlowApp.query", "query");
    assertFalse(request.isDone(), "it was told of after its end");
    assertTrue(running.number("slow.duration_ms") >= 1_000, running::toString);
    App.Answer answer = request.get();
    Finding ended =
        Findings.only(app, "GET /running_query", SlowIT::hasEnded)
            .wellFormed("slow", answer.traceId())
            .has("kind", "slow_query", "severity", "critical", "occurrences", 1, "slow.rows", 1);
    assertEquals(running.fingerprint(), ended.fingerprint());
    assertDuration(ended, 5_000);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"/sleep, 1700, warning", "/critical_sleep, 1100, critical"})
  void a_slow_request_is_found(String path, int millis, String severity) {
    get(path + "?1");
    App.Answer slow = get(path + "?" + millis);
    Findings.only(app, "GET " + path, 1)
        .wellFormed("slow", slow.traceId())
        .has("kind", "slow_request", "severity", severity, "confidence", 1, "occurrences", 1)
        .has("operation", null, "cause", null);
  }

  @Test
  void a_route_may_have_more_time() {
    get("/patient?1700");
    get("/barrier");
    Findings.only(app, "GET /barrier", 1);
    assertEquals(List.of(), Findings.of(app).at("GET /patient"));
  }

  private static boolean hasEnded(Finding finding) {
    return !finding.at("slow.running").asBoolean(true);
  }

  private static App.Answer get(String path) {
    App.Answer answer = app.get(path);
    assertEquals(200, answer.status(), answer.body());
    return answer;
  }

  private static void assertDuration(Finding finding, int millis) {
    double duration = finding.number("slow.duration_ms");
    assertTrue(duration >= millis - 1 && duration < millis + 2_000, finding::toString);
  }
}
