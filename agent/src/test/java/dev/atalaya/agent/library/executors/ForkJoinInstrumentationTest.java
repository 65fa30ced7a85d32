package dev.atalaya.agent.library.executors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.library.Woven;
import dev.atalaya.bridge.Call;
import dev.atalaya.bridge.Tracing;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.RecursiveTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ForkJoinInstrumentationTest {
  private final Woven woven = Woven.with(new ForkJoinInstrumentation());
  private final ForkJoinPool pool = new ForkJoinPool(3);

  @AfterEach
  void close() {
    pool.shutdownNow();
    woven.close();
  }

  @Test
  void a_pools_tasks_run_in_their_request() throws Exception {
    woven.inRequest(
        () -> {
          String trace = Tracing.traceId();
          assertEquals(trace, pool.submit(Tracing::traceId).get());
          CompletableFuture<String> executed = new CompletableFuture<>();
          pool.execute(() -> executed.complete(Tracing.traceId()));
          assertEquals(trace, executed.get());
          assertEquals(trace, pool.invoke(new Forking(3)));
          return null;
        });
    assertEquals(null, pool.submit(Tracing::traceId).get());
  }

  @Test
  void a_parallel_stream_runs_in_its_request() throws Exception {
    woven.inRequest(
        () -> {
          List<String> traces =
              IntStream.range(0, 1000)
                  .parallel()
                  .mapToObj(i -> Tracing.traceId())
                  .distinct()
                  .collect(Collectors.toList());
          assertEquals(List.of(Tracing.traceId()), traces);
          return null;
        });
  }

  @Test
  void a_cancelled_task_is_not_waited_for() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    ForkJoinPool single = new ForkJoinPool(1);
    single.submit(
        () -> {
          gate.await();
          return null;
        });
    Call request = woven.request();
    Future<?> task = single.submit(() -> "never");
    request.end(null);
    assertTrue(woven.waitsForTasks(request));
    assertTrue(task.cancel(false));
    assertTrue(task.cancel(false));
    assertFalse(woven.waitsForTasks(request));
    gate.countDown();
    single.shutdown();
    assertTrue(single.awaitTermination(5, TimeUnit.SECONDS));
  }

  @Test
  void tasks_run_when_the_tracer_throws() throws Exception {
    int thrown =
        Woven.whileTracerThrows(
            () -> {
              assertNotNull(pool.submit(() -> "done").get());
              return null;
            });
    assertTrue(thrown > 0);
  }

  private static final class Forking extends RecursiveTask<String> {
    private final int depth;

    Forking(int depth) {
      this.depth = depth;
    }

    @Override
    protected String compute() {
      if (depth == 0) return Tracing.traceId();
      Forking left = new Forking(depth - 1);
      Forking right = new Forking(depth - 1);
      left.fork();
      String seen = right.compute();
      return left.join().equals(seen) ? seen : "different";
    }
  }
}
