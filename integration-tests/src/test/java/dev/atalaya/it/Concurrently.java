package dev.atalaya.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Many requests at once: each has its own calls, all of them, and no other's. */
public final class Concurrently {
  private Concurrently() {}

  /** {@code calls}: the database's of each request. */
  public static void check(Otlp otlp, App app, int requests, List<String> paths, int calls) {
    ExecutorService clients = Executors.newFixedThreadPool(requests);
    try {
      List<CompletableFuture<App.Answer>> answers = new ArrayList<>();
      for (int i = 0; i < requests; i++) {
        String path = paths.get(i % paths.size());
        answers.add(CompletableFuture.supplyAsync(() -> app.get(path), clients));
      }
      for (CompletableFuture<App.Answer> each : answers) {
        App.Answer answer = each.join();
        Trace trace = otlp.trace(answer.traceId(), one -> one.database().size() >= calls);
        assertEquals(calls, trace.database().size(), trace::toString);
        trace.assertCallsInsideServer();
      }
    } finally {
      clients.shutdownNow();
    }
  }
}
