package dev.atalaya.agent.library.reactivestreams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.library.Woven;
import dev.atalaya.bridge.Call;
import dev.atalaya.bridge.Tracing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/** Chains that requests have subscribed to, and the threads that send them their signals. */
public final class Chains implements AutoCloseable {
  /** What {@link #trace} says outside of any request. */
  public static final String NONE = "none";

  private final Woven woven;
  private final List<Call> requests = new ArrayList<>();

  public Chains(Woven woven) {
    this.woven = woven;
  }

  /** Where this thread is now. */
  public static String trace() {
    String trace = Tracing.traceId();
    return trace == null ? NONE : trace;
  }

  /** Returns the context that it left there. */
  public static String onForeignThread(Runnable task) throws InterruptedException {
    String[] left = new String[1];
    Thread thread =
        new Thread(
            () -> {
              task.run();
              left[0] = trace();
            });
    thread.start();
    thread.join();
    return left[0];
  }

  /** Subscribes in a request of its own, which goes on elsewhere. */
  public Waiting waiting(Consumer<Waiting> subscribe) {
    Call request = woven.request();
    Waiting waiting = new Waiting(trace());
    subscribe.accept(waiting);
    request.detach();
    requests.add(request);
    return waiting;
  }

  /**
   * Sends a value in a part of the request that subscribed, after its end, and in another request.
   *
   * @param subscribe a stream, with who takes its values; returns what cancels it
   */
  public void assertNobodysAfterTheEnd(
      Function<Consumer<Object>, Runnable> subscribe, Runnable send) {
    List<String> seen = new ArrayList<>();
    Call request = woven.request();
    String trace = trace();
    Runnable cancel = subscribe.apply(value -> seen.add(trace()));
    Call inner = woven.tracer().span("inner");
    send.run();
    inner.end(null);
    request.end(null);
    send.run();
    Call other = woven.request();
    send.run();
    other.end(null);
    cancel.run();
    assertEquals(List.of(trace, NONE, NONE), seen);
  }

  public void endRequests() {
    for (Call request : requests) request.end(null);
  }

  @Override
  public void close() {
    endRequests();
    woven.close();
  }

  /** A chain that is not answered yet: one operator looks where it is, another leads to a chain. */
  public static final class Waiting {
    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch over = new CountDownLatch(1);
    public final String trace;

    private Waiting(String trace) {
      this.trace = trace;
    }

    public void look() {
      seen.add(trace());
    }

    /**
     * @param inner where the inner chain was
     */
    public void answered(String inner) {
      seen.add(inner);
      seen.add(trace());
      over.countDown();
    }

    public void assertAllInItsRequest() {
      try {
        assertTrue(over.await(5, TimeUnit.SECONDS));
      } catch (InterruptedException interrupted) {
        throw new IllegalStateException(interrupted);
      }
      assertEquals(List.of(trace, trace, trace), seen);
    }
  }
}
