package dev.atalaya.agent.library.executors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.library.Woven;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.bridge.Call;
import dev.atalaya.bridge.Tracing;
import java.util.Set;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TimerInstrumentationTest {
  private final Woven woven = Woven.with(new TimerInstrumentation());
  private final Timer timer = new Timer(true);
  private final BlockingQueue<String> traces = new LinkedBlockingQueue<>();

  @AfterEach
  void close() {
    timer.cancel();
    woven.close();
  }

  @Test
  void a_delayed_task_runs_in_its_request() throws Exception {
    woven.inRequest(
        () -> {
          timer.schedule(new Task(), 1);
          assertEquals(Tracing.traceId(), next());
          return null;
        });
    assertEquals(1, woven.spans().size());
  }

  @Test
  void each_periodic_run_is_a_job_of_its_own() throws Exception {
    String request =
        woven.inRequest(
            () -> {
              timer.schedule(new Task(), 1, 1);
              return Tracing.traceId();
            });
    Set<String> runs = Set.of(next(), next());
    timer.cancel();
    assertFalse(runs.contains(request));
    Span job = woven.spans().get(1);
    assertEquals(Request.Kind.JOB, job.request().kind());
    assertEquals(Task.class.getName() + "#run", job.name());
  }

  @Test
  void a_cancelled_task_is_cancelled_and_not_waited_for() {
    Call request = woven.request();
    TimerTask task = new Task();
    timer.schedule(task, 60_000);
    request.end(null);
    assertTrue(woven.waitsForTasks(request));
    assertTrue(task.cancel());
    assertFalse(task.cancel());
    assertFalse(woven.waitsForTasks(request));
  }

  @Test
  void tasks_run_when_the_tracer_throws() throws Exception {
    int thrown =
        Woven.whileTracerThrows(
            () -> {
              timer.schedule(
                  new TimerTask() {
                    @Override
                    public void run() {
                      traces.add("ran");
                    }
                  },
                  1);
              assertEquals("ran", next());
              return null;
            });
    assertTrue(thrown > 0);
  }

  private String next() throws InterruptedException {
    return traces.poll(5, TimeUnit.SECONDS);
  }

  private final class Task extends TimerTask {
    @Override
    public void run() {
      traces.add(Tracing.traceId());
    }
  }
}
