package dev.atalaya.agent.library.executors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.library.Woven;
import dev.atalaya.bridge.Tracing;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

@EnabledForJreRange(min = JRE.JAVA_21)
class VirtualThreadInstrumentationTest {
  private final Woven woven =
      Woven.with(
          new VirtualThreadInstrumentation(),
          new ForkJoinInstrumentation(),
          new ExecutorInstrumentation());

  @AfterEach
  void close() {
    woven.close();
  }

  @Test
  void a_virtual_thread_runs_in_its_makers_request() throws Exception {
    ExecutorService executor = virtualThreads();
    Future<String> later =
        woven.inRequest(
            () -> {
              String trace = Tracing.traceId();
              assertEquals(trace, executor.submit(Tracing::traceId).get());
              CompletableFuture<String> executed = new CompletableFuture<>();
              executor.execute(() -> executed.complete(Tracing.traceId()));
              assertEquals(trace, executed.get());
              CompletableFuture<String> started = new CompletableFuture<>();
              Thread.class
                  .getMethod("startVirtualThread", Runnable.class)
                  .invoke(null, (Runnable) () -> started.complete(Tracing.traceId()));
              assertEquals(trace, started.get());
              return executor.submit(
                  () -> {
                    Thread.sleep(20); // lets go of its carrier, and comes back
                    return Tracing.traceId().equals(trace) ? "same" : "another";
                  });
            });
    assertEquals("same", later.get());
    assertNull(executor.submit(Tracing::traceId).get());
  }

  @Test
  void a_thousand_threads_keep_their_requests_apart() throws Exception {
    ExecutorService executor = virtualThreads();
    for (int i = 0; i < 1000; i++) {
      executor.submit(
          () ->
              woven.inRequest(
                  () -> {
                    String trace = Tracing.traceId();
                    Thread.sleep(1);
                    assertEquals(trace, executor.submit(Tracing::traceId).get());
                    assertEquals(trace, Tracing.traceId());
                    return Tracing.span("kept apart");
                  }));
    }
    executor.shutdown();
    assertTrue(executor.awaitTermination(20, java.util.concurrent.TimeUnit.SECONDS));
    assertEquals(1000, woven.spans().size());
  }

  @Test
  void a_thread_for_each_task_carries() throws Exception {
    ExecutorService executor =
        (ExecutorService)
            Executors.class
                .getMethod("newThreadPerTaskExecutor", ThreadFactory.class)
                .invoke(null, Executors.defaultThreadFactory());
    woven.inRequest(
        () -> {
          assertEquals(Tracing.traceId(), executor.submit(Tracing::traceId).get());
          return null;
        });
    executor.shutdown();
  }

  private static ExecutorService virtualThreads() throws ReflectiveOperationException {
    return (ExecutorService)
        Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
  }
}
