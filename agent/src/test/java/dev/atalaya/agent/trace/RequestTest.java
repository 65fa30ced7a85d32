package dev.atalaya.agent.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What still belongs to a unit of work after its end, and what is slow in it. */
class RequestTest {
  private static final String ITEM = "SELECT * FROM item WHERE id = ?";

  private final Simulation app = new Simulation();
  private final Request request = app.request("/orders");

  @Test
  void it_is_settled_when_its_root_has_ended() {
    assertFalse(request.isUnsettled());
    request.root().end(null);
    assertFalse(request.isUnsettled());
  }

  @Test
  void tasks_handed_over_keep_it_for_two_seconds() {
    Runnable one = app.recorder.enqueue(() -> {}, List.of());
    Runnable two = app.recorder.enqueue(() -> {}, List.of());
    request.root().end(null);
    assertTrue(request.isUnsettled());
    app.recorder.unwrap(one);
    assertTrue(request.isUnsettled());
    app.recorder.unwrap(two);
    assertFalse(request.isUnsettled());
    app.recorder.attach(new Object()); // of no request any more
    assertFalse(request.isUnsettled());
  }

  @Test
  void a_task_that_runs_again_hides_none_that_waits() {
    Runnable again = app.recorder.carry(() -> {});
    Runnable waits = app.recorder.enqueue(() -> {}, List.of());
    for (int i = 0; i < 3; i++) again.run();
    request.root().end(null);
    assertTrue(request.isUnsettled());
    app.recorder.unwrap(waits);
    app.recorder.unwrap(waits);
    assertFalse(request.isUnsettled());
  }

  @Test
  void a_task_that_is_taken_back_is_not_waited_for() {
    Object attached = new Object();
    app.recorder.attach(attached);
    app.recorder.detach(attached);
    app.recorder.detach(attached);
    Runnable queued = new Named();
    app.recorder.enqueue(queued, List.of());
    app.recorder.unwrap(queued);
    app.recorder.unwrap(queued);
    request.root().end(null);
    assertFalse(request.isUnsettled());
  }

  @Test
  void a_task_that_waits_twice_for_two_requests_is_waited_for_by_none() {
    Runnable shared = new Named();
    app.recorder.enqueue(shared, List.of());
    request.root().end(null);
    assertTrue(request.isUnsettled());
    Request other = app.request("/other");
    app.recorder.enqueue(shared, List.of());
    Runnable own = app.recorder.enqueue(() -> {}, List.of());
    other.root().end(null);
    assertFalse(request.isUnsettled());
    app.recorder.unwrap(shared);
    app.recorder.unwrap(shared);
    assertTrue(other.isUnsettled());
    app.recorder.unwrap(own);
    assertFalse(other.isUnsettled());
  }

  @Test
  void and_no_longer() {
    app.recorder.enqueue(() -> {}, List.of());
    request.root().end(null, System.nanoTime() - 1_900_000_000L);
    assertTrue(request.isUnsettled());
    Request other = app.request("/orders");
    app.recorder.enqueue(() -> {}, List.of());
    other.root().end(null, System.nanoTime() - 2_000_000_000L);
    assertFalse(other.isUnsettled());
  }

  @Test
  void what_a_task_does_is_counted_with_it() throws Exception {
    app.query(ITEM, 1, 0);
    Object context = app.recorder.capture();
    Runnable task =
        () -> {
          Object before = app.recorder.resume(context);
          for (int i = 1; i < 20; i++) app.query(ITEM, 1, i);
          app.recorder.restore(before);
        };
    Thread thread = new Thread(task);
    thread.start();
    thread.join();
    assertEquals(20, request.unit().operations().get(0).count());
    assertEquals(20, request.statements());
  }

  @Test
  void settling_closes_it_and_shows_what_was_held_back_once() {
    for (int i = 0; i < 40; i++) app.query(ITEM, 1, i);
    assertEquals(20, taken().size());
    request.settle();
    assertTrue(request.unit().isClosed());
    assertEquals(3, taken().size());
    request.settle();
    assertEquals(0, taken().size());
  }

  @Test
  void a_call_is_slow_once_and_64_wait_to_be_analyzed() {
    app.slowQueryNanos = 1_000_000;
    app.takesMicros = 999;
    app.query(ITEM, -1, 0);
    assertNull(request.slow());
    app.takesMicros = 1_000;
    Span span = app.query(ITEM, 5, 0); // at its end, and when its rows were read
    assertSame(span, request.slow().span);
    assertEquals(1_000_000, request.slow().thresholdNanos);
    assertNull(request.slow().next);
    for (int i = 0; i < 80; i++) app.query(ITEM, 1, i);
    assertEquals(64, slow(true));
    app.query(ITEM, 1, 81);
    assertEquals(1, slow(false), "those that are analyzed are let go");
  }

  /** Not a lambda: it waits in a queue as itself. */
  private static final class Named implements Runnable {
    @Override
    public void run() {}
  }

  private int slow(boolean analyze) {
    int count = 0;
    for (SlowCall slow = request.slow(); slow != null; slow = slow.next) {
      count++;
      slow.isAnalyzed = analyze;
    }
    return count;
  }

  private List<Span> taken() {
    List<Span> all = new ArrayList<>();
    for (Span span = request.take(); span != null; span = span.next()) all.add(span);
    return all;
  }
}
