package dev.atalaya.agent.trace;

import dev.atalaya.agent.callsite.Application;
import dev.atalaya.agent.privacy.Hash;
import dev.atalaya.bridge.Call;
import dev.atalaya.bridge.Tracer;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Records what woven code reports.
 *
 * <p>On the application's thread: a call costs one look at the thread's {@link Open}, a {@link
 * Span}, two readings of the clock and one increment of a histogram.
 */
public final class Recorder implements Tracer {
  private final TraceSettings settings;
  private final Meters meters;
  private final Templates templates;
  final Spans spans;
  final EndedSpans ended;
  private final Statements statements;
  private final Requests requests;
  private final ClientCalls clientCalls;
  private final Assembly assembly;
  private final RpcCalls rpcCalls;
  private final Hooks hooks = new Hooks(this);
  private final BiConsumer<Throwable, String> faults;

  /** {@code faults} learns of exceptions in advice, with the instrumentation's name. */
  public Recorder(
      TraceSettings settings, Worker worker, Meters meters, BiConsumer<Throwable, String> faults) {
    this.settings = settings;
    this.meters = meters;
    this.faults = faults;
    templates = new Templates(meters);
    OperationCounter counter = new OperationCounter(settings, worker.faults());
    ended = new EndedSpans(settings, worker, meters, counter);
    spans = new Spans(settings, ended);
    statements = new Statements(spans, ended, templates, settings, counter);
    requests = new Requests(spans, ended, settings, counter);
    clientCalls = new ClientCalls(spans, templates, counter, meters);
    assembly = new Assembly(settings);
    rpcCalls = new RpcCalls(spans, ended, settings, counter);
  }

  /** Incoming requests begun and not ended since {@link #forgetOpenCalls}. */
  public int requestsInProgress() {
    return EndedSpans.requestsInProgress();
  }

  /** Makes every thread forget what it has open; to be called when the tracer is switched. */
  public static void forgetOpenCalls() {
    Open.forgetAll();
    EndedSpans.forget();
  }

  /** Records nothing on the calling thread any more; for the agent's own. */
  public static void mute() {
    Open.mute();
  }

  private static @Nullable Span here() {
    return Open.get().parent;
  }

  /** The span that a task made now is a part of; null for what a library makes inside its call. */
  static @Nullable Span handedOver() {
    Open open = Open.get();
    if (open.call != null || open.quiet > 0 || open.parent == null) return null;
    // A task that hands itself over again and again is no part of the request that began it.
    return open.parent.request().rootEnded() ? null : open.parent;
  }

  /** Visits the statements and commands whose texts are known. */
  public void templates(Consumer<Template> visitor) {
    templates.forEach(visitor);
  }

  /** For a library's half: the calls that it sends. */
  public ClientCalls clientCalls() {
    return clientCalls;
  }

  /** For a library's half: calls that are made now and sent later. */
  public Assembly assembly() {
    return assembly;
  }

  /** For a library's half: remote procedure calls that it serves and sends. */
  public RpcCalls rpcCalls() {
    return rpcCalls;
  }

  /** For a library's half: connections, and what is known of statements. */
  public Statements statements() {
    return statements;
  }

  /**
   * As {@link Hooks#number}, with the hook loaded already: a running application's requests do not
   * wait for that.
   */
  public int loadedHook(String half, String event) {
    return hooks.loaded(half, event);
  }

  @Override
  public @Nullable Object hook(
      int number,
      @Nullable Object first,
      @Nullable Object second,
      @Nullable Object third,
      @Nullable Object fourth) {
    return hooks.get(number).call(first, second, third, fourth);
  }

  // ---- SQL -------------------------------------------------------------------------------------

  @Override
  public void preparing() {
    statements.preparing();
  }

  @Override
  public void prepared(Object connection, Object statement, String sql) {
    statements.prepared(connection, statement, sql);
  }

  @Override
  public @Nullable Call sql(Object statement, @Nullable String sql) {
    return statements.begin(statement, sql);
  }

  @Override
  public void bind(Object statement, int index, Object value) {
    statements.bind(statement, index, Hash.of(value));
  }

  @Override
  public void bind(Object statement, int index, long value) {
    statements.bind(statement, index, Hash.of(value));
  }

  @Override
  public void bind(Object statement, String name, Object value) {
    statements.bind(statement, name, Hash.of(value));
  }

  @Override
  public void bindUnseen(Object statement, int index) {
    statements.bind(statement, index, Hash.UNKNOWN);
  }

  @Override
  public void bindUnseen(Object statement, String name) {
    statements.bind(statement, name, Hash.UNKNOWN);
  }

  @Override
  public void rows(@Nullable Call call, @Nullable Object resultSet) {
    if (call instanceof Span) statements.rows((Span) call, resultSet);
  }

