package dev.atalaya.agent.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

class WorkerTest {
  private final List<Throwable> told = new ArrayList<>();
  private final Faults faults = new Faults((part, error) -> told.add(error));

  @Test
  void spans_of_all_threads_arrive_once() throws Exception {
    Counting counting = new Counting();
    Worker worker = new Worker(100_000, faults, counting);
    worker.start();
    int threads = 4;
    int requests = 2_000;
    CountDownLatch done = new CountDownLatch(threads);
    for (int t = 0; t < threads; t++) {
      new Thread(
              () -> {
                for (int i = 0; i < requests; i++) offer(worker, 3);
                done.countDown();
              })
          .start();
    }
    done.await();
    worker.close(5_000);
    assertEquals(threads * requests * 3, counting.spans.get());
    assertEquals(0, worker.size());
    assertEquals(0, worker.spans());
    assertEquals(0, worker.droppedSpans());
  }

  @Test
  void a_full_queue_drops_and_counts() {
    Counting counting = new Counting();
    Worker worker = new Worker(10, faults, counting);
    for (int i = 0; i < 25; i++) offer(worker, 2);
    assertEquals(10, worker.size());
    assertEquals(20, worker.spans());
    assertEquals(30, worker.droppedSpans());
    worker.start();
    worker.close(5_000);
    assertEquals(20, counting.spans.get());
    assertEquals(0, worker.spans());
  }

  @Test
  void what_is_offered_while_it_is_taken_counts_for_itself() {
    int[] more = {5, 7, 0};
    int[] call = {0};
    Worker[] worker = {null};
    Counting counting = new Counting();
    BiConsumer<Request, Span> late =
        (request, latest) -> {
          int spans = more[call[0]++];
          for (int i = 0; i < spans; i++) request.add(span(request));
          if (spans > 0) worker[0].offer(request);
          assertEquals(spans, worker[0].spans());
        };
    worker[0] = new Worker(10, faults, counting, late::accept);
    offer(worker[0], 2);
    for (int round = 0; round < 3; round++) worker[0].drain();
    assertEquals(3, call[0]);
    assertEquals(14, counting.spans.get());
    assertEquals(0, worker[0].spans());
    assertEquals(0, worker[0].size());
    assertEquals(Map.of(), faults.counts());
  }

  @Test
  void whatever_interleaves_nothing_waits_where_nothing_is_queued() throws Exception {
    Counting counting = new Counting();
    Worker worker = new Worker(40, faults, counting);
    Request[] requests = new Request[60];
    for (int i = 0; i < requests.length; i++) requests[i] = request();
    worker.start();
    int threads = 4;
    int spans = 60_000;
    CountDownLatch done = new CountDownLatch(threads);
    for (int t = 0; t < threads; t++) {
      int seed = t;
      Runnable work =
          () -> {
            for (int i = 0; i < spans; i++) {
              Request request = requests[(i * 31 + seed * 7 + i / 97) % requests.length];
              request.add(span(request));
              if (i % 3 != seed % 3) worker.offer(request);
            }
            done.countDown();
          };
      new Thread(work).start();
    }
    done.await();
    worker.close(20_000);
    assertEquals(0, worker.size());
    assertEquals(0, worker.spans());
    int left = 0;
    for (Request request : requests) {
      int waiting = request.waiting();
      for (Span span = request.take(); span != null; span = span.next()) {
        left++;
        waiting--;
      }
      assertEquals(0, waiting);
      assertEquals(0, request.waiting());
    }
    assertEquals(threads * spans, counting.spans.get() + worker.droppedSpans() + left);
  }

  @Test
  void those_that_wait_for_their_tasks_leave_half_of_the_queue_to_others() throws Exception {
    Counting counting = new Counting();
    Worker worker = new Worker(10, faults, counting);
    worker.start();
    for (int i = 0; i < 10; i++) {
      Request request = request();
      Span root = span(request);
      request.root = root;
      Pretend.set(Pretend.field(Span.class, "endNanos"), root, System.nanoTime());
      request.unit.taskMade();
      request.add(root);
      worker.offer(request);
    }
    for (int i = 0; i < 200 && worker.size() > 5; i++) Thread.sleep(10);
    assertEquals(5, worker.size());
    assertEquals(5, counting.spans.get());
    offer(worker, 1);
    for (int i = 0; i < 200 && counting.spans.get() < 6; i++) Thread.sleep(10);
    worker.close(5_000);
    assertEquals(11, counting.spans.get());
    assertEquals(0, worker.droppedSpans());
    assertEquals(0, worker.spans());
  }

  @Test
  void many_spans_of_few_requests_wake_it() throws Exception {
    Counting counting = new Counting();
    Worker worker = new Worker(10_000, faults, counting);
    worker.start();
    int rounds = 12; // of 200 ms each, if nothing woke it
    long began = System.nanoTime();
    for (int round = 1; round <= rounds; round++) {
      offer(worker, 50_000);
      while (counting.spans.get() < round * 50_000) Thread.sleep(1);
    }
    long millis = (System.nanoTime() - began) / 1_000_000;
    worker.close(5_000);
    assertTrue(millis < 1_800, () -> millis + " ms");
    assertEquals(0, worker.droppedSpans());
  }

