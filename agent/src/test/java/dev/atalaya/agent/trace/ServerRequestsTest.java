package dev.atalaya.agent.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.bridge.Call;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServerRequestsTest {
  private static final int MEGABYTE = 1 << 20;

  private final List<Long> bytes = new ArrayList<>();
  private final Simulation simulation = new Simulation(meters());
  private final Recorder recorder = simulation.recorder;
  private final Object exchange = new Object();
  private volatile Object garbage;

  @Test
  void a_request_goes_on_from_thread_to_thread_until_it_is_complete() throws Exception {
    Span span = begin();
    recorder.left(span);
    assertFalse(recorder.serving());
    inThread(
        () -> {
          assertSame(span, recorder.goesOn(exchange));
          assertTrue(recorder.serving());
          recorder.left(span);
          assertFalse(recorder.serving());
        });
    assertEquals(0, span.endNanos());
    recorder.completed(exchange, 404);
    assertEquals(404, span.status());
    assertTrue(span.endNanos() != 0);
    assertNull(recorder.goesOn(exchange), "it is complete");
  }

  @Test
  void a_request_that_another_thread_completes_is_forgotten_by_the_one_that_served_it()
      throws Exception {
    Span span = begin();
    inThread(() -> recorder.completed(exchange, 200));
    assertTrue(span.endNanos() != 0);
    assertFalse(recorder.serving());
    recorder.left(span);
    assertNull(recorder.spanId(), "what comes next is no part of it");
    assertNotNull(begin());
  }

  @Test
  void a_completion_is_counted_once() {
    Span span = begin();
    recorder.completed(exchange, 200);
    recorder.completed(exchange, 500);
    recorder.left(span);
    assertEquals(200, span.status());
    assertEquals(0, recorder.requestsInProgress());
  }

  @Test
  void what_it_allocates_on_each_thread_is_added_up() throws Exception {
    Allocated.start();
    Span span = begin();
    garbage = new byte[MEGABYTE];
    recorder.left(span);
    garbage = new byte[8 * MEGABYTE]; // of nobody
    inThread(
        () -> {
          garbage = new byte[4 * MEGABYTE]; // not yet
          recorder.goesOn(exchange);
          garbage = new byte[2 * MEGABYTE];
          recorder.completed(exchange, 200);
        });
    assertEquals(1, bytes.size());
    long all = bytes.get(0);
    assertTrue(all >= 3 * MEGABYTE && all < 4 * MEGABYTE, "bytes: " + all);
  }

  private Span begin() {
    Call call = recorder.serve(Map.of(), "GET", "http", "shop", 80, "/orders", null);
    return (Span) recorder.begun(exchange, call);
  }

  private static void inThread(Runnable task) throws InterruptedException {
    Throwable[] thrown = new Throwable[1];
    Thread thread = new Thread(task);
    thread.setUncaughtExceptionHandler((where, error) -> thrown[0] = error);
    thread.start();
    thread.join();
    if (thrown[0] != null) throw new AssertionError(thrown[0]);
  }

  private Meters meters() {
    return (Meters)
        Proxy.newProxyInstance(
            Meters.class.getClassLoader(),
            new Class<?>[] {Meters.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("request")) bytes.add((Long) arguments[2]);
              return method.invoke(NoMeters.get(), arguments);
            });
  }
}
