package dev.atalaya.agent.trace;

import dev.atalaya.agent.callsite.Application;
import dev.atalaya.agent.catalogue.Catalogue;
import dev.atalaya.agent.library.jedis.JedisHooks;
import dev.atalaya.bridge.Call;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An application that runs statements, commands and requests through a real recorder, as woven code
 * would, on a clock of its own: nothing sleeps, and times are what they are said to be.
 */
public final class Simulation {
  /** A value whose content is not seen, as a stream's. */
  public static final Object UNSEEN = new Object();

  /** Of the calls that follow. */
  public long takesMicros = 100;

  /** Between a call and the next. */
  public long gapMicros = 10;

  /** Which call of the application's threads counts as its own line. */
  public Predicate<String> application =
      name -> Catalogue.of(name) == null && !name.startsWith("dev.atalaya.agent.library.");

  public Sampler sampler = Sampler.ALWAYS;
  public Propagation propagation = new Propagation(List.of("tracecontext"));
  public long slowQueryNanos = Long.MAX_VALUE;
  public boolean findsCallSites = true;
  public boolean folds = true;

  /** All that reached the worker, in the order it came. */
  public final List<Span> handedOver = new ArrayList<>();

  /** What went wrong on the way: nothing, where all is well. */
  public final Faults faults = new Faults((part, error) -> {});

  public final Worker worker;
  public final Recorder recorder;
  private final Object postgresql = new Object();
  private final Object redis = new Object();
  private long now = System.nanoTime();

  public Simulation(Worker.Consumer... consumers) {
    this(NoMeters.get(), consumers);
  }

  public Simulation(Meters meters, Worker.Consumer... consumers) {
    Recorder.forgetOpenCalls();
    Worker.Consumer[] all = new Worker.Consumer[consumers.length + 1];
    System.arraycopy(consumers, 0, all, 0, consumers.length);
    all[consumers.length] =
        (request, latest) -> {
          for (Span span = latest; span != null; span = span.next()) handedOver.add(span);
        };
    worker = new Worker(10_000, faults, all);
    recorder = new Recorder(new Settings(), worker, meters, (error, where) -> {});
    recorder.statements().connected(null, postgresql, "jdbc:postgresql://db:5432/shop", null);
  }

  // ---- Units of work ---------------------------------------------------------------------------

  /** {@code GET} of a route. */
  public Request request(String route) {
    return request("GET", route);
  }

  public Request request(String method, String route) {
    Call call = recorder.serve(Map.of(), method, "http", "shop", 80, route, null);
    recorder.route(route);
    return begun((Span) call).request();
  }

  public Request job(String name) {
    return begun((Span) recorder.job(name)).request();
  }

  /** Ends the unit of work and hands over what waits. */
  public void end(Request request) {
    end(request, null);
  }

  public void end(Request request, @Nullable Throwable error) {
    Span root = request.root();
    now += 1_000 * gapMicros;
    root.end(error, now);
    worker.drain();
  }

  public void passes(long millis) {
    now += millis * 1_000_000;
  }

  /** A call of something that nobody knows, such as a command not yet written; left open. */
  public Span unknown() {
    Open open = Open.get();
    Span span = begun(recorder.spans.begin(open, new Object()));
    OperationStatistics statistics = span.request().unit().statistics(4711, span, 1);
    if (statistics != null) statistics.begin(span, 1);
    span.statistics = statistics;
    return span;
  }

  /** A unit of work whose root is not there yet. */
  public Request rootless(Request.Kind kind) {
    return new Request(
        recorder.ended, new UnitOfWork(kind, null), 1, 2, RemoteParent.NONE, true, false);
  }

  public static Span of(Request request) {
    return new Span(request, null, Span.Kind.CLIENT, "x", null);
  }

  // ---- SQL -------------------------------------------------------------------------------------

  public Span query(String sql, int rows, Object... values) {
    return query(postgresql, sql, rows, null, values);
  }

  public Span failing(String sql, Object... values) {
    return query(postgresql, sql, 0, new IllegalStateException("no"), values);
  }

  /** The same on another database. */
  public Span query(String url, String sql, int rows, Object[] values) {
    Object connection = new Object();
    recorder.statements().connected(null, connection, url, null);
    return query(connection, sql, rows, null, values);
  }

  private Span query(
      Object connection, String sql, int rows, @Nullable Throwable error, Object... values) {
    Span span = begin(connection, sql, values);
    if (error == null) finish(span, rows);
    else end(span, error);
    return span;
  }

  /** Begins and leaves open; {@link #finish} ends it. */
  public Span open(String sql, Object... values) {
    return begin(postgresql, sql, values);
  }

  /** So that a further call may begin while it is open. */
  public Span openBeside(String sql, Object... values) {
    Span span = begin(postgresql, sql, values);
    span.detach();
    return span;
  }

