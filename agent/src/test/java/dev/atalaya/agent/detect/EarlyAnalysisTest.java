package dev.atalaya.agent.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.trace.Pretend;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.UnitOfWork;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Units of work that are analyzed before they end. */
class EarlyAnalysisTest {
  private static final String ITEM = "SELECT * FROM items WHERE order_id = ?";
  private static final String ORDERS = "SELECT * FROM orders";

  private final Watch watch = new Watch("");

  @Test
  void at_ten_times_the_threshold_and_at_doublings_it_is_one_occurrence() throws Exception {
    watch.onANewThread(
        () -> {
          Request request = watch.app.request("/orders");
          int done = 0;
          for (int[] step : new int[][] {{49, 0}, {50, 50}, {99, 50}, {100, 100}, {450, 450}}) {
            for (; done < step[0]; done++) watch.app.query(ITEM, 3, done);
            watch.look();
            assertEquals(step[1] == 0 ? 0 : 1, watch.findings.list().size());
            if (step[1] > 0) assertEquals(step[1], watch.count());
          }
          for (; done < 460; done++) watch.app.query(ITEM, 3, done);
          watch.look();
          assertEquals(450, watch.count());
          watch.app.end(request);
          assertEquals(460, watch.count());
          assertEquals(1, watch.only().get("occurrences"));
          assertEquals(1, ((List<?>) request.findings).size());
          assertEquals(List.of("n_plus_one", "n_plus_one at GET /orders"), watch.counted);
        });
  }

  @Test
  void at_ten_seconds_of_age_and_at_doublings() throws Exception {
    watch.onANewThread(
        () -> {
          Request request = watch.app.request("/orders");
          for (int i = 0; i < 9; i++) watch.app.query(ITEM, 3, i);
          Pretend.age(request.unit(), 4_000);
          watch.look();
          assertTrue(watch.findings.list().isEmpty());
          Pretend.age(request.unit(), 6_000);
          watch.look();
          assertEquals(9, watch.count());
          for (int i = 9; i < 12; i++) watch.app.query(ITEM, 3, i);
          Pretend.age(request.unit(), 4_000);
          watch.look();
          assertEquals(9, watch.count());
          Pretend.age(request.unit(), 6_000);
          watch.look();
          assertEquals(12, watch.count());
          watch.app.end(request);
          assertEquals(1, watch.only().get("occurrences"));
        });
  }

  @Test
  void a_portion_of_a_long_request_is_analyzed_before_its_end() {
    Request request = watch.app.request("/orders");
    watch.app.query(ORDERS, 20);
    for (int i = 0; i < 20; i++) watch.app.query(ITEM, 3, i);
    watch.portion();
    assertEquals(20, watch.count("n_plus_one"));
    assertTrue(watch.app.handedOver.size() >= 512);
    for (int i = 20; i < 30; i++) watch.app.query(ITEM, 3, i);
    watch.app.end(request);
    assertEquals(30, watch.count("n_plus_one"));
    for (Map<String, Object> one : watch.findings.list()) assertEquals(1, one.get("occurrences"));
  }

  @Test
  void a_threads_own_work_is_analyzed_once_it_rests() throws Exception {
    watch.onANewThread(
        () -> {
          for (int i = 0; i < 60; i++) watch.app.query(ITEM, 3, i);
          UnitOfWork unit = watch.app.query(ITEM, 3, 60).request().unit();
          watch.app.worker.drain();
          Pretend.rest(unit, 4_900);
          watch.look();
          assertFalse(unit.isClosed());
          assertTrue(watch.findings.list().isEmpty());
          Pretend.rest(unit, 5_000);
          watch.look();
          assertTrue(unit.isClosed());
          assertEquals(61, watch.count());
          assertEquals("THREAD a new one", watch.only().get("entry_point"));
          watch.look();
          assertEquals(1, watch.only().get("occurrences"));
        });
  }

  @Test
  void a_pools_next_task_is_work_of_its_own() throws Exception {
    watch.onANewThread(
        () -> {
          for (int i = 0; i < 100; i++) {
            watch.app.query(ITEM, 3, i);
            watch.app.recorder.idle();
          }
          watch.look();
          assertTrue(watch.findings.list().isEmpty());
          for (int i = 0; i < 60; i++) watch.app.query(ITEM, 3, i);
          watch.app.recorder.idle();
          watch.look();
          assertEquals(60, watch.count());
        });
  }

  @Test
  void or_when_its_thread_is_gone() throws Exception {
    watch.onANewThread(
        () -> {
          for (int i = 0; i < 60; i++) watch.app.query(ITEM, 3, i);
        });
    watch.look();
    assertEquals(60, watch.count());
  }

  @Test
  void or_when_the_agent_closes() throws Exception {
    watch.onANewThread(
        () -> {
          for (int i = 0; i < 60; i++) watch.app.query(ITEM, 3, i);
          watch.detection.tick(true);
          assertEquals(60, watch.count());
        });
  }
}
