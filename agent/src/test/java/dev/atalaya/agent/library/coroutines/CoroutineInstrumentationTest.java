package dev.atalaya.agent.library.coroutines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.library.Woven;
import dev.atalaya.agent.library.executors.ExecutorInstrumentation;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.bridge.Call;
import dev.atalaya.bridge.Tracing;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.CoroutineContext;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlin.coroutines.intrinsics.IntrinsicsKt;
import kotlinx.coroutines.BuildersKt;
import kotlinx.coroutines.CoroutineDispatcher;
import kotlinx.coroutines.CoroutineStart;
import kotlinx.coroutines.DelayKt;
import kotlinx.coroutines.Dispatchers;
import kotlinx.coroutines.ExecutorsKt;
import kotlinx.coroutines.GlobalScope;
import kotlinx.coroutines.Job;
import kotlinx.coroutines.TimeoutKt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CoroutineInstrumentationTest {
  private final Woven woven =
      Woven.with(new ExecutorInstrumentation(), new CoroutineInstrumentation());
  private final ExecutorService pool = Executors.newFixedThreadPool(2);
  private final List<String> seen = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    pool.shutdownNow();
    woven.close();
  }

  private CoroutineContext on(String dispatcher) {
    switch (dispatcher) {
      case "default":
        return Dispatchers.getDefault();
      case "io":
        return Dispatchers.getIO();
      case "unconfined":
        return Dispatchers.getUnconfined();
      default:
        return ExecutorsKt.from(pool);
    }
  }

  private Steps.Step see() {
    return (scope, self) -> seen.add("" + Tracing.traceId());
  }

  private static Steps.Step delay(int millis) {
    return (scope, self) -> DelayKt.delay(millis, (Continuation) self);
  }

  private static Steps.Step suspend(CompletableFuture<Continuation<Object>> suspended) {
    return (scope, self) -> {
      suspended.complete(IntrinsicsKt.intercepted(self));
      return IntrinsicsKt.getCOROUTINE_SUSPENDED();
    };
  }

  private static Job launch(CoroutineContext context, CoroutineStart start, Steps.Step... steps) {
    return BuildersKt.launch(GlobalScope.INSTANCE, context, start, Steps.of(steps));
  }

  private static void join(Job job) throws InterruptedException {
    BuildersKt.runBlocking(
        EmptyCoroutineContext.INSTANCE, Steps.of((scope, self) -> job.join((Continuation) self)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"default", "io", "unconfined", "executor"})
  void a_coroutine_goes_on_in_its_request_whoever_resumes_it(String dispatcher) throws Exception {
    CoroutineContext on = on(dispatcher);
    CompletableFuture<Continuation<Object>> suspended = new CompletableFuture<>();
    Call first = woven.request();
    String trace = Tracing.traceId();
    Job job = launch(on, CoroutineStart.DEFAULT, see(), delay(5), see(), suspend(suspended), see());
    first.end(null);
    Continuation<Object> waiting = suspended.get(5, TimeUnit.SECONDS);
    Call second = woven.request();
    String other = Tracing.traceId();
    waiting.resumeWith(Unit.INSTANCE);
    assertEquals(other, Tracing.traceId(), "who resumes it keeps its own");
    second.end(null);
    join(job);
    assertEquals(List.of(trace, trace, trace), seen);
    woven.assertNothingOpen();
  }

  @Test
  void a_coroutine_of_no_request_does_not_enter_that_of_who_resumes_it() throws Exception {
    CompletableFuture<Continuation<Object>> suspended = new CompletableFuture<>();
    Job job = launch(on("executor"), CoroutineStart.DEFAULT, suspend(suspended), see());
    Continuation<Object> waiting = suspended.get(5, TimeUnit.SECONDS);
    woven.inRequest(
        () -> {
          waiting.resumeWith(Unit.INSTANCE);
          join(job);
          return null;
        });
    assertEquals(List.of("null"), seen);
  }

  @Test
  void children_belong_to_the_request_of_what_they_are_part_of() throws Exception {
    String trace =
        woven.inRequest(
            () ->
                (String)
                    BuildersKt.runBlocking(
                        EmptyCoroutineContext.INSTANCE,
                        Steps.of(
                            delay(1),
                            (scope, self) -> {
                              for (int i = 0; i < 3; i++) {
                                BuildersKt.launch(
                                    scope,
                                    on("io"),
                                    CoroutineStart.DEFAULT,
                                    Steps.of(delay(3), see()));
                              }
                              return BuildersKt.withContext(
                                  on("default"), Steps.of(see(), delay(1), see()), self);
                            },
                            (scope, self) -> Tracing.traceId())));
    assertEquals(List.of(trace, trace, trace, trace, trace), seen);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UNDISPATCHED", "ATOMIC", "LAZY"})
  void however_it_is_started(String start) throws Exception {
    woven.inRequest(
        () -> {
          Job job = launch(on("default"), CoroutineStart.valueOf(start), see(), delay(2), see());
          String trace = Tracing.traceId();
          join(job);
          assertEquals(List.of(trace, trace), seen);
          return null;
        });
  }

  @Test
  void a_lazy_one_belongs_to_who_starts_it() throws Exception {
    Job job = launch(on("default"), CoroutineStart.LAZY, see(), delay(2), see());
    String trace =
        woven.inRequest(
            () -> {
              join(job);
              return Tracing.traceId();
            });
    assertEquals(List.of(trace, trace), seen);
  }

  @Test
  void what_is_cancelled_is_left_and_what_comes_after_it_goes_on() throws Exception {
    String trace =
        woven.inRequest(
            () -> {
              BuildersKt.runBlocking(
                  on("io"),
                  Steps.of(
                      (scope, self) ->
                          TimeoutKt.withTimeoutOrNull(5, Steps.of(see(), delay(5_000)), self),
                      see()));
              return Tracing.traceId();
            });
    assertEquals(List.of(trace, trace), seen);
  }

  @Test
  void a_request_waits_for_its_coroutines_until_they_end() throws Exception {
    Call request = woven.request();
    Job job = launch(on("default"), CoroutineStart.DEFAULT, delay(60_000));
    Job other = launch(on("default"), CoroutineStart.DEFAULT, delay(1));
    request.end(null);
    join(other);
    assertTrue(woven.waitsForTasks(request));
    job.cancel(null);
    join(job);
    assertFalse(woven.waitsForTasks(request));
  }

  @Test
  void a_coroutine_leaves_a_request_that_waits_for_it_no_more() throws Exception {
    CompletableFuture<Continuation<Object>> suspended = new CompletableFuture<>();
    Call request = woven.request();
    Job job = launch(on("default"), CoroutineStart.DEFAULT, suspend(suspended), see());
    request.end(null);
    Continuation<Object> waiting = suspended.get(5, TimeUnit.SECONDS);
    ((Span) request).request().unit().close();
    waiting.resumeWith(Unit.INSTANCE);
    join(job);
    assertEquals(List.of("null"), seen);
  }

  @Test
  void threads_of_dispatchers_keep_nothing() throws Exception {
    woven.inRequest(
        () -> {
          for (int i = 0; i < 20; i++)
            join(launch(on("io"), CoroutineStart.DEFAULT, see(), delay(1), see()));
          return null;
        });
    seen.clear();
    CompletableFuture<?>[] all =
        IntStream.range(0, 50)
            .mapToObj(
                i ->
                    CompletableFuture.runAsync(
                        () -> seen.add("" + Tracing.spanId()),
                        (Executor) ExecutorsKt.asExecutor(Dispatchers.getIO())))
            .toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(all).get(5, TimeUnit.SECONDS);
    assertEquals(Set.of("null"), Set.copyOf(seen));
  }

  @ParameterizedTest
  @ValueSource(strings = {"default", "io"})
  void a_dispatcher_as_an_executor_carries(String dispatcher) throws Exception {
    Executor executor = ExecutorsKt.asExecutor((CoroutineDispatcher) on(dispatcher));
    CompletableFuture<String> ran = new CompletableFuture<>();
    String trace =
        woven.inRequest(
            () -> {
              executor.execute(() -> ran.complete("" + Tracing.traceId()));
              return Tracing.traceId();
            });
    assertEquals(trace, ran.get(5, TimeUnit.SECONDS));
  }

  @Test
  void coroutines_work_when_the_tracer_throws() throws Exception {
    int thrown =
        Woven.whileTracerThrows(
            () -> {
              join(launch(on("io"), CoroutineStart.DEFAULT, delay(1), delay(1)));
              return null;
            });
    assertTrue(thrown > 0);
  }

  @Test
  void nothing_shows_in_the_coroutines_context() throws Exception {
    String outside = contextOfACoroutine();
    assertEquals(outside, woven.inRequest(this::contextOfACoroutine));
  }

  /** Its elements, without what tells one of a kind from another. */
  private String contextOfACoroutine() throws Exception {
    CompletableFuture<String> context = new CompletableFuture<>();
    join(
        launch(
            on("default"),
            CoroutineStart.DEFAULT,
            (scope, self) -> context.complete(scope.getCoroutineContext().toString())));
    return context.get().replaceAll("[@#(]\\w+", "");
  }
}
