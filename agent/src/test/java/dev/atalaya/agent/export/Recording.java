package dev.atalaya.agent.export;

import dev.atalaya.agent.trace.Distribution;
import dev.atalaya.agent.trace.Faults;
import dev.atalaya.agent.trace.Meters;
import dev.atalaya.agent.trace.Propagation;
import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.Sampler;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.agent.trace.TraceSettings;
import dev.atalaya.agent.trace.Worker;
import dev.atalaya.bridge.Call;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Real spans, as woven code would record them, handed to a consumer on this thread or a worker. */
public final class Recording implements AutoCloseable {
  public static final String TRACE_PARENT =
      "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  public final Recorder tracer;
  private final Worker worker;
  private final List<Span> ended = Collections.synchronizedList(new ArrayList<>());
  private final Object connection = new Object();

  public Recording(Worker.Consumer... consumers) {
    this(Sampler.ALWAYS, consumers);
  }

  public Recording(Sampler sampler, Worker.Consumer... consumers) {
    Recorder.forgetOpenCalls(); // another test's request may be open on this thread
    Worker.Consumer[] all = new Worker.Consumer[consumers.length + 1];
    System.arraycopy(consumers, 0, all, 0, consumers.length);
    all[consumers.length] = this::collect;
    worker = new Worker(10_000, new Faults((part, error) -> {}), all);
    tracer = new Recorder(settings(sampler), worker, meters(), (error, name) -> {});
    tracer.statements().connected(null, connection, "jdbc:postgresql://db.example:5432/shop", null);
  }

  private void collect(Request request, Span latest) {
    for (Span span = latest; span != null; span = span.next()) ended.add(span);
  }

  public void start() {
    worker.start();
  }

  public Call serve(String method, String path, String query, Map<String, String> headers) {
    return tracer.serve(headers, method, "https", "shop.example", 8443, path, query);
  }

  public Call query(String sql) {
    return tracer.sql(statement(sql), null);
  }

  /** A prepared one. */
  public Object statement(String sql) {
    Object statement = new Object();
    tracer.preparing();
    tracer.prepared(connection, statement, sql);
    return statement;
  }

  /** A request of so many queries, each different: what repeats is folded. */
  public void request(int queries) {
    Call request = serve("GET", "/orders", null, Map.of());
    for (int i = 0; i < queries; i++)
      query("SELECT * FROM orders" + (i == 0 ? "" : i) + " WHERE id = ?").end(null);
    tracer.route("/orders");
    request.end(null);
  }

  /** All that ended so far; ends the recording. The latest of a request come first. */
  public List<Span> spans() {
    worker.start();
    close();
    return ended;
  }

  @Override
  public void close() {
    worker.close(4_000);
  }

  private static TraceSettings settings(Sampler sampler) {
    Propagation propagation = new Propagation(List.of("tracecontext"));
    return new TraceSettings() {
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
        return false;
      }
    };
  }

  private static Meters meters() {
    Distribution any = new Distribution(new long[0]);
    return (Meters)
        Proxy.newProxyInstance(
            Recording.class.getClassLoader(),
            new Class<?>[] {Meters.class},
            (proxy, method, arguments) -> method.getReturnType() == void.class ? null : any);
  }
}
