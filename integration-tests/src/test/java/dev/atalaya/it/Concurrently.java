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

  /**
   * Many requests that each ask the same application for another page, by its client, and read
   * three times of the database after that, as the other does.
   */
  public static void checkCalls(Otlp otlp, App app, String path, String asking, String asked) {
    List<CompletableFuture<App.Answer>> answers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      answers.add(CompletableFuture.supplyAsync(() -> app.get(path)));
    }
    for (CompletableFuture<App.Answer> answer : answers) {
      Trace trace = otlp.trace(answer.join().traceId(), one -> one.database().size() >= 6);
      Span here = trace.served(asking);
      Span call = trace.where(span -> span.kind() == Span.Kind.CLIENT && !span.isDatabase()).get(0);
      Span there = trace.served(asked);
      assertEquals(here.spanId(), call.parentId(), trace::toString);
      assertEquals(200L, call.get("http.response.status_code"), trace::toString);
      assertEquals(call.spanId(), there.parentId(), trace::toString);
      assertEquals(3, trace.children(there).size(), trace::toString);
      assertEquals(1 + 3, trace.children(here).size(), trace::toString);
    }
  }
}
