package dev.atalaya.agent.library.executors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.library.Woven;
import dev.atalaya.bridge.Call;
import dev.atalaya.bridge.Tracing;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.task.SimpleAsyncTaskExecutor;

class ExecutorInstrumentationTest {
  private final Woven woven = Woven.with(new ExecutorInstrumentation());
  private final ThreadPoolExecutor pool =
      new ThreadPoolExecutor(1, 1, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>());

  @AfterEach
  void close() {
    pool.shutdownNow();
    woven.close();
  }

  @Test
  void a_submitted_task_runs_in_its_request() throws Exception {
    String[] expected = new String[1];
    String seen =
        woven.inRequest(
            () -> {
              expected[0] = Tracing.spanId();
              return pool.submit(Tracing::spanId).get();
            });
    assertEquals(expected[0], seen);
  }

  @Test
  void an_executed_task_runs_in_its_request_as_the_first_and_from_the_queue() throws Exception {
    List<String> seen = new ArrayList<>();
    String trace =
        woven.inRequest(
            () -> {
              CountDownLatch done = new CountDownLatch(2);
              for (int i = 0; i < 2; i++) {
                pool.execute(
                    () -> {
                      seen.add(Tracing.traceId());
                      done.countDown();
                    });
              }
              done.await();
              return Tracing.traceId();
            });
    assertEquals(List.of(trace, trace), seen);
  }

  @Test
  void one_task_object_runs_in_the_request_of_each_submission() throws Exception {
    List<String> seen = new ArrayList<>();
    Runnable shared = () -> seen.add(Tracing.traceId());
    CountDownLatch gate = new CountDownLatch(1);
    pool.execute(() -> await(gate));
    String first = woven.inRequest(() -> executeIn(shared));
    String second = woven.inRequest(() -> executeIn(shared));
    pool.execute(shared);
    gate.countDown();
    pool.submit(() -> {}).get();
    assertNotEquals(first, second);
    assertEquals(java.util.Arrays.asList(first, second, null), seen);
  }

  @Test
  void a_pools_thread_keeps_nothing_of_a_request() throws Exception {
    woven.inRequest(() -> pool.submit(() -> Tracing.span("left open")).get());
    assertNull(pool.submit(Tracing::spanId).get());
    woven.inRequest(
        () -> {
          pool.execute(() -> Tracing.request("GET", "http://left.invalid/"));
          return null;
        });
    assertNull(pool.submit(Tracing::spanId).get());
    pool.submit(woven::assertNothingOpen).get();
  }

  @Test
  void a_request_on_a_pools_thread_is_a_trace_of_its_own() throws Exception {
    String first = woven.inRequest(() -> pool.submit(Tracing::traceId).get());
    String second = pool.submit(() -> woven.inRequest(Tracing::traceId)).get();
    assertNotEquals(first, second);
  }

  @Test
  void a_completion_service_and_invoke_all_carry() throws Exception {
    ExecutorCompletionService<String> service = new ExecutorCompletionService<>(pool);
    woven.inRequest(
        () -> {
          String trace = Tracing.traceId();
          service.submit(Tracing::traceId);
          assertEquals(trace, service.take().get());
          List<Callable<String>> tasks = List.of(Tracing::traceId, Tracing::traceId);
          for (Future<String> each : pool.invokeAll(tasks)) assertEquals(trace, each.get());
          return null;
        });
  }

  @Test
  void hooks_of_a_pool_see_the_task_itself_and_its_context() throws Exception {
    List<Object> seen = new ArrayList<>();
    ThreadPoolExecutor hooked =
        new ThreadPoolExecutor(1, 1, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>()) {
          @Override
          protected void beforeExecute(Thread thread, Runnable task) {
            seen.add(task);
            seen.add(Tracing.traceId());
          }

          @Override
          protected void afterExecute(Runnable task, Throwable thrown) {
            seen.add(task);
            seen.add(Tracing.traceId());
          }
        };
    Runnable task = new Named();
    String trace =
        woven.inRequest(
            () -> {
              hooked.execute(task);
              hooked.execute(task);
              return Tracing.traceId();
            });
    hooked.shutdown();
    assertTrue(hooked.awaitTermination(5, TimeUnit.SECONDS));
    assertEquals(List.of(task, trace, task, trace, task, trace, task, trace), seen);
  }

