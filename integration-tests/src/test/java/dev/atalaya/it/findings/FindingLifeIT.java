package dev.atalaya.it.findings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.it.App;
import dev.atalaya.it.Finding;
import dev.atalaya.it.Findings;
import dev.atalaya.it.Metrics;
import dev.atalaya.it.Otlp;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A finding over many requests: its numbers, its end, and its return. */
final class FindingLifeIT {

  @Test
  void it_sums_up_ends_after_200_clean_requests_and_returns() {
    try (App app =
        App.main("app.FindingsApp")
            .release(17)
            .libraries("com.zaxxer:HikariCP:7.1.0", "com.h2database:h2:2.5.252")
            .arguments("jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1", "sa")
            .property("otel.service.name", "life")
            .agent(null)
            .start()) {
      for (int i = 0; i < 4; i++) {
        get(app, 20);
      }
      get(app, 45);
      Finding finding =
          Findings.only(app, "GET /sometimes", 5)
              .has("status", "firing", "occurrences", 5)
              .has("operation.count_typical", 20, "operation.count_max", 45);
      for (int i = 0; i < 199; i++) {
        get(app, 1);
      }
      app.get("/five");
      Findings.only(app, "GET /five", 1);
      Findings.only(app, "GET /sometimes", 5).has("status", "firing");
      get(app, 1);
      Finding resolved =
          Findings.only(app, "GET /sometimes", f -> f.text("status").equals("resolved"));
      assertEquals(finding.fingerprint(), resolved.fingerprint());
      assertEquals(5, resolved.occurrences());
      get(app, 20);
      Finding again = Findings.only(app, "GET /sometimes", f -> f.text("status").equals("firing"));
      assertEquals(finding.fingerprint(), again.fingerprint());
    }
  }

  @Test
  void nothing_is_lost_where_many_threads_meet() throws Exception {
    try (App app =
        App.main("app.FindingsApp")
            .release(17)
            .libraries("com.zaxxer:HikariCP:7.1.0", "com.h2database:h2:2.5.252")
            .arguments("jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1", "sa")
            .property("otel.service.name", "life")
            .agent(null)
            .start()) {
      Findings.twice(app, "life", "/parallel_thousand")
          .has("kind", "n_plus_one", "operation.summary", "SELECT payment")
          .counts(1_000)
          .distinct(1)
          .calledFrom("app.ParallelFindings.payment", "parallel thousand");
      ExecutorService visitors = Executors.newFixedThreadPool(8);
      List<Future<?>> visits = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        visits.add(visitors.submit(() -> get(app, 20)));
      }
      for (Future<?> visit : visits) {
        visit.get();
      }
      visitors.shutdown();
      Findings.only(app, "GET /sometimes", 200).has("occurrences", 200).counts(20);
      Metrics metrics = app.metrics();
      assertEquals(
          200,
          metrics.value("atalaya_findings_total", "entry_point", "GET /sometimes"),
          () -> metrics.about("atalaya_findings"));
    }
  }

  @Test
  void thresholds_and_what_to_ignore_change_while_it_runs(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("atalaya.properties"), "");
    try (App app =
        App.main("app.FindingsApp")
            .release(17)
            .libraries("com.zaxxer:HikariCP:7.1.0", "com.h2database:h2:2.5.252")
            .arguments("jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1", "sa")
            .property("otel.service.name", "life")
            .property("atalaya.config", file.toString())
            .agent(null)
            .start()) {
      get(app, 6);
      Findings.only(app, "GET /sometimes", 1);

      Files.writeString(file, "atalaya.n_plus_one.threshold.reads=7\n");
      Otlp.sleep(7_000); // the file is looked at every 5 s
      get(app, 6);
      get(app, 7);
      Findings.only(app, "GET /sometimes", 2).has("occurrences", 2, "operation.count_max", 7);

      Files.writeString(file, "atalaya.ignore.routes=GET /some*\n");
      Otlp.sleep(7_000);
      get(app, 20);
      app.get("/five");
      Findings.only(app, "GET /five", 1);
      Findings.only(app, "GET /sometimes", 2).has("occurrences", 2);
    }
  }

  @Test
  void a_thread_of_its_own_is_judged_when_it_falls_idle() {
    try (App app =
        App.main("app.ThreadsApp")
            .release(17)
            .libraries("com.h2database:h2:2.5.252")
            .property("otel.service.name", "life")
            .agent(null)
            .start()) {
      assertTrue(
          Otlp.await(() -> !Findings.of(app).all().isEmpty()), () -> "none: " + app.errors());
      List<Finding> all = Findings.of(app).all();
      assertEquals(1, all.size(), all::toString);
      Finding finding =
          all.get(0)
              .has("kind", "n_plus_one", "status", "firing", "cause", null)
              .has("operation.text", "SELECT name FROM item WHERE id = ?")
              .counts(60)
              .distinct(1)
              .calledFrom("app.ThreadsApp.read", "read");
      assertTrue(finding.text("entry_point").matches("THREAD importer-[^0-9]*"), finding::toString);
    }
  }

  private static void get(App app, int times) {
    App.Answer answer = app.get("/sometimes?" + times);
    assertEquals(200, answer.status(), answer.body());
  }
}