  @Test
  void it_looks_as_often_as_is_wanted_within_reason() throws Exception {
    assertTrue(rounds(TimeUnit.HOURS.toNanos(1)) <= 5, "five times a second, unless told");
    int often = rounds(0);
    assertTrue(often > 5 && often <= 50, () -> often + " rounds a second");
  }

  /** In a second. */
  private int rounds(long wantedNanos) throws Exception {
    AtomicInteger rounds = new AtomicInteger();
    Worker.Consumer counting =
        new Worker.Consumer() {
          @Override
          public void accept(Request request, Span latest) {}

          @Override
          public void tick(boolean closing) {
            rounds.incrementAndGet();
          }
        };
    Worker worker = new Worker(10, faults, counting);
    long began = System.nanoTime();
    worker.start(wantedNanos);
    Thread.sleep(1_000);
    int ticks = rounds.get();
    worker.close(5_000);
    return (int) (ticks * 1e9 / (System.nanoTime() - began));
  }

  @Test
  void a_consumer_that_throws_does_not_stop_the_others() {
    Counting counting = new Counting();
    Worker.Consumer broken =
        new Worker.Consumer() {
          @Override
          public void accept(Request request, Span latest) {
            throw new IllegalStateException("broken");
          }

          @Override
          public String part() {
            return "detection";
          }
        };
    Worker worker = new Worker(10, faults, broken, counting);
    for (int i = 0; i < 3; i++) offer(worker, 1);
    worker.start();
    worker.close(5_000);
    assertEquals(3, counting.spans.get());
    assertEquals(Map.of("detection", 3L, "worker", 0L), faults.counts());
    assertEquals(1, told.size(), "told once a kind");
  }

  @Test
  void it_goes_on_after_a_want_of_memory_in_whatever_it_does() throws Exception {
    Counting counting = new Counting();
    boolean[] none = {true};
    Worker.Consumer hungry =
        new Worker.Consumer() {
          @Override
          public void accept(Request request, Span latest) {
            if (none[0]) throw new OutOfMemoryError("accept");
          }

          @Override
          public void tick(boolean closing) {
            if (none[0]) throw new OutOfMemoryError("tick");
          }
        };
    Worker worker = new Worker(10, faults, hungry, counting);
    worker.start();
    for (int i = 0; i < 5; i++) {
      offer(worker, 1);
      awaitEmpty(worker);
    }
    none[0] = false;
    offer(worker, 1);
    awaitEmpty(worker);
    worker.close(5_000);
    assertEquals(6, counting.spans.get());
    assertEquals(0, worker.droppedSpans());
    assertEquals(0, worker.spans());
    assertEquals(2, told.size());
  }

  @Test
  void an_interruption_neither_ends_it_nor_keeps_it_from_resting() throws Exception {
    AtomicInteger ticks = new AtomicInteger();
    Thread[] own = {null};
    Worker worker =
        new Worker(
            10,
            faults,
            new Worker.Consumer() {
              @Override
              public void accept(Request request, Span latest) {}

              @Override
              public void tick(boolean closing) {
                own[0] = Thread.currentThread();
                ticks.incrementAndGet();
              }
            });
    worker.start();
    while (ticks.get() < 1) Thread.sleep(5);
    own[0].interrupt();
    Thread.sleep(500);
    assertTrue(ticks.get() < 20, () -> ticks + " ticks in half a second");
    assertTrue(own[0].isAlive());
    worker.close(5_000);
  }

  @Test
  void what_comes_once_nobody_takes_it_is_dropped_and_not_kept() {
    Worker worker = new Worker(10, faults, new Counting());
    worker.start();
    worker.close(5_000);
    Request late = offer(worker, 3);
    assertEquals(0, worker.size());
    assertEquals(0, worker.spans());
    assertEquals(3, worker.droppedSpans());
    assertNull(late.take());
  }

  @Test
  void a_span_that_ends_after_its_request_arrives_as_well() {
    Counting counting = new Counting();
    Worker worker = new Worker(10, faults, counting);
    Request request = offer(worker, 1);
    worker.offer(request);
    request.add(span(request));
    worker.offer(request);
    worker.start();
    worker.close(5_000);
    assertEquals(2, counting.spans.get());
  }

  private static void awaitEmpty(Worker worker) throws Exception {
    for (int i = 0; i < 500 && worker.size() > 0; i++) Thread.sleep(10);
    assertEquals(0, worker.size());
  }

  private static Request offer(Worker worker, int spans) {
    Request request = request();
    for (int i = 0; i < spans; i++) request.add(span(request));
    worker.offer(request);
    return request;
  }

  private static Request request() {
    return new Request(
        null, new UnitOfWork(Request.Kind.REQUEST, null), 1, 2, RemoteParent.NONE, true, false);
  }

  private static Span span(Request request) {
    return new Span(request, null, Span.Kind.INTERNAL, "span", null);
  }

  private static final class Counting implements Worker.Consumer {
    private final AtomicInteger spans = new AtomicInteger();

    @Override
    public void accept(Request request, Span latest) {
      for (Span span = latest; span != null; span = span.next()) spans.incrementAndGet();
    }
  }
}
