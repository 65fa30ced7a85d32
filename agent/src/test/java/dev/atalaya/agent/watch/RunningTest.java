package dev.atalaya.agent.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.callsite.Application;
import dev.atalaya.agent.trace.OpenThreads;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.Simulation;
import dev.atalaya.agent.trace.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class RunningTest {
  private final Application own = Application.named(name -> name.startsWith("dev.atalaya.agent.w"));
  private final OpenThreads threads = new OpenThreads();
  private final Running running = new Running(threads, own);
  private final Simulation application = new Simulation();

  @Test
  void a_thread_shows_its_request_its_call_and_its_line() throws Exception {
    List<Map<String, Object>> seen = new ArrayList<>();
    onAnotherThread(
        () -> {
          Request request = application.request("/orders");
          application.query("SELECT * FROM carts WHERE id = ?", 1, 1);
          Span call = application.open("SELECT * FROM orders WHERE id = ?", 1);
          return () -> {
            application.finish(call, 1);
            application.end(request);
          };
        },
        () -> seen.addAll(ofWorker()));

    assertEquals(1, seen.size(), seen::toString);
    Map<String, Object> one = seen.get(0);
    assertEquals("GET /orders", one.get("entry_point"));
    assertEquals("worker-7", one.get("thread"));
    assertEquals("WAITING", one.get("state"));
    assertEquals(1, one.get("statements"), "that have ended");
    assertTrue((Double) one.get("age_ms") > 0, one::toString);
    Map<?, ?> call = (Map<?, ?>) one.get("call");
    assertEquals("SELECT orders", call.get("name"));
    assertEquals("SELECT * FROM orders WHERE id = ?", call.get("text"));
    Map<?, ?> site = (Map<?, ?>) one.get("call_site");
    assertNotNull(site, one::toString);
    assertEquals(RunningTest.class.getName() + ".waiting", site.get("function"));
    assertEquals(List.of(), ofWorker(), "it has ended");
  }

  @Test
  void a_job_runs_and_calls_nothing_now() throws Exception {
    List<Map<String, Object>> seen = new ArrayList<>();
    onAnotherThread(
        () -> {
          Request job = application.job("Nightly#run");
          return () -> application.end(job);
        },
        () -> seen.addAll(ofWorker()));

    assertEquals("JOB Nightly#run", seen.get(0).get("entry_point"));
    assertNull(seen.get(0).get("call"));
  }

  @Test
  void threads_that_the_worker_knows_are_seen_as_well_as_new_ones() throws Exception {
    List<Map<String, Object>> seen = new ArrayList<>();
    onAnotherThread(
        () -> {
          Request request = application.request("/orders");
          return () -> application.end(request);
        },
        () -> {
          seen.addAll(ofWorker());
          threads.forEach(one -> {});
          seen.addAll(ofWorker());
          threads.forEach(one -> {});
          seen.addAll(ofWorker());
        });

    assertEquals(3, seen.size(), seen::toString);
  }

  private List<Map<String, Object>> ofWorker() {
    List<Map<String, Object>> all = new ArrayList<>(running.list());
    all.removeIf(one -> !"worker-7".equals(one.get("thread")));
    return all;
  }

  /** What {@code begin} began is open while {@code look} looks; what it gave ends it. */
  private static void onAnotherThread(Work begin, Runnable look) throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch looked = new CountDownLatch(1);
    Thread thread =
        new Thread(
            () -> {
              Runnable end = begin.begin();
              begun.countDown();
              waiting(looked);
              end.run();
            },
            "worker-7");
    thread.start();
    begun.await();
    while (thread.getState() != Thread.State.WAITING) Thread.sleep(1);
    try {
      look.run();
    } finally {
      looked.countDown();
      thread.join();
    }
  }

  private static void waiting(CountDownLatch until) {
    try {
      until.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private interface Work {
    Runnable begin();
  }
}
