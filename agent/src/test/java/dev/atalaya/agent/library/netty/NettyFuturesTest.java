package dev.atalaya.agent.library.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.atalaya.agent.library.Woven;
import dev.atalaya.agent.trace.States;
import dev.atalaya.bridge.Call;
import dev.atalaya.bridge.Tracing;
import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.DefaultPromise;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GenericFutureListener;
import io.netty.util.concurrent.Promise;
import io.netty.util.concurrent.PromiseNotifier;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class NettyFuturesTest {
  private final Woven woven = Woven.with(new NettyFuturesInstrumentation());
  private final DefaultEventExecutor loop = new DefaultEventExecutor();
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final GenericFutureListener<Future<String>> see = future -> seen.add(here());

  @AfterEach
  void close() {
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    woven.close();
  }

  @Test
  void a_listener_is_told_in_the_request_that_added_it_whichever_completes() throws Exception {
    Promise<String> promise = new DefaultPromise<>(loop);
    Call request = woven.request();
    String trace = here();
    promise.addListener(see);
    promise.addListeners(see, future -> seen.add(here()));
    onLoop(
        () -> {
          Call other = woven.request();
          String own = here();
          promise.setSuccess("done");
          seen.add(own.equals(here()) ? "kept" : "lost");
          other.end(null);
        });
    request.end(null);
    assertEquals(List.of(trace, trace, trace, "kept"), seen);
  }

  @Test
  void one_listener_is_told_for_each_request_that_added_it() throws Exception {
    Promise<String> promise = new DefaultPromise<>(loop);
    Call first = woven.request();
    promise.addListener(see);
    String trace = here();
    Thread other =
        new Thread(
            () -> {
              Call second = woven.request();
              promise.addListener(see);
              promise.setSuccess("done");
              loop.submit(() -> seen.add("told")).awaitUninterruptibly();
              seen.add(here());
              second.end(null);
            });
    other.start();
    other.join();
    first.end(null);
    assertEquals(List.of(trace, seen.get(3), "told", seen.get(3)), seen);
  }

  @Test
  void what_is_added_when_all_is_done_is_told_in_its_request() throws Exception {
    Promise<String> promise = new DefaultPromise<>(loop);
    promise.setSuccess("done");
    Call request = woven.request();
    promise.addListener(see);
    loop.submit(() -> {}).await();
    assertEquals(List.of(here()), seen);
    request.end(null);
  }

  @Test
  void what_is_added_outside_of_a_request_or_removed_is_not_kept() {
    Promise<String> promise = new DefaultPromise<>(loop);
    promise.addListener(see);
    assertNull(States.get(promise));
    Call request = woven.request();
    promise.addListener(new PromiseNotifier<>(new DefaultPromise<String>(loop)));
    assertNull(States.get(promise), "Netty's own");
    promise.addListener(see);
    promise.removeListener(see);
    assertNull(((Listeners) States.get(promise)).take(see));
    request.end(null);
    promise.setSuccess("done");
  }

  @Test
  void a_future_that_never_completes_keeps_no_request() {
    Promise<String> promise = new DefaultPromise<>(loop);
    List<Object> added = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Call request = woven.request();
      GenericFutureListener<Future<String>> listener = new Heard();
      added.add(listener);
      promise.addListener(listener);
      request.end(null);
    }
    Listeners kept = (Listeners) States.get(promise);
    assertNull(kept.take(added.get(0)));
    assertNull(kept.take(added.get(1)));
  }

  @Test
  void a_listener_of_a_request_that_has_ended_is_told_in_none() throws Exception {
    Promise<String> promise = new DefaultPromise<>(loop);
    Call request = woven.request();
    promise.addListener(see);
    request.end(null);
    onLoop(
        () -> {
          Call other = woven.request();
          promise.setSuccess("done");
          other.end(null);
        });
    assertEquals(List.of("null"), seen);
  }

  @Test
  void a_task_of_a_loop_runs_in_the_request_that_gave_it() throws Exception {
    Call request = woven.request();
    loop.execute(() -> seen.add(here()));
    onLoop(() -> {});
    assertEquals(List.of(here()), seen);
    request.end(null);
    onLoop(() -> seen.add(here()));
    assertEquals("null", seen.get(1));
  }

  private void onLoop(Runnable work) throws Exception {
    loop.submit(work).await().get();
  }

  private static String here() {
    return String.valueOf(Tracing.traceId());
  }

  private static final class Heard implements GenericFutureListener<Future<String>> {
    @Override
    public void operationComplete(Future<String> future) {}
  }
}
