package dev.atalaya.it.findings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.it.App;
import dev.atalaya.it.Finding;
import dev.atalaya.it.Findings;
import dev.atalaya.it.Otlp;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What repeats itself for a reason is not found: it is counted as what it is. */
final class SilenceIT {
  private static App app;

  @BeforeAll
  static void start() {
    app =
        launch()
            .property("atalaya.ignore.routes", "GET /ignored_route,GET /nowhere/*")
            .property("atalaya.ignore.tables", "audit_log")
            .property("atalaya.ignore.call_sites", "app.Reads$Legacy.*")
            .start();
  }

  @AfterAll
  static void stop() {
    app.close();
  }

  private static App.Launch launch() {
    return App.main("app.SilenceApp")
        .release(17)
        .libraries(
            "com.zaxxer:HikariCP:7.1.0",
            "org.apache.commons:commons-dbcp2:2.14.0",
            "com.h2database:h2:2.5.252",
            "com.github.ben-manes.caffeine:caffeine:3.3.1",
            "org.flywaydb:flyway-core:13.12.1")
        .classPath(Path.of("src/apps/resources/silence").toAbsolutePath())
        .property("otel.service.name", "silence")
        .agent(null);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "/join, ''",
    "/one_list, ''",
    "/changing_lists, chunked_read",
    "/arrays, chunked_read",
    "/ranges, chunked_read",
    "/offsets, pagination",
    "/literal_offsets, pagination",
    "/keyset, pagination",
    "/four, ''",
    "/nineteen_writes, ''",
    "/different, ''",
    "/batches, ''",
    "/shards, ''",
    "/cache, ''",
    "/validation, ignored",
    "/validated_pool, ''",
    "/sequence, sequence",
    "/migration, ignored",
    "/polling, polling",
    "/retries, retry_storm",
    "/skip_locked, queue_poll",
    "/comment, ignored",
    "/ignored_route, ignored",
    "/ignored_table, ignored",
    "/ignored_site, ignored",
  })
  void a_good_reason_is_understood(String path, String verdict) {
    barrier(app);
    double before = verdicts(verdict);
    get(app, path);
    barrier(app);
    assertSilent(app, "GET " + path);
    if (!verdict.isEmpty()) {
      assertTrue(
          verdicts(verdict) > before,
          () -> "no verdict " + verdict + app.metrics().about("atalaya_verdicts"));
    }
    assertEquals(
        0,
        app.metrics().value("atalaya_findings_total", "entry_point", "GET " + path),
        () -> app.metrics().about("atalaya_findings"));
  }

  @Test
  void twenty_requests_at_once_are_no_loop() throws Exception {
    ExecutorService visitors = Executors.newFixedThreadPool(20);
    List<Future<?>> visits = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      visits.add(visitors.submit(() -> get(app, "/once")));
    }
    for (Future<?> visit : visits) {
      visit.get();
    }
    visitors.shutdown();
    barrier(app);
    assertSilent(app, "GET /once");
  }

  @Test
  void migrations_at_start_are_not_the_applications() {
    // A thread's window closes after five idle seconds.
    Otlp.sleep(7_000);
    barrier(app);
    List<Finding> others =
        Findings.of(app).all().stream()
            .filter(finding -> !finding.text("entry_point").startsWith("GET "))
            .toList();
    assertEquals(List.of(), others);
  }

  @ParameterizedTest
  @ValueSource(strings = {"fingerprint", "problem"})
  void a_finding_can_be_ignored_by_its_own_name_and_by_its_problems(String by) {
    String name;
    try (App first = launch().start()) {
      get(first, "/ignored_site");
      name = Findings.only(first, "GET /ignored_site", 1).text(by);
    }
    try (App second = launch().property("atalaya.ignore.fingerprints", name).start()) {
      get(second, "/ignored_site");
      barrier(second);
      assertSilent(second, "GET /ignored_site");
      assertTrue(
          second.metrics().value("atalaya_verdicts_total", "verdict", "ignored") >= 1,
          () -> second.metrics().about("atalaya_verdicts"));
    }
  }

  private static double verdicts(String verdict) {
    return app.metrics().value("atalaya_verdicts_total", "verdict", verdict);
  }

  /** Whatever ended before this was judged when it returns. */
  private static void barrier(App app) {
    long before =
        Findings.of(app).at("GET /barrier").stream().mapToLong(Finding::occurrences).sum();
    get(app, "/barrier");
    Findings.only(app, "GET /barrier", before + 1).has("kind", "n_plus_one");
  }

  private static void assertSilent(App app, String entryPoint) {
    assertEquals(List.of(), Findings.of(app).at(entryPoint));
  }

  private static App.Answer get(App app, String path) {
    App.Answer answer = app.get(path);
    assertEquals(200, answer.status(), answer.body());
    return answer;
  }
}