  @Test
  void a_waiting_task_can_be_removed_and_drained() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    pool.execute(() -> await(gate));
    Runnable removed = new Named();
    Runnable drained = new Named();
    woven.inRequest(
        () -> {
          pool.execute(removed);
          pool.execute(drained);
          return null;
        });
    assertTrue(pool.remove(removed));
    assertFalse(pool.remove(removed));
    List<Runnable> waiting = pool.shutdownNow();
    assertEquals(1, waiting.size());
    assertSame(drained, waiting.get(0));
  }

  @Test
  void futures_that_will_not_run_are_not_waited_for() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    pool.execute(() -> await(gate));
    Call request = woven.request();
    String trace = Tracing.traceId();
    Future<?> cancelled = pool.submit(() -> {});
    Future<?> removed = pool.submit(() -> {});
    Future<String> drained = pool.submit(Tracing::traceId);
    request.end(null);
    cancelled.cancel(false);
    cancelled.cancel(false);
    assertTrue(pool.remove((Runnable) removed));
    assertTrue(woven.waitsForTasks(request));
    List<Runnable> left = pool.shutdownNow();
    assertFalse(woven.waitsForTasks(request));
    for (Runnable each : left) each.run();
    assertEquals(trace, drained.get(), "who drains a queue may run what was in it");
    assertFalse(woven.waitsForTasks(request));
  }

  @Test
  void a_future_that_is_cancelled_while_it_runs_is_waited_for_to_its_end() throws Exception {
    CountDownLatch runs = new CountDownLatch(1);
    CountDownLatch gate = new CountDownLatch(1);
    Call request = woven.request();
    Future<?> task =
        pool.submit(
            () -> {
              runs.countDown();
              await(gate);
            });
    runs.await();
    request.end(null);
    task.cancel(false);
    assertTrue(woven.waitsForTasks(request));
    gate.countDown();
    pool.submit(() -> {}).get();
    assertFalse(woven.waitsForTasks(request));
  }

  @Test
  void tasks_that_wait_when_the_agent_is_switched_off_come_out_as_themselves() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    pool.execute(() -> await(gate));
    List<String> ran = new ArrayList<>();
    Runnable removed = () -> ran.add("removed");
    Runnable drained = () -> ran.add("drained");
    woven.inRequest(() -> executeIn(removed) + executeIn(drained));
    Tracing.use(null);
    assertTrue(pool.remove(removed));
    List<Runnable> waiting = pool.shutdownNow();
    assertEquals(1, waiting.size());
    assertSame(drained, waiting.get(0));
  }

  @Test
  void hooks_see_the_task_itself_when_the_agent_is_switched_off_while_it_waits() throws Exception {
    List<Object> seen = new ArrayList<>();
    ThreadPoolExecutor hooked =
        new ThreadPoolExecutor(1, 1, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>()) {
          @Override
          protected void beforeExecute(Thread thread, Runnable task) {
            seen.add(task);
          }
        };
    CountDownLatch gate = new CountDownLatch(1);
    Runnable first = () -> await(gate);
    Runnable second = () -> await(gate);
    woven.inRequest(
        () -> {
          hooked.execute(first);
          hooked.execute(second);
          return null;
        });
    Tracing.use(null);
    gate.countDown();
    hooked.shutdown();
    assertTrue(hooked.awaitTermination(5, TimeUnit.SECONDS));
    assertEquals(List.of(first, second), seen);
  }

  @Test
  void a_queue_shows_a_task_of_a_class_of_its_own_as_itself() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    pool.execute(() -> await(gate));
    Runnable task = new Named();
    woven.inRequest(() -> executeIn(task));
    assertTrue(pool.getQueue().contains(task));
    assertSame(task, pool.getQueue().peek());
    assertTrue(pool.getQueue().remove(task));
    gate.countDown();
  }

  @Test
  void a_task_of_a_class_of_its_own_that_waits_for_two_requests_runs_in_neither() throws Exception {
    List<String> seen = new ArrayList<>();
    Runnable task = new Recording(seen);
    CountDownLatch gate = new CountDownLatch(1);
    pool.execute(() -> await(gate));
    woven.inRequest(() -> executeIn(task));
    woven.inRequest(() -> executeIn(task));
    gate.countDown();
    pool.submit(() -> {}).get();
    assertEquals(java.util.Arrays.asList(null, null), seen);
    String alone =
        woven.inRequest(
            () -> {
              String trace = executeIn(task);
              pool.submit(() -> {}).get();
              return trace;
            });
    assertEquals(alone, seen.get(2));
  }

  @Test
  void a_task_that_waits_for_no_request_too_does_not_run_in_one() throws Exception {
    List<String> seen = new ArrayList<>();
    Runnable task = new Recording(seen);
    CountDownLatch gate = new CountDownLatch(1);
    pool.execute(() -> await(gate));
    pool.execute(task);
    woven.inRequest(() -> executeIn(task));
    gate.countDown();
    pool.submit(() -> {}).get();
    assertEquals(java.util.Arrays.asList(null, null), seen);
  }

  @Test
  void a_removed_task_runs_in_the_request_of_its_next_submission() throws Exception {
    List<String> seen = new ArrayList<>();
    Runnable task = new Recording(seen);
    CountDownLatch gate = new CountDownLatch(1);
    pool.execute(() -> await(gate));
    woven.inRequest(() -> executeIn(task));
    assertTrue(pool.remove(task));
    String second = woven.inRequest(() -> executeIn(task));
    gate.countDown();
    pool.submit(() -> {}).get();
    assertEquals(List.of(second), seen);
  }

  @Test
  void a_task_that_hands_itself_over_leaves_the_request_once_that_has_ended() throws Exception {
    List<String> seen = new ArrayList<>();
    CountDownLatch runs = new CountDownLatch(3);
    Runnable[] self = new Runnable[1];
    CountDownLatch gate = new CountDownLatch(1);
    self[0] =
        () -> {
          await(gate);
          seen.add(Tracing.traceId());
          runs.countDown();
          if (runs.getCount() == 1) pool.submit(self[0]);
          else if (runs.getCount() > 1) pool.execute(self[0]);
        };
    String trace = woven.inRequest(() -> executeIn(self[0]));
    gate.countDown();
    assertTrue(runs.await(5, TimeUnit.SECONDS));
    assertEquals(java.util.Arrays.asList(trace, null, null), seen);
  }

  @Test
  void a_rejection_handler_sees_the_task_itself() throws Exception {
    List<Runnable> rejected = new ArrayList<>();
    ThreadPoolExecutor full =
        new ThreadPoolExecutor(
            1,
            1,
            1,
            TimeUnit.MINUTES,
            new SynchronousQueue<>(),
            (task, executor) -> rejected.add(task));
    CountDownLatch gate = new CountDownLatch(1);
    full.execute(() -> await(gate));
    Runnable task = new Named();
    woven.inRequest(
        () -> {
          full.execute(task);
          return null;
        });
    gate.countDown();
    full.shutdown();
    assertSame(task, rejected.get(0));
  }

  @Test
  void a_queue_that_compares_gets_the_task_itself() throws Exception {
    ThreadPoolExecutor ordered =
        new ThreadPoolExecutor(1, 1, 1, TimeUnit.MINUTES, new PriorityBlockingQueue<>());
    CountDownLatch done = new CountDownLatch(3);
    woven.inRequest(
        () -> {
          for (int i = 0; i < 3; i++) ordered.execute(new Ranked(i, done));
          return null;
        });
    assertTrue(done.await(5, TimeUnit.SECONDS));
    ordered.shutdown();
  }

  @Test
  void the_pool_works_when_the_tracer_throws() throws Exception {
    ExecutorService other = Executors.newFixedThreadPool(2);
    int thrown =
        Woven.whileTracerThrows(
            () -> {
              assertEquals("done", other.submit(() -> "done").get());
              CountDownLatch done = new CountDownLatch(1);
              other.execute(done::countDown);
              assertTrue(done.await(5, TimeUnit.SECONDS));
              return null;
            });
    assertTrue(thrown > 0);
    other.shutdown();
  }

  @Test
  void springs_thread_for_each_task_carries() throws Exception {
    CompletableFuture<String> seen = new CompletableFuture<>();
    String trace =
        woven.inRequest(
            () -> {
              new SimpleAsyncTaskExecutor().execute(() -> seen.complete(Tracing.traceId()));
              return Tracing.traceId();
            });
    assertEquals(trace, seen.get(5, TimeUnit.SECONDS));
  }

  @Test
  void what_a_library_hands_over_for_itself_carries_nothing() throws Exception {
    woven.inRequest(
        () -> {
          Call quiet = Tracing.quiet();
          assertNull(pool.submit(Tracing::traceId).get());
          quiet.end(null);
          Call call = Tracing.request("GET", "http://open.invalid/");
          assertNull(pool.submit(Tracing::traceId).get());
          call.end(null);
          assertEquals(Tracing.traceId(), pool.submit(Tracing::traceId).get());
          return null;
        });
  }

  @Test
  void a_task_that_throws_leaves_nothing_on_the_next_thread() throws Exception {
    pool.setThreadFactory(
        task -> {
          Thread thread = new Thread(task);
          thread.setUncaughtExceptionHandler((t, e) -> {});
          return thread;
        });
    ThreadPoolExecutor bounded =
        new ThreadPoolExecutor(
            1, 1, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(5), pool.getThreadFactory());
    woven.inRequest(
        () -> {
          bounded.execute(
              () -> {
                throw new IllegalStateException("the task's own");
              });
          return null;
        });
    assertNull(bounded.submit(Tracing::spanId).get());
    bounded.shutdown();
  }

  private String executeIn(Runnable task) {
    pool.execute(task);
    return Tracing.traceId();
  }

  private static void await(CountDownLatch gate) {
    try {
      gate.await();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  /** A class that an application could cast to. */
  private static class Named implements Runnable {
    @Override
    public void run() {}
  }

  private static final class Recording implements Runnable {
    private final List<String> seen;

    Recording(List<String> seen) {
      this.seen = seen;
    }

    @Override
    public void run() {
      seen.add(Tracing.traceId());
    }
  }

  private static final class Ranked extends Named implements Comparable<Ranked> {
    private final int rank;
    private final CountDownLatch done;

    Ranked(int rank, CountDownLatch done) {
      this.rank = rank;
      this.done = done;
    }

    @Override
    public void run() {
      done.countDown();
    }

    @Override
    public int compareTo(Ranked other) {
      return Integer.compare(rank, other.rank);
    }
  }
}
