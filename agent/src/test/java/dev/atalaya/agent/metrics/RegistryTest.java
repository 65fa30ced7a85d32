package dev.atalaya.agent.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.atalaya.agent.trace.Faults;
import dev.atalaya.agent.trace.Propagation;
import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.RpcCall;
import dev.atalaya.agent.trace.Sampler;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.agent.trace.TraceSettings;
import dev.atalaya.agent.trace.Worker;
import dev.atalaya.bridge.Call;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class RegistryTest {
  private final Registry registry = new Registry();

  @Test
  void counts_are_exact_under_concurrency() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      Thread thread =
          new Thread(
              () -> {
                for (int i = 0; i < 50_000; i++) {
                  registry.server("GET", "/r" + i % 20, 200, "http", null).record(2_000_000);
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) thread.join();

    Family family = family(Metric.HTTP_SERVER_DURATION);
    assertEquals(20, family.samples.size());
    for (Sample sample : family.samples) {
      assertEquals(10_000, sample.count);
      assertEquals(10_000, sample.counts[0]);
      assertEquals(20.0, sample.sum, 1e-9);
    }
  }

  @Test
  void series_that_exist_are_found_without_allocating() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Runnable lookups =
        () -> {
          registry.server("GET", "/orders/{id}", 200, "http", null);
          registry.server("GET", "/orders/{id}", 500, "http", "java.lang.IllegalStateException");
          registry.client("GET", "stock", 8080, 200, null);
          registry.client("GET", "stock", 8080, 0, "java.net.ConnectException");
          registry.request("/orders/{id}", 3, 1_000);
          registry.cache("caffeine", "prices", 1, 1);
        };
    for (int i = 0; i < 100; i++) lookups.run();

    long thread = Thread.currentThread().getId();
    threads.getThreadAllocatedBytes(thread);
    long before = threads.getThreadAllocatedBytes(thread);
    for (int i = 0; i < 10_000; i++) lookups.run();
    long bytes = threads.getThreadAllocatedBytes(thread) - before;
    assertTrue(bytes < 10_000, bytes + " bytes for 10,000 times six lookups");
  }

  @Test
  void the_same_labels_are_the_same_series() {
    assertSame(
        registry.server("GET", "/a", 200, "http", null),
        registry.server("GET", "/a", 200, "http", null));
    assertSame(
        registry.client("GET", "stock", 80, 200, null),
        registry.client("GET", "stock", 80, 200, null));
  }

  @Test
  void a_request_without_a_route_has_an_empty_label() {
    registry.server("GET", "", 404, "http", "404").record(1);

    Sample sample = only(Metric.HTTP_SERVER_DURATION);
    assertArrayEquals(new String[] {"GET", "", "404", "http", "404"}, sample.labels);
  }

  @Test
  void a_client_call_that_got_no_answer_has_an_empty_status() {
    registry.client("GET", "stock", 8080, 0, "java.net.ConnectException").record(1);

    assertArrayEquals(
        new String[] {"GET", "stock", "8080", "", "java.net.ConnectException"},
        only(Metric.HTTP_CLIENT_DURATION).labels);
  }

  @Test
  void remote_procedure_calls_are_counted_by_side_method_and_status() {
    RpcCall call = new RpcCall("grpc", "shop.Stock/Find", "stock:5000");
    call.known(false);
    call.answered("NOT_FOUND", null);
    registry.rpc(false, call, "NOT_FOUND").record(1);
    registry.rpc(true, call, null).record(1);
    assertSame(registry.rpc(true, call, null), registry.rpc(true, call, null));

    assertArrayEquals(
        new String[] {"grpc", "shop.Stock/Find", "NOT_FOUND", "NOT_FOUND"},
        only(Metric.RPC_CLIENT_DURATION).labels);
    assertArrayEquals(
        new String[] {"grpc", "shop.Stock/Find", "NOT_FOUND", ""},
        only(Metric.RPC_SERVER_DURATION).labels);
  }

  @Test
  void a_value_on_a_bound_counts_below_it() {
    registry.server("GET", "/a", 200, "http", null).record(5_000_000);
    registry.server("GET", "/a", 200, "http", null).record(5_000_001);
    registry.server("GET", "/a", 200, "http", null).record(10_000_000_001L);

    Sample sample = only(Metric.HTTP_SERVER_DURATION);
    assertEquals(1, sample.counts[0]);
    assertEquals(1, sample.counts[1]);
    assertEquals(1, sample.counts[14]);
  }

  @Test
  void requests_have_their_statements_and_bytes_by_route() {
    registry.request("/a", 0, 1_000);
    registry.request("/a", 25, -1);

    Sample statements = only(Metric.STATEMENTS_PER_REQUEST);
    assertEquals(2, statements.count);
    assertEquals(25, statements.sum);
    assertEquals(1, statements.counts[0], "le=0 exists");
    assertEquals(1, only(Metric.REQUEST_ALLOCATED).count, "unknown bytes are not counted");
  }

  @Test
  void cache_reads_count_by_result() {
    registry.cache("redis", "localhost", 3, 1);
    registry.cache("redis", "localhost", 0, 1);
    registry.cache("caffeine", null, 5, 0);

    Map<String, Double> values = values(Metric.CACHE_REQUESTS);
    assertEquals(
        Map.of("redis,localhost,hit", 3.0, "redis,localhost,miss", 2.0, "caffeine,,hit", 5.0),
        values);
  }

  // ---- Together with the recorder and the worker -----------------------------------------------

  @Test
  void an_operation_has_its_labels_and_its_rows() {
    recorded(
        Sampler.ALWAYS,
        recorder -> {
          query(recorder, 3, null);
          query(recorder, 0, null);
        });

    Sample operation = only(Metric.DB_DURATION);
    Map<String, String> labels = labels(Metric.DB_DURATION, operation);
    assertEquals("postgresql", labels.get("db.system.name"));
    assertEquals("shop", labels.get("db.namespace"));
    assertEquals("SELECT", labels.get("db.operation.name"));
    assertEquals("SELECT orders", labels.get("db.query.summary"));
    assertEquals("db", labels.get("server.address"));
    assertEquals("5432", labels.get("server.port"));
    assertEquals("", labels.get("error.type"));
    assertEquals("", labels.get("db.response.status_code"));
    assertEquals(2, operation.count);
    Sample rows = only(Metric.DB_ROWS);
    assertEquals(2, rows.count);
    assertEquals(3, rows.sum);
    assertArrayEquals(operation.labels, rows.labels);
  }

  @Test
  void a_failed_operation_has_its_own_series() {
    recorded(Sampler.ALWAYS, recorder -> query(recorder, -1, new SQLException("no", "23505")));

    Map<String, String> labels = labels(Metric.DB_DURATION, only(Metric.DB_DURATION));
    assertEquals("java.sql.SQLException", labels.get("error.type"));
    assertEquals("23505", labels.get("db.response.status_code"));
    assertNull(find(Metric.DB_ROWS), "a failure returned no rows");
  }

  @Test
  void a_request_has_quantiles_by_its_route() {
    recorded(Sampler.ALWAYS, recorder -> get(recorder, "/orders/{id}", 200));

    Family quantiles = family(Metric.HTTP_SERVER_QUANTILES);
    assertEquals(5, quantiles.samples.size());
    assertEquals("/orders/{id}", quantiles.samples.get(0).labels[0]);
    assertTrue(quantiles.samples.get(0).value > 0);
  }

  @Test
  void exemplars_point_to_the_spans_of_sampled_requests() {
    List<String> traceIds = new ArrayList<>();
    recorded(
        Sampler.ALWAYS,
        recorder -> {
          Call call = recorder.serve(Map.of(), "GET", "http", "shop", 80, "/a", null);
          traceIds.add(recorder.traceId());
          query(recorder, 1, null);
          recorder.request("GET", "http://stock:8080/x").end(null);
          query(recorder, -1, new SQLException("no", "23505"));
          end(recorder, call, "/a", 200);
        });

    Set<Metric> all =
        Set.of(
            Metric.HTTP_SERVER_DURATION,
            Metric.HTTP_CLIENT_DURATION,
            Metric.DB_DURATION,
            Metric.DB_ROWS);
    for (Metric metric : all) {
      for (Sample sample : family(metric).samples) {
        Sample.Exemplar exemplar = exemplar(sample);
        assertNotNull(exemplar, metric + " " + List.of(sample.labels));
        assertEquals(traceIds.get(0), exemplar.traceId);
        assertEquals(16, exemplar.spanId.length());
        assertEquals(System.currentTimeMillis(), exemplar.epochMillis, 60_000);
      }
    }
  }

  @Test
  void requests_that_are_not_exported_leave_no_exemplars() {
    recorded(Sampler.NEVER, recorder -> get(recorder, "/a", 200));
    assertNull(exemplar(only(Metric.HTTP_SERVER_DURATION)));

    registry.exemplars(false);
    recorded(Sampler.ALWAYS, recorder -> get(recorder, "/a", 200));
    assertNull(exemplar(only(Metric.HTTP_SERVER_DURATION)));
  }

  @Test
  void excluded_requests_leave_nothing() {
    recorded(Sampler.ALWAYS, recorder -> get(recorder, "/health", 200));

    assertNull(find(Metric.HTTP_SERVER_DURATION));
    assertNull(find(Metric.HTTP_SERVER_QUANTILES));
    assertNull(find(Metric.STATEMENTS_PER_REQUEST));
  }

  // ---- The agent and the JVM -------------------------------------------------------------------

  @Test
  void the_agent_on_itself_is_read_when_asked_for() {
    long[] exported = {0};
    registry.read(Metric.ENABLED, () -> 1);
    registry.read(Metric.SPANS_EXPORTED, () -> exported[0]);
    registry.read(Metric.SPANS_DROPPED, "queue_full", () -> 7);
    registry.read(Metric.SPANS_DROPPED, "export_failed", () -> 8);
    registry.readAll(Metric.INSTRUMENTATION_ERRORS, () -> Map.of("jdbc", 2L));
    exported[0] = 5;

    assertEquals(Map.of("", 1.0), values(Metric.ENABLED));
    assertEquals(Map.of("", 5.0), values(Metric.SPANS_EXPORTED));
    assertEquals(Map.of("queue_full", 7.0, "export_failed", 8.0), values(Metric.SPANS_DROPPED));
    assertEquals(Map.of("jdbc", 2.0), values(Metric.INSTRUMENTATION_ERRORS));
  }

  @Test
  void a_reading_that_throws_harms_no_other() {
    registry.read(
        Metric.SPANS_EXPORTED,
        () -> {
          throw new IllegalStateException("closed");
        });
    registry.read(Metric.QUEUE_SIZE, () -> 3);

    assertNull(find(Metric.SPANS_EXPORTED));
    assertEquals(Map.of("", 3.0), values(Metric.QUEUE_SIZE));
  }

  @Test
  void each_metric_says_how_many_series_it_has() {
    registry.server("GET", "/a", 200, "http", null).record(1);
    registry.server("GET", "/b", 200, "http", null).record(1);

    assertEquals(2.0, values(Metric.SERIES).get("http_server_request_duration_seconds"));
  }

  @Test
  void the_target_has_the_attributes_of_the_resource() {
    registry.target(Map.of("service.name", "shop", "service.version", "1.4.0", "process.pid", 7L));

    Family target = family(Metric.TARGET);
    assertEquals("target_info", target.prometheusName);
    assertEquals(List.of("process_pid", "service_name", "service_version"), target.keys);
    assertArrayEquals(new String[] {"7", "shop", "1.4.0"}, target.samples.get(0).labels);
  }

  @Test
  void the_jvm_is_shown_by_the_semantic_conventions() throws InterruptedException {
    Thread own = new Thread(RegistryTest::work, "atalaya-test");
    own.start();
    while (own.getState() == Thread.State.NEW) Thread.onSpinWait();
    System.gc();

    Set<Metric> expected =
        Set.of(
            Metric.JVM_MEMORY_USED,
            Metric.JVM_MEMORY_COMMITTED,
            Metric.JVM_MEMORY_LIMIT,
            Metric.JVM_MEMORY_AFTER_GC,
            Metric.JVM_GC_DURATION,
            Metric.JVM_THREADS,
            Metric.JVM_CLASSES_LOADED,
            Metric.JVM_CLASSES_UNLOADED,
            Metric.JVM_CLASSES,
            Metric.JVM_CPU_TIME,
            Metric.JVM_CPU_COUNT,
            Metric.JVM_CPU_UTILIZATION,
            Metric.JVM_BUFFER_USED,
            Metric.JVM_BUFFER_LIMIT,
            Metric.JVM_BUFFERS,
            Metric.OVERHEAD);
    for (Metric metric : expected) assertNotNull(find(metric), metric.name());
    double utilization = values(Metric.JVM_CPU_UTILIZATION).get("");
    assertTrue(utilization > 0 && utilization <= 1, utilization + "");
    double threads = 0;
    for (double count : values(Metric.JVM_THREADS).values()) threads += count;
    assertTrue(threads >= 2 && threads < 1_000, threads + " threads");
    own.interrupt();
    own.join();
  }

  @Test
  void the_agents_own_time_never_goes_back() throws InterruptedException {
    double before = overhead();
    Thread own = new Thread(RegistryTest::work, "atalaya-test");
    own.start();
    double during = before;
    for (int i = 0; i < 1_000 && during < before + 0.02; i++) {
      Thread.sleep(5);
      during = overhead();
    }
    assertTrue(during >= before + 0.02, before + " then " + during);
    own.interrupt();
    own.join();
    double after = overhead();
    assertTrue(after >= during, "what ended is still counted");
    assertEquals(after, overhead(), 0.5, "and once");
  }

  private double overhead() {
    return values(Metric.OVERHEAD).get("");
  }

  @Test
  void collections_are_counted_once_each() {
    double before = collections();
    System.gc();
    registry.tick(false);
    System.gc();
    double after = collections();
    long beans = 0;
    for (var bean : ManagementFactory.getGarbageCollectorMXBeans()) {
      beans += bean.getCollectionCount();
    }
    assertTrue(after >= before + 2, before + " then " + after);
    assertTrue(after <= beans, after + " of " + beans);
  }

  private double collections() {
    double count = 0;
    Family family = find(Metric.JVM_GC_DURATION);
    if (family != null) for (Sample sample : family.samples) count += sample.count;
    return count;
  }

  // ---- Fixtures --------------------------------------------------------------------------------

  private static void work() {
    while (!Thread.currentThread().isInterrupted()) Thread.onSpinWait();
  }

  private interface Work {
    void with(Recorder recorder);
  }

  private void recorded(Sampler sampler, Work work) {
    Worker worker =
        new Worker(
            100,
            new Faults((part, error) -> {}),
            new Worker.Consumer() {
              @Override
              public void accept(Request request, Span latest) {
                registry.accept(request, latest);
              }
            });
    Supplier<Recorder> recorder =
        () -> new Recorder(new Settings(sampler), worker, registry, (error, name) -> {});
    Recorder.forgetOpenCalls(); // another test's request may be open on this thread
    work.with(recorder.get());
    worker.start();
    worker.close(5_000);
  }

  private static void get(Recorder recorder, String route, int status) {
    end(recorder, recorder.serve(Map.of(), "GET", "http", "shop", 80, "/x", null), route, status);
  }

  private static void end(Recorder recorder, Call call, String route, int status) {
    recorder.route(route);
    call.status(status);
    call.end(null);
  }

  private static void query(Recorder recorder, int rows, Throwable error) {
    Object connection = new Object();
    Object statement = new Object();
    Object resultSet = new Object();
    recorder.statements().connected(null, connection, "jdbc:postgresql://db:5432/shop", null);
    recorder.preparing();
    recorder.prepared(connection, statement, "SELECT * FROM orders");
    Call call = recorder.sql(statement, null);
    if (rows >= 0) recorder.rows(call, resultSet);
    call.end(error);
    for (int i = 0; i < rows; i++) recorder.next(resultSet, true);
  }

  private Sample only(Metric metric) {
    Family family = family(metric);
    assertEquals(1, family.samples.size());
    return family.samples.get(0);
  }

  private Family family(Metric metric) {
    Family family = find(metric);
    assertNotNull(family, metric.name());
    return family;
  }

  private Family find(Metric metric) {
    for (Family family : registry.snapshot()) {
      if (family.name.equals(metric.otelName())) return family;
    }
    return null;
  }

  private Map<String, Double> values(Metric metric) {
    Map<String, Double> values = new HashMap<>();
    for (Sample sample : family(metric).samples) {
      values.put(String.join(",", sample.labels), sample.value);
    }
    return values;
  }

  private static Map<String, String> labels(Metric metric, Sample sample) {
    Map<String, String> labels = new HashMap<>();
    for (int i = 0; i < sample.labels.length; i++) {
      labels.put(metric.keys().get(i), sample.labels[i]);
    }
    return labels;
  }

  private static Sample.Exemplar exemplar(Sample sample) {
    for (Sample.Exemplar one : sample.exemplars) if (one != null) return one;
    return null;
  }

  private static final class Settings implements TraceSettings {
    private final Sampler sampler;
    private final Propagation propagation = new Propagation(List.of("tracecontext"));

    Settings(Sampler sampler) {
      this.sampler = sampler;
    }

    @Override
    public Propagation propagation() {
      return propagation;
    }

    @Override
    public Sampler sampler() {
      return sampler;
    }

    @Override
    public Set<String> knownMethods() {
      return Set.of("GET", "POST");
    }

    @Override
    public boolean excludes(String pathOrRoute) {
      return pathOrRoute.equals("/health");
    }
  }
}