  public void finish(Span span, int rows) {
    if (rows < 0) {
      end(span, null);
      return;
    }
    Object resultSet = new Object();
    recorder.rows(span, resultSet);
    end(span, null);
    for (int i = 0; i < rows; i++) recorder.next(resultSet, true);
    recorder.next(resultSet, false);
  }

  private Span begin(Object connection, String sql, Object... values) {
    Object statement = new Object();
    recorder.preparing();
    recorder.prepared(connection, statement, sql);
    for (int i = 0; i < values.length; i++) recorder.bind(statement, i + 1, values[i]);
    return begun((Span) recorder.sql(statement, null));
  }

  /** As by {@code Statement.execute(sql)}: nothing is bound. */
  public Span plain(String sql, int rows) {
    Object statement = new Object();
    recorder.preparing();
    recorder.prepared(postgresql, statement, null);
    Span span = begun((Span) recorder.sql(statement, sql));
    finish(span, rows);
    return span;
  }

  public Span batch(String sql, int size) {
    Object statement = new Object();
    recorder.preparing();
    recorder.prepared(postgresql, statement, sql);
    for (int i = 0; i < size; i++) {
      recorder.bind(statement, 1, i);
      recorder.statements().batched(statement, null).end(null);
    }
    Span span = begun((Span) recorder.statements().beginBatch(statement));
    end(span, null);
    return span;
  }

  public void commit() {
    end(begun((Span) recorder.statements().transaction(postgresql, "COMMIT")), null);
  }

  // ---- Redis and HTTP --------------------------------------------------------------------------

  /** {@code reply} null is a miss. */
  public Span redis(@Nullable Object reply, String command, String... arguments) {
    byte[][] all = new byte[arguments.length][];
    for (int i = 0; i < all.length; i++) all[i] = arguments[i].getBytes(StandardCharsets.UTF_8);
    jedis("sending", redis, command.getBytes(StandardCharsets.UTF_8), all, null);
    jedis("sent", redis, null, null, null);
    Span span = begun((Span) jedis("waiting", redis, null, 1, null));
    end(span, null); // as the reply's own end has no effect any more
    jedis("replied", span, redis, reply, null);
    return span;
  }

  /** So many commands sent together and answered at once. */
  public Span pipeline(int size) {
    Span span = begun((Span) jedis("waiting", redis, null, size, null));
    end(span, null);
    jedis("replied", span, redis, List.of(), null);
    return span;
  }

  private @Nullable Object jedis(
      String event,
      @Nullable Object first,
      @Nullable Object second,
      @Nullable Object third,
      @Nullable Object fourth) {
    int number = Hooks.number(JedisHooks.class.getName(), event);
    return recorder.hook(number, first, second, third, fourth);
  }

  public Span http(String method, String url, int status) {
    Span span = begun((Span) recorder.request(method, url));
    span.status(status);
    end(span, null);
    return span;
  }

  public Span rpc(String method, String status) {
    RpcCall call = new RpcCall("grpc", method, "stock:5000");
    call.known(false);
    Span span = begun(recorder.rpcCalls().send(call));
    call.answered(status, null);
    end(span, null);
    return span;
  }

  /** A remote procedure call that this thread works on; of a method that is there, or not. */
  public Request served(String method, boolean known, boolean streaming) {
    RpcCall call = new RpcCall("grpc", method, "stock:5000");
    Span span = recorder.rpcCalls().serve(call, Map.of());
    if (known) RpcCalls.matched(span, call, streaming);
    RpcCalls.working(span);
    return begun(span).request();
  }

  // ---- Time ------------------------------------------------------------------------------------

  private Span begun(Span span) {
    now += 1_000 * gapMicros;
    Pretend.begun(span, now);
    OperationStatistics statistics = span.statistics;
    if (statistics != null && statistics.first() != span)
      statistics.more().began(statistics.count(), now);
    return span;
  }

  private void end(Span span, @Nullable Throwable error) {
    now += 1_000 * takesMicros;
    span.end(error, now);
  }

  private final class Settings implements TraceSettings {
    private final Application own = Application.named(name -> application.test(name));

    @Override
    public Propagation propagation() {
      return propagation;
    }

    @Override
    public Sampler sampler() {
      return (high, low, name, parent) -> sampler.sample(high, low, name, parent);
    }

    @Override
    public Set<String> knownMethods() {
      return Set.of("GET", "POST");
    }

    @Override
    public boolean excludes(String pathOrRoute) {
      return false;
    }

    @Override
    public long slowQueryNanos() {
      return slowQueryNanos;
    }

    @Override
    public Application application() {
      return own;
    }

    @Override
    public boolean findsCallSites() {
      return findsCallSites;
    }

    @Override
    public boolean folds() {
      return folds;
    }
  }
}
