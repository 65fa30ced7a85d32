package dev.atalaya.agent.library.vertx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.library.Woven;
import dev.atalaya.agent.library.executors.ExecutorInstrumentation;
import dev.atalaya.bridge.Call;
import dev.atalaya.bridge.Tracing;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class VertxInstrumentationTest {
  private static final String NONE = "null";

  private final Woven woven = Woven.with(new ExecutorInstrumentation(), new VertxInstrumentation());
  private final Vertx vertx = Vertx.vertx();
  private final ContextInternal context = (ContextInternal) vertx.getOrCreateContext();

  @AfterEach
  void stop() throws Exception {
    await(vertx.close());
    woven.close();
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private static String trace() {
    return "" + Tracing.traceId();
  }

  /** What the thread of the context's event loop has open between two tasks. */
  private String left() throws Exception {
    CompletableFuture<String> left = new CompletableFuture<>();
    context.nettyEventLoop().execute(() -> left.complete(trace()));
    return left.get(20, TimeUnit.SECONDS);
  }

  @Test
  void a_task_on_a_context_is_its_makers() throws Exception {
    CompletableFuture<String> seen = new CompletableFuture<>();
    Call request = woven.request();
    String made = trace();
    context.runOnContext(nothing -> seen.complete(trace()));
    request.end(null);
    assertEquals(made, seen.get(20, TimeUnit.SECONDS));
    assertEquals(NONE, left());
  }

  @Test
  void a_duplicate_is_of_who_made_it_whoever_dispatches_on_it() throws Exception {
    List<String> seen = new ArrayList<>();
    Call first = woven.request();
    String made = trace();
    ContextInternal duplicate = context.duplicate();
    first.detach();
    woven.inRequest(
        () -> {
          String other = trace();
          duplicate.dispatch(() -> seen.add(trace()));
          assertEquals(other, trace(), "after it");
          return null;
        });
    assertEquals(List.of(made), seen);
    first.end(null);
  }

  @Test
  void dispatches_in_each_other_end_in_their_order() throws Exception {
    List<String> seen = new ArrayList<>();
    Call first = woven.request();
    String one = trace();
    ContextInternal outer = context.duplicate();
    first.detach();
    Call second = woven.request();
    String two = trace();
    ContextInternal inner = context.duplicate();
    second.detach();
    outer.dispatch(
        () -> {
          seen.add(trace());
          inner.dispatch(() -> seen.add(trace()));
          seen.add(trace());
          context.dispatch(() -> seen.add(trace()));
        });
    seen.add(trace());
    assertEquals(List.of(one, two, one, one, NONE), seen);
    first.end(null);
    second.end(null);
  }

  @Test
  void a_duplicate_of_a_request_that_is_over_is_nobodys() throws Exception {
    Call first = woven.request();
    ContextInternal duplicate = context.duplicate();
    first.end(null);
    woven.spans(); // its unit of work is closed
    List<String> seen = new ArrayList<>();
    woven.inRequest(
        () -> {
          duplicate.dispatch(() -> seen.add(trace()));
          return null;
        });
    assertEquals(List.of(NONE), seen);
  }

  @Test
  void blocking_work_that_waits_in_one_queue_is_of_who_asked_for_it() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    List<String> asked = new ArrayList<>();
    List<Future<String>> done = new ArrayList<>();
    context.executeBlocking(() -> go.await(20, TimeUnit.SECONDS));
    for (int i = 0; i < 3; i++) {
      Call request = woven.request();
      asked.add(trace());
      done.add(context.executeBlocking(VertxInstrumentationTest::trace));
      assertTrue(woven.waitsForTasks(end(request)), "it is to come");
    }
    go.countDown();
    List<String> seen = new ArrayList<>();
    for (Future<String> one : done) seen.add(await(one));
    assertEquals(asked, seen);
    assertEquals(NONE, await(context.executeBlocking(VertxInstrumentationTest::trace)));
  }

  private static Call end(Call request) {
    request.end(null);
    return request;
  }

  @Test
  void a_timer_is_of_who_set_it_and_one_that_repeats_is_nobodys() throws Exception {
    CompletableFuture<String> once = new CompletableFuture<>();
    CompletableFuture<String> often = new CompletableFuture<>();
    Call request = woven.request();
    String made = trace();
    context.setTimer(10, timer -> once.complete(trace()));
    long periodic = context.setPeriodic(10, timer -> often.complete(trace()));
    assertEquals(made, once.get(20, TimeUnit.SECONDS));
    assertEquals(NONE, often.get(20, TimeUnit.SECONDS));
    vertx.cancelTimer(periodic);
    request.end(null);
  }

  @Test
  void a_timer_that_is_cancelled_is_not_waited_for() throws Exception {
    Call request = woven.request();
    long timer = vertx.setTimer(60_000, fired -> {});
    request.end(null);
    assertTrue(woven.waitsForTasks(request));
    vertx.cancelTimer(timer);
    assertFalse(woven.waitsForTasks(request));
  }

  @Test
  void a_message_is_of_who_sent_it_and_so_is_its_answer() throws Exception {
    await(
        vertx.deployVerticle(
            new AbstractVerticle() {
              @Override
              public void start() {
                vertx.eventBus().consumer("trace", message -> message.reply(trace()));
              }
            },
            new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER)));
    for (int i = 0; i < 3; i++) {
      Call request = woven.request();
      String sent = trace();
      assertEquals(sent, await(vertx.eventBus().request("trace", "")).body());
      request.end(null);
    }
    assertEquals(NONE, await(vertx.eventBus().request("trace", "")).body());
  }

  @Test
  void what_a_promise_leads_to_is_of_its_context_whoever_keeps_it() throws Exception {
    CompletableFuture<String> seen = new CompletableFuture<>();
    Call request = woven.request();
    String made = trace();
    Promise<String> promise = context.duplicate().promise();
    promise.future().map(text -> text + trace()).onSuccess(seen::complete);
    request.detach();
    woven.inRequest(
        () -> {
          promise.complete("in ");
          return null;
        });
    assertEquals("in " + made, seen.get(20, TimeUnit.SECONDS));
    request.end(null);
    assertEquals(NONE, left());
  }

  @Test
  void work_is_done_when_the_tracer_throws() throws Exception {
    Woven.whileTracerThrows(
        () -> {
          CompletableFuture<String> seen = new CompletableFuture<>();
          context
              .duplicate()
              .runOnContext(
                  nothing ->
                      vertx.setTimer(
                          5,
                          timer -> vertx.executeBlocking(() -> "done").onSuccess(seen::complete)));
          return seen.get(20, TimeUnit.SECONDS);
        });
  }
}
