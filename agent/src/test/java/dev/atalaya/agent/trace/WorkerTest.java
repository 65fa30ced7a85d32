package dev.atalaya.agent.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WorkerTest {
  @Test
  void spans_of_all_threads_arrive_once() throws Exception {
    Counting counting = new Counting();
    Worker worker = new Worker(100_000, counting);
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
    assertEquals(0, worker.droppedSpans());
  }

  @Test
  void a_full_queue_drops_and_counts() {
    Counting counting = new Counting();
    Worker worker = new Worker(10, counting);
    for (int i = 0; i < 25; i++) offer(worker, 2);
    assertEquals(10, worker.size());
    assertEquals(30, worker.droppedSpans());
    worker.start();
    worker.close(5_000);
    assertEquals(20, counting.spans.get());
  }

  @Test
  void a_consumer_that_throws_does_not_stop_the_others() {
    Counting counting = new Counting();
    Worker.Consumer broken =
        (request, latest) -> {
          throw new IllegalStateException("broken");
        };
    Worker worker = new Worker(10, broken, counting);
    offer(worker, 1);
    worker.start();
    worker.close(5_000);
    assertEquals(1, counting.spans.get());
    assertTrue(worker.fault() instanceof IllegalStateException);
  }

  @Test
  void a_span_that_ends_after_its_request_arrives_as_well() {
    Counting counting = new Counting();
    Worker worker = new Worker(10, counting);
    Request request = offer(worker, 1);
    worker.offer(request);
    request.add(span(request));
    worker.offer(request);
    worker.start();
    worker.close(5_000);
    assertEquals(2, counting.spans.get());
  }

  private static Request offer(Worker worker, int spans) {
    Request request =
        new Request(
            null,
            Request.Kind.REQUEST,
            new Scope(Request.Kind.REQUEST, null),
            1,
            2,
            0,
            true,
            null,
            null,
            false);
    for (int i = 0; i < spans; i++) request.add(span(request));
    worker.offer(request);
    return request;
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
