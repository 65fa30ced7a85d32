package dev.atalaya.agent.library.scala;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.library.Woven;
import dev.atalaya.agent.library.executors.ExecutorInstrumentation;
import dev.atalaya.agent.library.executors.ForkJoinInstrumentation;
import dev.atalaya.bridge.Call;
import dev.atalaya.bridge.Tracing;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import scala.concurrent.Await$;
import scala.concurrent.ExecutionContext;
import scala.concurrent.ExecutionContext$;
import scala.concurrent.Future;
import scala.concurrent.Future$;
import scala.concurrent.Promise;
import scala.concurrent.Promise$;
import scala.concurrent.duration.Duration;

class ScalaInstrumentationTest {
  private final Woven woven =
      Woven.with(
          new ExecutorInstrumentation(), new ForkJoinInstrumentation(), new ScalaInstrumentation());
  private final ExecutorService pool = Executors.newFixedThreadPool(2);
  private final List<ExecutionContext> contexts =
      List.of(
          ExecutionContext$.MODULE$.global(),
          ExecutionContext$.MODULE$.fromExecutor(pool),
          ExecutionContext$.MODULE$.fromExecutor(Runnable::run));

  @AfterEach
  void close() {
    pool.shutdownNow();
    woven.close();
  }

  private static <T> T await(Future<T> future) throws Exception {
    return Await$.MODULE$.result(future, Duration.create(5, "seconds"));
  }

  @Test
  void a_body_and_what_is_chained_to_it_run_in_the_request() throws Exception {
    for (ExecutionContext context : contexts) {
      woven.inRequest(
          () -> {
            String trace = Tracing.traceId();
            Future<String> body = Future$.MODULE$.apply(() -> "" + Tracing.traceId(), context);
            Future<String> mapped = body.map(x -> x + Tracing.traceId(), context);
            Future<String> all =
                mapped.flatMap(
                    x -> Future$.MODULE$.apply(() -> x + Tracing.traceId(), context), context);
            assertEquals(trace + trace + trace, await(all));
            return null;
          });
    }
  }

  @Test
  void what_is_chained_runs_where_it_was_chained_whoever_completes() throws Exception {
    Promise<String> promise = Promise$.MODULE$.apply();
    List<Future<String>> chained = new ArrayList<>();
    List<Future<String>> outside = new ArrayList<>();
    for (ExecutionContext context : contexts) {
      outside.add(promise.future().map(x -> "" + Tracing.traceId(), context));
    }
    String trace =
        woven.inRequest(
            () -> {
              for (ExecutionContext context : contexts) {
                chained.add(promise.future().map(x -> "" + Tracing.traceId(), context));
              }
              return Tracing.traceId();
            });
    Call other = woven.request();
    String otherTrace = Tracing.traceId();
    promise.success("done");
    assertEquals(otherTrace, Tracing.traceId());
    for (Future<String> each : chained) assertEquals(trace, await(each));
    for (Future<String> each : outside) assertEquals("null", await(each));
    other.end(null);
  }

  @Test
  void a_request_waits_for_what_is_chained() throws Exception {
    Promise<String> promise = Promise$.MODULE$.apply();
    Call request = woven.request();
    Future<String> chained = promise.future().map(x -> x, contexts.get(2));
    request.end(null);
    assertTrue(woven.waitsForTasks(request));
    promise.success("done");
    await(chained);
    assertFalse(woven.waitsForTasks(request));
  }

  @Test
  void futures_work_when_the_tracer_throws() throws Exception {
    int thrown =
        Woven.whileTracerThrows(
            () -> {
              Future<Integer> body = Future$.MODULE$.apply(() -> 1, contexts.get(0));
              int two = await(body.map(x -> x + 1, contexts.get(1)));
              assertEquals(2, two);
              return null;
            });
    assertTrue(thrown > 0);
  }
}
