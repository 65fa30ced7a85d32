package dev.atalaya.agent.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.trace.Faults;
import dev.atalaya.agent.trace.Hooks;
import dev.atalaya.agent.trace.Propagation;
import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.Sampler;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.agent.trace.TraceSettings;
import dev.atalaya.agent.trace.Worker;
import dev.atalaya.agent.weave.LibraryInstrumentation;
import dev.atalaya.agent.weave.Weaving;
import dev.atalaya.bridge.Call;
import dev.atalaya.bridge.Tracer;
import dev.atalaya.bridge.Tracing;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Libraries woven in the test's own JVM, and a recorder of the test's own.
 *
 * <p>A library, once woven, stays so for the JVM's life; each test makes a {@code Woven} and closes
 * it, which fails the test where advice threw, a class could not be woven, or something is open.
 */
public final class Woven implements AutoCloseable {
  private static final java.lang.instrument.Instrumentation JVM = WovenBridge.install();
  private static final Set<String> DONE = new HashSet<>();
  private static final List<String> FAILED = new CopyOnWriteArrayList<>();
  private static final Set<String> TYPES = java.util.concurrent.ConcurrentHashMap.newKeySet();

  private final List<Span> spans = new CopyOnWriteArrayList<>();
  private final List<String> faults = new CopyOnWriteArrayList<>();
  private final WovenMeters meters = new WovenMeters();
  private final Worker worker = new Worker(10_000, new Faults((part, error) -> {}), this::ended);
  private final Recorder recorder = new Recorder(new Settings(), worker, meters, this::fault);

  private Woven() {}

  /** Weaves what is not woven yet and starts to record. */
  public static Woven with(LibraryInstrumentation... instrumentations) {
    synchronized (DONE) {
      Weaving weaving = null;
      for (LibraryInstrumentation instrumentation : instrumentations) {
        if (!DONE.add(instrumentation.getClass().getName())) continue;
        if (weaving == null) weaving = new Weaving(JVM, null, Hooks::number, new Failures());
        weaving.add(instrumentation);
      }
      if (weaving != null) weaving.install();
    }
    Woven woven = new Woven();
    Recorder.forgetOpenCalls();
    Tracing.use(woven.recorder);
    return woven;
  }

  /** Begins an incoming {@code GET /test} on this thread. */
  public Call request() {
    return request(Map.of());
  }

  public Call request(Map<String, List<String>> headers) {
    Call call = recorder.serve(headers, "GET", "http", "localhost", 8080, "/test", null);
    assertNotNull(call, "something was left open on this thread");
    return call;
  }

  /** Whether what was handed over in the request may still come. */
  public boolean waitsForTasks(Call request) {
    return ((Span) request).request().isUnsettled();
  }

  /** Runs the task in an incoming request. */
  public <T> T inRequest(Callable<T> task) throws Exception {
    Call request = request();
    try {
      return task.call();
    } finally {
      request.end(null);
    }
  }

  /**
   * The spans that ended since the test began, by their beginning; the tests' requests included.
   */
  public List<Span> spans() {
    worker.drain();
    List<Span> sorted = new ArrayList<>(spans);
    sorted.sort(Comparator.comparingLong(Span::startNanos));
    return sorted;
  }

  /** Those of calls that left the JVM. */
  public List<Span> clientSpans() {
    List<Span> found = spans();
    found.removeIf(span -> span.kind() != Span.Kind.CLIENT);
    return found;
  }

  /** As {@link #clientSpans}, waiting up to 5 s for {@code count} of them. */
  public List<Span> clientSpans(int count) throws InterruptedException {
    long deadline = System.nanoTime() + 5_000_000_000L;
    List<Span> found = clientSpans();
    while (found.size() < count && System.nanoTime() < deadline) {
      Thread.sleep(5);
      found = clientSpans();
    }
    assertEquals(count, found.size(), () -> "spans: " + names());
    return found;
  }

  /** The one span of a call that left the JVM. */
  public Span clientSpan() throws InterruptedException {
    return clientSpans(1).get(0);
  }

  public List<String> names() {
    List<String> names = new ArrayList<>();
    for (Span span : spans()) names.add(span.name());
    return names;
  }

  /** Cache reads, pools and the like, as lines. */
  public List<String> counted() {
    return meters.lines();
  }

  /** The tracer that this test records with. */
  public Tracer tracer() {
    return recorder;
  }

  /** Whether the weaver has changed that class. */
  public static boolean isWoven(String type) {
    return TYPES.contains(type);
  }

  /** Runs the task while every method of the tracer throws; returns how often that happened. */
  public static int whileTracerThrows(Callable<?> task) throws Exception {
    AtomicInteger thrown = new AtomicInteger();
    Tracer broken =
        (Tracer)
            Proxy.newProxyInstance(
                Woven.class.getClassLoader(),
                new Class<?>[] {Tracer.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("failed")) return null;
                  thrown.incrementAndGet();
                  throw new Broken();
                });
    Tracing.use(broken);
    task.call();
    return thrown.get();
  }

  /** Records with this test's recorder again, after {@link #whileTracerThrows}. */
  public void record() {
    Tracing.use(recorder);
  }

  /** Fails where this thread still has a span or a call open. */
  public void assertNothingOpen() {
    assertNull(recorder.spanId(), "a span is still open on this thread");
    Span probe = (Span) recorder.request("GET", "http://probe.invalid/");
    assertNotNull(probe, "a call is still open on this thread");
    assertTrue(probe.isRoot());
    probe.end(null);
    worker.drain();
    spans.remove(probe);
  }

  @Override
  public void close() {
    try {
      record();
      assertNothingOpen();
      assertEquals(List.of(), faults, "advice threw");
      assertEquals(List.of(), FAILED, "classes could not be woven");
    } finally {
      Tracing.use(null);
    }
  }

  private void ended(Request request, Span latest) {
    for (Span span = latest; span != null; span = span.next()) spans.add(span);
  }

  private void fault(Throwable error, String instrumentation) {
    // Thrown while the tracer threw, on a server's thread that tells of it only now.
    if (error instanceof Broken) return;
    faults.add(instrumentation + ": " + error);
    error.printStackTrace();
  }

  private static final class Broken extends IllegalStateException {
    Broken() {
      super("the tracer is broken");
    }
  }

  private static final class Failures implements Weaving.Log {
    @Override
    public void woven(String instrumentation, String type, String source) {
      TYPES.add(type);
    }

    @Override
    public void failed(String type, Throwable error) {
      FAILED.add(type + ": " + error);
      error.printStackTrace();
    }

    @Override
    public void weaves(int loaded, int wanted) {}

    @Override
    public void stuck(String type, Throwable error) {
      failed(type, error);
    }

    @Override
    public void hidden(String type, ClassLoader loader) {
      FAILED.add(type + ": its loader does not see the bridge: " + loader);
    }

    @Override
    public void applicationStarts() {}
  }

  private static final class Settings implements TraceSettings {
    private final Propagation propagation = new Propagation(List.of("tracecontext", "baggage"));

    @Override
    public Propagation propagation() {
      return propagation;
    }

    @Override
    public Sampler sampler() {
      return Sampler.parentBased(Sampler.ALWAYS);
    }

    @Override
    public Set<String> knownMethods() {
      return Set.of("GET", "POST", "PUT", "DELETE", "HEAD", "PATCH", "OPTIONS");
    }

    @Override
    public boolean explains() {
      return true;
    }

    @Override
    public boolean excludes(String pathOrRoute) {
      return pathOrRoute.equals("/excluded");
    }
  }
}
