package dev.atalaya.agent.library.guava;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.util.concurrent.FluentFuture;
import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.ListeningExecutorService;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.common.util.concurrent.SettableFuture;
import dev.atalaya.agent.library.Woven;
import dev.atalaya.agent.library.executors.ExecutorInstrumentation;
import dev.atalaya.bridge.Call;
import dev.atalaya.bridge.Tracing;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GuavaInstrumentationTest {
  private final Woven woven = Woven.with(new ExecutorInstrumentation(), new GuavaInstrumentation());
  private final ExecutorService pool = Executors.newFixedThreadPool(2);
  private final List<String> seen = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    pool.shutdownNow();
    woven.close();
  }

  private void see() {
    seen.add("" + Tracing.traceId());
  }

  @Test
  void what_listens_runs_where_it_was_added_whoever_completes() throws Exception {
    SettableFuture<String> source = SettableFuture.create();
    List<ListenableFuture<String>> chained = new ArrayList<>();
    Call request = woven.request();
    String trace = Tracing.traceId();
    for (Executor on : List.of(MoreExecutors.directExecutor(), pool)) {
      chained.add(Futures.transform(source, x -> Tracing.traceId(), on));
      chained.add(
          Futures.transformAsync(source, x -> Futures.immediateFuture(Tracing.traceId()), on));
      chained.add(FluentFuture.from(source).transform(x -> Tracing.traceId(), on));
      chained.add(Futures.whenAllComplete(source, source).call(Tracing::traceId, on));
      Futures.addCallback(source, callback(), on);
      source.addListener(this::see, on);
    }
    Thread other = new Thread(() -> completeInAnotherRequest(source));
    other.start();
    other.join();
    for (ListenableFuture<String> each : chained) assertEquals(trace, each.get());
    request.end(null);
    pool.shutdown();
    assertTrue(pool.awaitTermination(5, TimeUnit.SECONDS));
    assertTrue(seen.remove("kept"), "who completes keeps its own");
    assertEquals(List.of(trace, trace, trace, trace), seen);
  }

  private void completeInAnotherRequest(SettableFuture<String> source) {
    Call request = woven.request();
    String trace = Tracing.traceId();
    source.set("done");
    seen.add(trace.equals(Tracing.traceId()) ? "kept" : "lost");
    request.end(null);
  }

  private FutureCallback<String> callback() {
    return new FutureCallback<>() {
      @Override
      public void onSuccess(String result) {
        see();
      }

      @Override
      public void onFailure(Throwable error) {
        see();
      }
    };
  }

  @Test
  void one_lambda_listens_for_each_request_that_adds_it() throws Exception {
    SettableFuture<String> source = SettableFuture.create();
    Runnable shared = this::see;
    List<String> traces = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      traces.add(
          woven.inRequest(
              () -> {
                source.addListener(shared, MoreExecutors.directExecutor());
                return Tracing.traceId();
              }));
    }
    source.set("done");
    assertEquals(traces, seen);
  }

  @Test
  void a_decorated_pools_tasks_and_their_listeners_belong_to_the_request() throws Exception {
    ListeningExecutorService decorated = MoreExecutors.listeningDecorator(pool);
    woven.inRequest(
        () -> {
          String trace = Tracing.traceId();
          ListenableFuture<String> task = decorated.submit(Tracing::traceId);
          assertEquals(trace, task.get());
          ListenableFuture<String> next =
              Futures.transform(task, x -> x + Tracing.traceId(), decorated);
          assertEquals(trace + trace, next.get());
          return null;
        });
  }

  @Test
  void a_request_waits_for_what_listens() throws Exception {
    SettableFuture<String> source = SettableFuture.create();
    Call request = woven.request();
    Futures.addCallback(source, callback(), MoreExecutors.directExecutor());
    request.end(null);
    assertTrue(woven.waitsForTasks(request));
    source.setException(new IllegalStateException("the application's own"));
    assertFalse(woven.waitsForTasks(request));
  }

  @Test
  void a_chain_of_a_hundred_thousand_futures_completes() throws Exception {
    woven.inRequest(
        () -> {
          SettableFuture<String> first = SettableFuture.create();
          SettableFuture<String> last = first;
          for (int i = 0; i < 100_000; i++) {
            SettableFuture<String> next = SettableFuture.create();
            next.setFuture(last);
            last = next;
          }
          first.set("done");
          assertEquals("done", last.get());
          return null;
        });
  }

  @Test
  void futures_work_when_the_tracer_throws() throws Exception {
    int thrown =
        Woven.whileTracerThrows(
            () -> {
              SettableFuture<Integer> source = SettableFuture.create();
              ListenableFuture<Integer> next =
                  Futures.transform(source, x -> x + 1, MoreExecutors.directExecutor());
              source.set(1);
              assertEquals(2, next.get());
              return null;
            });
    assertTrue(thrown > 0);
  }
}