  @Override
  public void next(Object resultSet, boolean row) {
    statements.next(resultSet, row);
  }

  // ---- HTTP ------------------------------------------------------------------------------------

  @Override
  public @Nullable Span request(String method, String url) {
    return requests.request(method, url);
  }

  @Override
  public void inject(Call call, Object carrier) {
    if (call instanceof Span) requests.inject((Span) call, carrier, carrier);
  }

  /**
   * Sets all fields of {@code call} on {@code builder}, unless {@code message} has a trace header;
   * whether it did.
   */
  public boolean inject(Span call, Object message, Object builder) {
    return requests.inject(call, message, builder);
  }

  /** Removes the fields of {@code call} from a message that may be sent again. */
  public void takeBack(Span call, Object message) {
    requests.takeBack(call, message);
  }

  /** The outgoing HTTP request that this thread is sending, or null. */
  public @Nullable Span sending() {
    Span call = Open.get().call;
    return call == null || call.http() == null ? null : call;
  }

  /** The name of the propagators' field number {@code index}, or null past the last. */
  public @Nullable String field(int index) {
    return requests.field(index);
  }

  /** What that field of an outgoing request says; null where it is not sent. */
  public @Nullable String header(Span call, int index) {
    return requests.header(call, index);
  }

  @Override
  public void keep(Object target, Call call) {
    if (call == null) States.remove(target);
    else States.put(target, call);
  }

  @Override
  public @Nullable Call kept(Object target) {
    Object state = States.get(target);
    return state instanceof Call ? (Call) state : null;
  }

  @Override
  public @Nullable Span serve(
      Object headers,
      String method,
      @Nullable String scheme,
      @Nullable String host,
      int port,
      @Nullable String path,
      @Nullable String query) {
    return requests.serve(headers, method, scheme, host, port, path, query);
  }

  @Override
  public boolean serving() {
    Open open = Open.get();
    return open.quiet > 0 || open.serving();
  }

  @Override
  public @Nullable Call begun(Object exchange, @Nullable Call call) {
    if (call instanceof Span) ServerRequests.begun(exchange, (Span) call);
    return call;
  }

  @Override
  public @Nullable Call goesOn(Object exchange) {
    return ServerRequests.goesOn(exchange);
  }

  @Override
  public void left(Call call) {
    if (call instanceof Span) ServerRequests.left((Span) call);
    else call.end(null);
  }

  @Override
  public void completed(Object exchange, int status) {
    ServerRequests.completed(exchange, status);
  }

  /** The request or job that this thread works for, or a trace of its own; null for none. */
  public @Nullable Request current() {
    Span parent = here();
    return parent == null ? null : parent.request();
  }

  /** Whether this thread is at a request whose template nobody has told yet. */
  public boolean wantsRoute() {
    Request request = current();
    return request != null && request.route == null;
  }

  @Override
  public void route(@Nullable String template) {
    if (template != null) requests.route(template, false);
  }

  @Override
  public void fallbackRoute(String template) {
    if (template != null) requests.route(template, true);
  }

  @Override
  public void caught(Throwable error) {
    Request request = current();
    if (request != null) request.caught(error);
  }

  // ---- Spans and units of work -----------------------------------------------------------------

  @Override
  public Call quiet() {
    return Open.get().quieten();
  }

  /**
   * An object-relational mapper begins to load something because it is used, or comes with what is
   * being loaded: a collection, a proxy, an association. No span; the statements are the mapper's.
   *
   * @param source the mapper's object that knows what it is; kept until the returned call ends, and
   *     only read when a stack is walked
   */
  public Call loading(Object source) {
    return new Loading(Open.get(), source);
  }

  @Override
  public @Nullable Call span(String name) {
    return spans.enclosing(Open.get(), Request.Kind.IMPLICIT, name);
  }

  @Override
  public @Nullable Call job(String name) {
    int method = name.indexOf('#');
    String type = method < 0 ? name : name.substring(0, method);
    if (!settings.application().roles.isApplications(type)) return null;
    Open open = Open.get();
    Span parent = open.parent;
    if (parent == null) return spans.enclosing(open, Request.Kind.JOB, name);
    if (parent.request().kind() == Request.Kind.JOB || open.call != null) return null;
    open.parent = null;
    return new Carried.OfCall(spans.enclosing(open, Request.Kind.JOB, name), parent);
  }

  @Override
  public @Nullable String traceId() {
    Span here = here();
    return here == null ? null : here.request().traceId();
  }

  @Override
  public @Nullable String spanId() {
    Span here = here();
    return here == null ? null : Ids.span(here.id());
  }

  @Override
  public void attribute(String key, Object value) {
    Span here = here();
    if (here != null) here.attribute(key, value);
  }

