package dev.atalaya.agent.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.trace.OpenThreads;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.Simulation;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SlowSamplerTest {
  private static final long PATIENCE_MILLIS = 20_000;

  private final Simulation application = new Simulation();
  private final Profiles profiles = new Profiles();
  private volatile boolean wanted = true;
  private volatile long slowNanos = 1;
  private final SlowSampler sampler =
      new SlowSampler(new OpenThreads(), entryPoint -> slowNanos, () -> wanted, profiles);

  @AfterEach
  void no_sampler_stays() throws Exception {
    wanted = false;
    await(() -> samplers() == 0);
  }

  @Test
  void a_slow_requests_thread_is_sampled_and_its_stacks_are_kept_by_entry_point() throws Exception {
    CountDownLatch ends = new CountDownLatch(1);
    Thread thread = request("/reports", ends);
    await(
        () -> {
          sampler.tick();
          return samplers() == 1;
        });
    Thread.sleep(4 * SlowSampler.EVERY_MILLIS);
    ends.countDown();
    thread.join();
    await(() -> !profiles.list("GET /reports").isEmpty());

    Map<String, Object> one = profiles.list("GET /reports").get(0);
    assertEquals(1, one.get("requests"));
    assertTrue((Long) one.get("samples") > 0, one::toString);
    String stack = String.valueOf(((Map<?, ?>) ((List<?>) one.get("stacks")).get(0)).get("stack"));
    assertTrue(stack.contains(getClass().getName() + ".waiting;"), stack);
    assertEquals(List.of(), profiles.list("GET /other"));
  }

  @Test
  void a_request_that_did_not_become_slow_leaves_nothing() throws Exception {
    CountDownLatch ends = new CountDownLatch(1);
    Thread thread = request("/reports", ends);
    await(
        () -> {
          sampler.tick();
          return samplers() == 1;
        });
    Thread.sleep(4 * SlowSampler.EVERY_MILLIS);
    slowNanos = Long.MAX_VALUE;
    ends.countDown();
    thread.join();
    await(() -> samplers() == 0); // it ends a second after there is nothing to look at

    assertEquals(List.of(), profiles.list(""));
  }

  @Test
  void where_nothing_is_slow_no_thread_is_started() throws Exception {
    slowNanos = Long.MAX_VALUE;
    CountDownLatch ends = new CountDownLatch(1);
    Thread thread = request("/reports", ends);
    sampler.tick();
    assertEquals(0, samplers());
    ends.countDown();
    thread.join();
  }

  private Thread request(String route, CountDownLatch ends) throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    Thread thread =
        new Thread(
            () -> {
              Request request = application.request(route);
              begun.countDown();
              waiting(ends);
              application.end(request);
            });
    thread.start();
    begun.await();
    return thread;
  }

  private static void waiting(CountDownLatch until) {
    try {
      until.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int samplers() {
    int count = 0;
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("atalaya-sampler")) count++;
    }
    return count;
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long began = System.nanoTime();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() - began < PATIENCE_MILLIS * 1_000_000, "waited in vain");
      Thread.sleep(10);
    }
  }
}
