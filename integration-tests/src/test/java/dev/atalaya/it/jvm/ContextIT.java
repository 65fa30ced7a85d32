package dev.atalaya.it.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.it.App;
import dev.atalaya.it.Jvm;
import dev.atalaya.it.Jvms;
import dev.atalaya.it.Otlp;
import dev.atalaya.it.Span;
import dev.atalaya.it.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A request's context on other threads, and never in the next request. */
final class ContextIT {
  private static Otlp otlp;

  @BeforeAll
  static void start() {
    otlp = Otlp.http();
  }

  @AfterAll
  static void stop() {
    otlp.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 17, 25})
  void tasks_belong_to_the_request_that_submitted_them(int feature) throws Exception {
    try (App app =
        App.main("app.ContextApp")
            .jvm(Jvm.of(feature))
            .libraries("com.h2database:h2:" + (feature == 8 ? "1.4.200" : "2.5.252"))
            .agent(otlp)
            .start()) {
      for (int round = 0; round < 2; round++) {
        assertQueries(1, app, "submit");
        assertQueries(1, app, "execute");
        assertQueries(5, app, "invoke_all");
        assertQueries(1, app, "fork_join");
        assertQueries(2, app, "recursive");
        assertQueries(4, app, "parallel_stream");
        assertQueries(3, app, "completable_future");
        assertQueries(1, app, "schedule");
        if (feature >= 21) {
          assertQueries(5, app, "virtual");
        }
        assertQueries(0, app, "nothing");
      }
      App.Answer late = app.get("/context?late");
      Trace trace = otlp.trace(late.traceId(), t -> !t.database().isEmpty());
      assertEquals(trace.server().spanId(), trace.database().get(0).parentId());

      for (String periodic : List.of("fixed_rate", "timer")) {
        otlp.settle();
        otlp.clear();
        assertQueries(0, app, periodic);
        assertTrue(
            Otlp.await(() -> otlp.spans().stream().filter(Span::isDatabase).count() >= 3),
            () -> "spans of jobs: " + new Trace(otlp.spans()));
        for (Span span : otlp.spans()) {
          if (span.isDatabase()) {
            Trace job =
                new Trace(
                    otlp.spans().stream()
                        .filter(other -> other.traceId().equals(span.traceId()))
                        .toList());
            assertEquals(1, job.database().size(), () -> "a run is a trace of its own " + job);
          }
        }
      }

      ExecutorService visitors = Executors.newFixedThreadPool(8);
      List<Future<App.Answer>> answers = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        String scenario = i % 4 == 0 ? "nothing" : i % 2 == 0 ? "invoke_all" : "submit";
        answers.add(visitors.submit(() -> app.get("/context?" + scenario)));
      }
      for (int i = 0; i < 40; i++) {
        int queries = i % 4 == 0 ? 0 : i % 2 == 0 ? 5 : 1;
        String traceId = answers.get(i).get().traceId();
        Trace parallel =
            otlp.trace(traceId, t -> t.spans().size() > queries && t.database().size() == queries);
        assertEquals(queries, parallel.database().size(), parallel::toString);
        parallel.assertCallsInsideServer();
      }
      visitors.shutdown();
    }
  }

  /** A preview, which the JVM is to be asked for. */
  @ParameterizedTest
  @ValueSource(ints = {21, 25, 26})
  void what_a_scope_forks_belongs_to_the_request(int feature) {
    try (App app =
        App.main("app.ContextApp")
            .jvm(Jvms.of(feature))
            .jvmArguments("--enable-preview")
            .libraries("com.h2database:h2:2.5.252")
            .agent(otlp)
            .start()) {
      for (int round = 0; round < 2; round++) {
        assertQueries(3, app, "forked");
        assertQueries(3, app, "forked_on_platform");
        assertQueries(1, app, "started_virtual");
        assertQueries(0, app, "nothing");
      }
    }
  }

  private static void assertQueries(int count, App app, String scenario) {
    App.Answer answer = app.get("/context?" + scenario);
    assertEquals(200, answer.status(), answer.body());
    Trace trace = otlp.trace(answer.traceId()).assertCallsInsideServer();
    assertEquals(count, trace.database().size(), () -> scenario + trace);
  }
}
