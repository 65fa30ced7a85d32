package dev.atalaya.it.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.it.App;
import dev.atalaya.it.Told;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Whether something grows as long as the application runs. */
final class SoakIT {
  private static final int MOST_GROWTH = 3 << 20;

  @Test
  void live_heap_after_20_seconds_of_load_is_within_3_mb_of_that_after_warm_up() throws Exception {
    try (App app =
        App.main("app.OrdersApp")
            .libraries("com.h2database:h2:2.5.252")
            .arguments("jdbc:h2:mem:orders;DB_CLOSE_DELAY=-1")
            .agent(null)
            .property("sun.net.httpserver.nodelay", "true") // else it waits for 40 ms at times
            .start()) {
      // Each of its own text: more than there is room for in any cache, table or scope.
      assertEquals(200, app.get("/statements?n=10000").status());
      load(app, 6, 0);
      long warm = LiveHeap.bytes(app);
      int requests = load(app, 20, 1_000_000);
      assertEquals(200, app.get("/statements?n=10000").status());
      Told.awaitKind(
          app, "n_plus_one", "GET /orders", one -> one.get("occurrences").asInt() > requests / 10);
      long then = LiveHeap.bytes(app);
      assertTrue(
          then - warm < MOST_GROWTH,
          () -> warm + " bytes became " + then + " by " + requests + " requests");
    }
  }

  /** N+1s of every size, statements and paths that nobody sent before, errors; returns how many. */
  private static int load(App app, int seconds, int from) throws Exception {
    AtomicInteger next = new AtomicInteger(from);
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    ExecutorService visitors = Executors.newFixedThreadPool(4);
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      all.add(
          visitors.submit(
              () -> {
                while (System.nanoTime() < end) {
                  int number = next.incrementAndGet();
                  app.plain("/orders?n=" + number % 40);
                  app.plain("/orders/" + number + "?n=2&token=" + number);
                  app.plain("/nowhere/" + number);
                  if (number % 20 == 0) app.plain("/statements?n=60&from=" + 60 * number);
                }
              }));
    }
    for (Future<?> one : all) one.get();
    visitors.shutdown();
    return 3 * (next.get() - from);
  }
}
