package dev.atalaya.agent.library.executors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.library.Woven;
import dev.atalaya.bridge.Call;
import dev.atalaya.bridge.Tracing;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CompletableFutureInstrumentationTest {
  private final Woven woven =
      Woven.with(new ForkJoinInstrumentation(), new CompletableFutureInstrumentation());
  private final ForkJoinPool pool = new ForkJoinPool(3);

  @AfterEach
  void close() {
    pool.shutdownNow();
    woven.close();
  }

  @Test
  void a_future_supplied_on_any_executor_runs_in_its_request() throws Exception {
    Executor thread = task -> new Thread(task).start();
    woven.inRequest(
        () -> {
          String trace = Tracing.traceId();
          assertEquals(trace, CompletableFuture.supplyAsync(Tracing::traceId).get());
          assertEquals(trace, CompletableFuture.supplyAsync(Tracing::traceId, thread).get());
          List<String> ran = new ArrayList<>();
          CompletableFuture.runAsync(() -> ran.add(Tracing.traceId()), thread).get();
          assertEquals(List.of(trace), ran);
          return null;
        });
  }

  @Test
  void what_is_chained_runs_where_it_was_chained_whoever_completes() throws Exception {
    CompletableFuture<String> source = new CompletableFuture<>();
    List<CompletableFuture<String>> chained = new ArrayList<>();
    String trace =
        woven.inRequest(
            () -> {
              chained.add(source.thenApply(x -> Tracing.traceId()));
              chained.add(source.thenApplyAsync(x -> Tracing.traceId()));
              chained.add(source.thenApplyAsync(x -> Tracing.traceId(), pool));
              chained.add(source.handle((x, e) -> Tracing.traceId()));
              chained.add(
                  source.thenCompose(x -> CompletableFuture.completedFuture(Tracing.traceId())));
              chained.add(
                  source.thenCombine(new CompletableFuture<>(), (a, b) -> Tracing.traceId()));
              chained.get(5).cancel(true);
              chained.set(
                  5, source.applyToEither(new CompletableFuture<>(), x -> Tracing.traceId()));
              return Tracing.traceId();
            });
    Call other = woven.request();
    String otherTrace = Tracing.traceId();
    source.complete("done");
    assertEquals(otherTrace, Tracing.traceId());
    other.end(null);
    for (CompletableFuture<String> each : chained) assertEquals(trace, each.get());
  }

  @Test
  void futures_work_when_the_tracer_throws() throws Exception {
    int thrown =
        Woven.whileTracerThrows(
            () -> {
              assertEquals(2, CompletableFuture.supplyAsync(() -> 1).thenApply(x -> x + 1).get());
              return null;
            });
    assertTrue(thrown > 0);
  }
}
