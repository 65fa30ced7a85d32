package dev.atalaya.agent.library.executors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.library.Woven;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.bridge.Tracing;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.scheduling.support.ScheduledMethodRunnable;

class ScheduledInstrumentationTest {
  private final Woven woven =
      Woven.with(new ScheduledInstrumentation(), new ExecutorInstrumentation());
  private final ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1);
  private final BlockingQueue<String> traces = new LinkedBlockingQueue<>();

  @AfterEach
  void close() {
    scheduler.shutdownNow();
    woven.close();
  }

  @Test
  void a_delayed_task_runs_in_its_request() throws Exception {
    woven.inRequest(
        () -> {
          String trace = Tracing.traceId();
          assertEquals(trace, scheduler.schedule(Tracing::traceId, 1, TimeUnit.MILLISECONDS).get());
          assertEquals(trace, scheduler.submit(Tracing::traceId).get());
          scheduler.execute(() -> traces.add(Tracing.traceId()));
          assertEquals(trace, next());
          return null;
        });
  }

  @Test
  void each_periodic_run_is_a_job_of_its_own() throws Exception {
    String request =
        woven.inRequest(
            () -> {
              scheduler.scheduleAtFixedRate(new Clean(traces), 0, 1, TimeUnit.MILLISECONDS);
              return Tracing.traceId();
            });
    String first = next();
    String second = next();
    scheduler.shutdown();
    assertTrue(scheduler.awaitTermination(5, TimeUnit.SECONDS));
    assertNotEquals(first, second);
    assertNotEquals(request, first);
    Span job = jobs().get(0);
    assertEquals(Clean.class.getName() + "#run", job.name());
    assertTrue(job.isRoot());
  }

  @Test
  void a_lambda_is_named_by_the_class_that_holds_it() throws Exception {
    scheduler.scheduleWithFixedDelay(
        () -> traces.add(Tracing.traceId()), 0, 1, TimeUnit.MILLISECONDS);
    next();
    scheduler.shutdown();
    assertTrue(scheduler.awaitTermination(5, TimeUnit.SECONDS));
    assertEquals(getClass().getName() + "#run", jobs().get(0).name());
  }

  @Test
  void a_job_that_throws_is_an_error_and_stops_as_it_would() throws Exception {
    java.util.concurrent.ScheduledFuture<?> future =
        scheduler.scheduleAtFixedRate(
            () -> {
              throw new IllegalStateException("the job's own");
            },
            0,
            1,
            TimeUnit.MILLISECONDS);
    Throwable thrown = null;
    try {
      future.get(5, TimeUnit.SECONDS);
    } catch (java.util.concurrent.ExecutionException expected) {
      thrown = expected.getCause();
    }
    assertEquals("the job's own", thrown.getMessage());
    assertEquals("java.lang.IllegalStateException", jobs().get(0).failure().type);
  }

  @Test
  void springs_scheduled_methods_are_jobs_of_their_name_however_they_are_triggered()
      throws Exception {
    Bean bean = new Bean(traces);
    ThreadPoolTaskScheduler spring = new ThreadPoolTaskScheduler();
    spring.initialize();
    ScheduledMethodRunnable nightly = new ScheduledMethodRunnable(bean, "nightly");
    String request =
        woven.inRequest(
            () -> {
              spring.scheduleAtFixedRate(nightly, Duration.ofMillis(5));
              next();
              // A trigger's next run is submitted by the run before it.
              spring.schedule(nightly, context -> new Date());
              return Tracing.traceId();
            });
    assertNotEquals(request, next());
    assertNotEquals(request, next());
    spring.shutdown();
    assertTrue(spring.getScheduledExecutor().awaitTermination(5, TimeUnit.SECONDS));
    String name = Bean.class.getName() + "#nightly";
    for (Span job : jobs()) assertEquals(name, job.name());
    assertEquals(jobs().size(), jobs().stream().map(Span::request).distinct().count());
    assertTrue(jobs().size() >= 3);
    assertEquals(List.of("GET"), othersThan(name));
  }

  @Test
  void a_librarys_housekeeping_is_no_job_and_inherits_nothing() throws Exception {
    Runnable ofTheJdk = new FutureTask<>(() -> traces.add(String.valueOf(Tracing.traceId())));
    woven.inRequest(() -> scheduler.scheduleAtFixedRate(ofTheJdk, 0, 1, TimeUnit.MILLISECONDS));
    assertEquals("null", next());
    assertEquals(List.of(), jobs());
  }

  @Test
  void a_job_inside_a_job_is_the_outer_one() throws Exception {
    scheduler.scheduleAtFixedRate(
        () -> {
          assertNull(Tracing.job("inner#run"));
          traces.add(Tracing.traceId());
        },
        0,
        1,
        TimeUnit.HOURS);
    next();
    assertEquals(1, scheduler.submit(() -> 1).get());
    assertEquals(1, jobs().size());
  }

  @Test
  void a_periodic_task_goes_on_without_being_a_job_when_the_agent_is_switched_off()
      throws Exception {
    scheduler.scheduleAtFixedRate(
        () -> traces.add(String.valueOf(Tracing.traceId())), 0, 1, TimeUnit.MILLISECONDS);
    assertNotEquals("null", next());
    Tracing.use(null);
    awaitRuns(2); // one may have begun before
    int jobs = jobs().size();
    awaitRuns(20);
    assertEquals(jobs, jobs().size());
  }

  @Test
  void a_periodic_task_goes_on_when_the_tracer_begins_to_throw() throws Exception {
    scheduler.scheduleAtFixedRate(() -> traces.add("ran"), 0, 1, TimeUnit.MILLISECONDS);
    assertEquals("ran", next());
    int thrown =
        Woven.whileTracerThrows(
            () -> {
              awaitRuns(20);
              return null;
            });
    assertTrue(thrown > 0);
  }

  @Test
  void a_task_that_schedules_itself_leaves_the_request_that_began_it() throws Exception {
    Runnable[] self = new Runnable[1];
    self[0] =
        () -> {
          traces.add(String.valueOf(Tracing.traceId()));
          scheduler.schedule(self[0], 20, TimeUnit.MILLISECONDS);
        };
    String request =
        woven.inRequest(
            () -> {
              scheduler.schedule(self[0], 20, TimeUnit.MILLISECONDS);
              return Tracing.traceId();
            });
    assertEquals(request, next());
    assertEquals("null", next());
    assertEquals("null", next());
  }

  @Test
  void schedules_work_when_the_tracer_throws() throws Exception {
    int thrown =
        Woven.whileTracerThrows(
            () -> {
              scheduler.scheduleAtFixedRate(() -> traces.add("ran"), 0, 1, TimeUnit.MILLISECONDS);
              assertEquals("ran", next());
              return next();
            });
    assertTrue(thrown > 0);
  }

  private void awaitRuns(int runs) throws InterruptedException {
    traces.clear();
    for (int i = 0; i < runs; i++) assertNotNull(next(), "the task has stopped");
  }

  private String next() throws InterruptedException {
    return traces.poll(5, TimeUnit.SECONDS);
  }

  private List<Span> jobs() {
    return woven.spans().stream()
        .filter(span -> span.request().kind() == Request.Kind.JOB)
        .collect(Collectors.toList());
  }

  private List<String> othersThan(String name) {
    List<String> names = woven.names();
    names.removeIf(name::equals);
    return names;
  }

  /** What Spring would find annotated. */
  public static final class Bean {
    private final BlockingQueue<String> traces;

    Bean(BlockingQueue<String> traces) {
      this.traces = traces;
    }

    public void nightly() {
      traces.add(Tracing.traceId());
    }
  }

  private static final class Clean implements Runnable {
    private final BlockingQueue<String> traces;

    Clean(BlockingQueue<String> traces) {
      this.traces = traces;
    }

    @Override
    public void run() {
      traces.add(Tracing.traceId());
    }
  }
}
