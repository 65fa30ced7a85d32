package dev.atalaya.it.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.it.App;
import dev.atalaya.it.Finding;
import dev.atalaya.it.Findings;
import dev.atalaya.it.KotlinSources;
import dev.atalaya.it.Otlp;
import dev.atalaya.it.Span;
import dev.atalaya.it.Trace;
import dev.atalaya.libraries.Libraries;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A request's context in Kotlin's coroutines, and what repeats in them, by the line of Kotlin. */
final class CoroutinesIT {
  private static final String APP = "app.CoroutinesApp";
  private static final List<String> SCENARIOS =
      List.of(
          "launch",
          "async",
          "with_context",
          "unconfined",
          "executor",
          "undispatched",
          "lazy",
          "supervisor",
          "timeout",
          "cancel",
          "flow",
          "named_flow",
          "semaphore",
          "task");

  private static Otlp otlp;

  @BeforeAll
  static void start() {
    otlp = Otlp.http();
  }

  @AfterAll
  static void stop() {
    otlp.close();
  }

  private static App.Launch launch(String library, String kotlin) {
    List<Path> libraries =
        Libraries.classPath(
            library,
            "org.jetbrains.kotlin:kotlin-stdlib-jdk7:" + kotlin,
            "com.h2database:h2:2.3.232");
    return App.program(APP, KotlinSources.classPath(APP, kotlin, List.of("app.Web"), libraries))
        .property("otel.service.name", "coroutines")
        .agent(otlp);
  }

  @ParameterizedTest
  @CsvSource({
    "org.jetbrains.kotlinx:kotlinx-coroutines-core:1.3.9, 1.5.32",
    "org.jetbrains.kotlinx:kotlinx-coroutines-core-jvm:1.11.0, 2.3.21",
  })
  void coroutines_belong_to_the_request_that_started_them(String library, String kotlin)
      throws Exception {
    try (App app = launch(library, kotlin).start()) {
      for (String scenario : SCENARIOS) assertQueries(app, scenario);
      for (String none : List.of("nothing", "outside")) assertQueries(app, none);

      App.Answer late = app.get("/late");
      Trace trace = otlp.trace(late.traceId(), t -> t.database().size() == 2);
      assertEquals(2, trace.database().size(), trace::toString);

      App.Answer poll = app.get("/poll");
      Otlp.sleep(5_500);
      otlp.settle();
      int polled = otlp.trace(poll.traceId()).database().size();
      assertTrue(polled >= 1 && polled <= 4, polled + " of 8 while the request was waited for");

      assertFortyVisitors(app);
      for (String none : List.of("nothing", "outside")) assertQueries(app, none);
    }
  }

  private static void assertFortyVisitors(App app) throws Exception {
    ExecutorService visitors = Executors.newFixedThreadPool(8);
    List<Future<App.Answer>> answers = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      String scenario = SCENARIOS.get(i % SCENARIOS.size());
      answers.add(visitors.submit(() -> app.get("/context?" + scenario)));
    }
    for (Future<App.Answer> answer : answers) assertQueries(answer.get());
    visitors.shutdown();
  }

  private static void assertQueries(App app, String scenario) {
    App.Answer answer = app.get("/context?" + scenario);
    assertEquals(200, answer.status(), () -> scenario + answer.body());
    assertQueries(answer);
  }

  /** The answer says how many there were. */
  private static void assertQueries(App.Answer answer) {
    int queries = Integer.parseInt(answer.body());
    Trace trace =
        otlp.trace(
            answer.traceId(),
            t ->
                !t.where(span -> span.kind() == Span.Kind.SERVER).isEmpty()
                    && t.database().size() == queries);
    trace.assertCallsInsideServer();
    assertEquals(queries, trace.database().size(), trace::toString);
  }

  @ParameterizedTest
  @CsvSource({
    "org.jetbrains.kotlinx:kotlinx-coroutines-core:1.3.9, 1.5.32",
    "org.jetbrains.kotlinx:kotlinx-coroutines-core-jvm:1.11.0, 2.3.21",
  })
  void what_repeats_in_coroutines_is_told_by_the_line_of_kotlin(String library, String kotlin) {
    try (App app = launch(library, kotlin).start()) {
      assertRepeats(app, "/sequential", "load", "load").has("operation.execution", "sequential");
      assertRepeats(app, "/parallel", "items", "items").has("operation.execution", "parallel");
      assertRepeats(app, "/lambda", "inLambda", "lambda");
    }
  }

  private static Finding assertRepeats(App app, String path, String function, String mark) {
    assertEquals("20", app.get(path).body());
    return Findings.only(app, "GET " + path, 1)
        .has("kind", "n_plus_one", "cause.rows_typical", 20)
        .counts(20)
        .has("call_site.function", APP + "." + function)
        .has("call_site.file", "CoroutinesApp.kt")
        .has("call_site.line", KotlinSources.line(APP, mark));
  }
}