  @Override
  public void exception(Throwable error) {
    Span here = here();
    if (here != null) here.attribute(Span.EXCEPTION, error);
  }

  // ---- Context across threads ------------------------------------------------------------------

  @Override
  public Runnable carry(Runnable task) {
    Span here = handedOver();
    return here == null || !Carried.wants(task) ? task : new Carried.OfRunnable(task, here);
  }

  @Override
  public @Nullable Object capture() {
    return here();
  }

  @Override
  public @Nullable Object resume(Object context) {
    return context instanceof Span ? Carried.enter((Span) context) : null;
  }

  @Override
  public void restore(Object previous) {
    Carried.leave(previous);
  }

  @Override
  public void attach(Object task) {
    Span here = handedOver();
    if (here == null || task == null) return;
    Carried.Attached before = attached(task);
    if (before != null && before.context == here && before.waits()) return;
    States.put(task, new Carried.Attached(here));
    if (before != null) before.waitsNoMore(); // it never runs there
  }

  @Override
  public @Nullable Object stateOf(Object target) {
    return States.get(target);
  }

  @Override
  public void detach(Object task) {
    if (task == null) return;
    Carried.Attached before = attached(task);
    States.remove(task);
    if (before != null) before.waitsNoMore();
  }

  @Override
  public @Nullable Object resumeAttached(Object task) {
    Carried.Attached carried = attached(task);
    if (carried == null) return null;
    Object previous = Carried.enter(carried.context);
    carried.waitsNoMore();
    return previous;
  }

  private static Carried.@Nullable Attached attached(@Nullable Object task) {
    Object state = States.get(task);
    return state instanceof Carried.Attached ? (Carried.Attached) state : null;
  }

  /**
   * As {@link #resumeAttached}, but forgets what was attached; the returned call ends by restoring.
   * Null where none is attached.
   */
  public @Nullable Call runAttached(Object task) {
    Carried.Attached carried = attached(task);
    if (carried == null) return null;
    States.remove(task);
    Call run = new Carried.OfCall(null, Carried.enter(carried.context));
    carried.waitsNoMore();
    return run;
  }

  /** Until it ends, what is done belongs to nothing that this thread has open. */
  public Call apart() {
    return new Carried.OfCall(null, Carried.enter(null));
  }

  /** What is the application, and what a library. */
  public Application application() {
    return settings.application();
  }

  @Override
  public Runnable enqueue(Runnable task, Object queue) {
    if (!Carried.wants(task)) return task;
    Span here = handedOver();
    if (Carried.fits(task, queue)) return here == null ? task : new Carried.OfRunnable(task, here);
    WaitingTask.add(task, here);
    return task;
  }

  @Override
  public Runnable dequeue(Runnable task) {
    if (task instanceof Carried.OfRunnable) {
      Carried.OfRunnable carried = (Carried.OfRunnable) task;
      Carried.enter(carried.context);
      carried.waitsNoMore();
      return carried.task;
    }
    Span context = Carried.wants(task) ? WaitingTask.take(task) : null;
    if (context != null) {
      Carried.enter(context);
      context.request().unit.taskRan(); // it waits no more
    }
    return task;
  }

  @Override
  public void idle() {
    Open open = Open.get();
    if (open.parent != null) open.parent.request().unit.taskRan();
    open.parent = null;
    open.call = null;
    open.taskEnded();
  }

  @Override
  public Runnable unwrap(Runnable task) {
    if (task instanceof Carried.OfRunnable) {
      Carried.OfRunnable carried = (Carried.OfRunnable) task;
      carried.waitsNoMore();
      return carried.task;
    }
    Span context = Carried.wants(task) ? WaitingTask.take(task) : null;
    if (context != null) context.request().unit.taskRan();
    Carried.Attached attached = attached(task);
    if (attached != null) attached.waitsNoMore(); // whoever took it may run it yet
    return task;
  }

  /** Equal to what the task may wait as in a queue. */
  public Object queued(Runnable task) {
    return new Carried.Queued(task);
  }

  // ---- Counters --------------------------------------------------------------------------------

  @Override
  public void cache(String system, String name, int hits, int misses) {
    meters.cache(system, name, hits, misses);
  }

  public Meters meters() {
    return meters;
  }

  /** Whether a library works for itself here, or the agent does: nothing is recorded. */
  public boolean isQuiet() {
    return Open.get().quiet > 0;
  }

  /** This thread has waited so long for the connection that it uses next. */
  public void waited(long nanos) {
    Open.get().poolWaitNanos = nanos;
    Request request = current();
    if (request != null) request.unit.waited(nanos);
  }

  @Override
  public void failed(Throwable error, String instrumentation) {
    if (error instanceof VirtualMachineError) Open.get().doubt();
    faults.accept(error, instrumentation);
  }
}
