package dev.atalaya.it.reactive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.it.App;
import dev.atalaya.it.Finding;
import dev.atalaya.it.Findings;
import dev.atalaya.it.Otlp;
import dev.atalaya.it.Span;
import dev.atalaya.it.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** SQL in the operators of a chain belongs to the request that subscribed to it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ChainContract {
  private static final String ORDERS = "SELECT id FROM orders WHERE customer_id = ? ORDER BY id";
  private static final int WAITING = 40;

  final Otlp otlp = Otlp.http();
  private final String main;
  private final String[] libraries;

  /**
   * @param main a ChainsApp
   * @param libraries the versions of what it is written with
   */
  ChainContract(String main, String... libraries) {
    this.main = main;
    this.libraries = libraries;
  }

  @AfterAll
  void stop() {
    otlp.close();
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void a_chain_belongs_to_the_request_that_subscribed_to_it(String library) throws Exception {
    try (App app = launch(library).agent(otlp).start()) {
      for (int round = 0; round < 2; round++) {
        assertQueries(21, app, "/concat");
        assertQueries(21, app, "/flat");
        assertQueries(2, app, "/timeout");
        assertQueries(3, app, "/error");
        assertEachWaitingHasItsOwn(app);
        assertQueries(0, app, "/background");
      }
      assertEndlessStreamLeavesItsRequest(app);
    }
  }

  @ParameterizedTest
  @MethodSource("loops")
  void a_query_an_element_is_found_with_the_line_of_its_lambda(
      String library, String operator, String execution) {
    try (App app =
        launch(library)
            .property("otel.service.name", "chains")
            .nothingIsSlow() // as the first may be
            .agent(null)
            .start()) {
      Finding finding =
          Findings.twice(app, "chains", "/" + operator)
              .has("kind", "n_plus_one", "operation.execution", execution)
              .counts(20)
              .cause(ORDERS, 20);
      finding.calledFrom(main + "." + operator, operator);
    }
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void answers_are_those_without_the_agent(String library) throws Exception {
    List<List<String>> answers = new ArrayList<>();
    for (boolean with : new boolean[] {false, true}) {
      App.Launch launch = launch(library);
      if (with) launch.agent(otlp);
      try (App app = launch.start()) {
        List<String> bodies = new ArrayList<>();
        for (String path : List.of("concat", "flat", "timeout", "error", "background")) {
          App.Answer answer = app.get("/" + path);
          bodies.add(path + " " + answer.status() + " " + answer.body());
        }
        answers.add(bodies);
        if (with) assertEquals("", app.errors().replace(app.agentLines(), "").strip());
      }
    }
    assertEquals(answers.get(0), answers.get(1));
    assertEquals("concat 200 20 payments", answers.get(0).get(0));
  }

  App.Launch launch(String library) {
    return App.main(main).libraries(library, "com.h2database:h2:2.3.232");
  }

  Stream<String> libraries() {
    return Stream.of(libraries);
  }

  Stream<Arguments> loops() {
    return libraries()
        .flatMap(
            library ->
                Stream.of(
                    Arguments.of(library, "concat", "sequential"),
                    Arguments.of(library, "flat", "parallel")));
  }

  final void assertQueries(int count, App app, String path) {
    App.Answer answer = app.get(path);
    assertEquals(200, answer.status(), answer.body());
    assertQueries(count, otlp.trace(answer.traceId()));
  }

  /** Executions, of which some may be shown as one. */
  private static void assertQueries(int count, Trace trace) {
    String server = trace.server().spanId();
    int queries = 0;
    for (Span span : trace.database()) {
      assertEquals(server, span.parentId(), trace::toString);
      Object collapsed = span.attributes().get("atalaya.collapsed.count");
      queries += collapsed == null ? 1 : Integer.parseInt(collapsed.toString());
    }
    assertEquals(count, queries, trace::toString);
  }

  final void assertEachWaitingHasItsOwn(App app) throws Exception {
    ExecutorService visitors = Executors.newFixedThreadPool(WAITING);
    List<Future<App.Answer>> answers = new ArrayList<>();
    for (int i = 0; i < WAITING; i++) answers.add(visitors.submit(() -> app.get("/wait")));
    String all = String.valueOf(WAITING);
    assertTrue(Otlp.await(() -> app.get("/waiting").body().equals(all)));
    Otlp.sleep(200); // the last is about to subscribe
    App.Answer release = app.get("/release");
    for (Future<App.Answer> waiting : answers) {
      assertEquals("released 11", waiting.get().body());
    }
    assertQueries(0, otlp.trace(release.traceId()));
    Map<String, List<Span>> traces =
        otlp.spans().stream().collect(Collectors.groupingBy(Span::traceId));
    for (Future<App.Answer> waiting : answers) {
      assertQueries(2, new Trace(traces.getOrDefault(waiting.get().traceId(), List.of())));
    }
    visitors.shutdown();
  }

  private void assertEndlessStreamLeavesItsRequest(App app) {
    otlp.settle();
    otlp.clear();
    App.Answer answer = app.get("/endless");
    assertTrue(
        Otlp.await(() -> otlp.spans().stream().filter(Span::isDatabase).count() >= 50),
        () -> "spans of the stream: " + new Trace(otlp.spans()));
    Trace trace = otlp.trace(answer.traceId());
    long end = trace.server().end();
    long late = trace.where(span -> span.isDatabase() && span.start() > end).size();
    assertTrue(late <= 1, trace::toString); // at the end, one may be on its way
  }
}
