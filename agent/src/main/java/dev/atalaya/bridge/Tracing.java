package dev.atalaya.bridge;

/**
 * The one class that woven code calls. Each method does what its namesake in {@link Tracer} says,
 * and nothing while the agent is off; but what was done to an object of the application's is undone
 * even then.
 */
public final class Tracing {
  /** Null while the agent is off; reading it is all that woven code then costs. */
  private static volatile Tracer tracer;

  /** The first tracer, for good: what was begun or wrapped is undone when the agent is off, too. */
  private static volatile Tracer undo;

  private Tracing() {}

  /** Turns woven code on, or off with null. Calls open at that moment still end. */
  public static void use(Tracer next) {
    if (undo == null) undo = next;
    tracer = next;
  }

  public static boolean isOn() {
    return tracer != null;
  }

  /** Ends what an enter advice began; null is a call that was not begun. */
  public static void end(Call call, Throwable error) {
    if (call != null) call.end(error);
  }

  // ---- What one library alone needs ------------------------------------------------------------

  public static Object hook(int number, Object first) {
    return hook(number, first, null, null, null);
  }

  public static Object hook(int number, Object first, Object second) {
    return hook(number, first, second, null, null);
  }

  public static Object hook(int number, Object first, Object second, Object third) {
    return hook(number, first, second, third, null);
  }

  public static Object hook(int number, Object first, Object second, Object third, Object fourth) {
    Tracer t = tracer;
    return t == null ? null : t.hook(number, first, second, third, fourth);
  }

  /** As {@link #hook}, also while the agent is off: for what undoes, or ends, what was begun. */
  public static Object undo(int number, Object first) {
    return undo(number, first, null);
  }

  public static Object undo(int number, Object first, Object second) {
    Tracer t = undo;
    return t == null ? null : t.hook(number, first, second, null, null);
  }

  /**
   * Called before a method of {@code target}: gives the hook {@code kept}, which is what is kept
   * with {@code target}; null calls nothing. Throws nothing: the woven call has no handler around
   * it.
   */
  public static Object enter(Object target, Object kept, int number, String instrumentation) {
    if (kept == null) return null;
    try {
      return hook(number, kept, target);
    } catch (Throwable error) {
      failed(error, instrumentation);
      return null;
    }
  }

  /** Called after that method with what {@link #enter} returned, also while the agent is off. */
  public static void leave(Object entered, int number, String instrumentation) {
    if (entered == null) return;
    try {
      undo(number, entered);
    } catch (Throwable error) {
      failed(error, instrumentation);
    }
  }

  // ---- SQL -------------------------------------------------------------------------------------

  public static void preparing() {
    Tracer t = tracer;
    if (t != null) t.preparing();
  }

  public static void prepared(Object connection, Object statement, String sql) {
    Tracer t = tracer;
    if (t != null) t.prepared(connection, statement, sql);
  }

  public static Call sql(Object statement, String sql) {
    Tracer t = tracer;
    return t == null ? null : t.sql(statement, sql);
  }

  public static void bind(Object statement, int index, Object value) {
    Tracer t = tracer;
    if (t != null) t.bind(statement, index, value);
  }

  public static void bind(Object statement, int index, long value) {
    Tracer t = tracer;
    if (t != null) t.bind(statement, index, value);
  }

  public static void bind(Object statement, String name, Object value) {
    Tracer t = tracer;
    if (t != null) t.bind(statement, name, value);
  }

  public static void bindUnseen(Object statement, int index) {
    Tracer t = tracer;
    if (t != null) t.bindUnseen(statement, index);
  }

  public static void bindUnseen(Object statement, String name) {
    Tracer t = tracer;
    if (t != null) t.bindUnseen(statement, name);
  }

  public static void rows(Call call, Object resultSet) {
    Tracer t = tracer;
    if (t != null) t.rows(call, resultSet);
  }

  public static void next(Object resultSet, boolean row) {
    Tracer t = tracer;
    if (t != null) t.next(resultSet, row);
  }

  // ---- HTTP ------------------------------------------------------------------------------------

  public static Call request(String method, String url) {
    Tracer t = tracer;
    return t == null ? null : t.request(method, url);
  }

  public static void inject(Call call, Object carrier) {
    Tracer t = tracer;
    if (t != null) t.inject(call, carrier);
  }

  public static void keep(Object target, Call call) {
    Tracer t = tracer;
    if (t != null) t.keep(target, call);
  }

  public static Call kept(Object target) {
    Tracer t = tracer;
    return t == null ? null : t.kept(target);
  }

  public static Call serve(
      Object headers,
      String method,
      String scheme,
      String host,
      int port,
      String path,
      String query) {
    Tracer t = tracer;
    return t == null ? null : t.serve(headers, method, scheme, host, port, path, query);
  }

  public static boolean serving() {
    Tracer t = tracer;
    return t == null ? false : t.serving();
  }

  public static Call begun(Object exchange, Call call) {
    Tracer t = tracer;
    return t == null ? call : t.begun(exchange, call);
  }

  public static Call goesOn(Object exchange) {
    Tracer t = tracer;
    return t == null ? null : t.goesOn(exchange);
  }

  public static void left(Call call) {
    Tracer t = undo;
    if (t != null && call != null) t.left(call);
  }

  public static void completed(Object exchange, int status) {
    Tracer t = undo;
    if (t != null) t.completed(exchange, status);
  }

  public static void route(String template) {
    Tracer t = tracer;
    if (t != null) t.route(template);
  }

  public static void fallbackRoute(String template) {
    Tracer t = tracer;
    if (t != null) t.fallbackRoute(template);
  }

  public static void caught(Throwable error) {
    Tracer t = tracer;
    if (t != null) t.caught(error);
  }

  // ---- Spans and units of work -----------------------------------------------------------------

  public static Call quiet() {
    Tracer t = tracer;
    return t == null ? null : t.quiet();
  }

  public static Call span(String name) {
    Tracer t = tracer;
    return t == null ? null : t.span(name);
  }

  public static Call job(String name) {
    Tracer t = tracer;
    return t == null ? null : t.job(name);
  }

  public static String traceId() {
    Tracer t = tracer;
    return t == null ? null : t.traceId();
  }

  public static String spanId() {
    Tracer t = tracer;
    return t == null ? null : t.spanId();
  }

  public static void attribute(String key, Object value) {
    Tracer t = tracer;
    if (t != null) t.attribute(key, value);
  }

  public static void exception(Throwable error) {
    Tracer t = tracer;
    if (t != null) t.exception(error);
  }

  // ---- Context across threads ------------------------------------------------------------------

  public static Runnable carry(Runnable task) {
    Tracer t = tracer;
    return t == null ? task : t.carry(task);
  }

  public static Object capture() {
    Tracer t = tracer;
    return t == null ? null : t.capture();
  }

  public static Object resume(Object context) {
    Tracer t = tracer;
    return t == null ? null : t.resume(context);
  }

  public static void restore(Object previous) {
    Tracer t = tracer;
    if (t != null) t.restore(previous);
  }

  public static void attach(Object task) {
    Tracer t = tracer;
    if (t != null) t.attach(task);
  }

  public static Object stateOf(Object target) {
    Tracer t = tracer;
    return t == null ? null : t.stateOf(target);
  }

  public static void detach(Object task) {
    Tracer t = tracer;
    if (t != null) t.detach(task);
  }

  public static Object resumeAttached(Object task) {
    Tracer t = tracer;
    return t == null ? null : t.resumeAttached(task);
  }

  public static Runnable enqueue(Runnable task, Object queue) {
    Tracer t = tracer;
    return t == null ? task : t.enqueue(task, queue);
  }

  public static Runnable dequeue(Runnable task) {
    Tracer t = tracer;
    return t == null ? unwrap(task) : t.dequeue(task);
  }

  public static void idle() {
    Tracer t = tracer;
    if (t != null) t.idle();
  }

  public static Runnable unwrap(Runnable task) {
    Tracer t = undo;
    return t == null ? task : t.unwrap(task);
  }

  // ---- Counters --------------------------------------------------------------------------------

  public static void cache(String system, String name, int hits, int misses) {
    Tracer t = tracer;
    if (t != null) t.cache(system, name, hits, misses);
  }

  /** Where errors of advice end. Throws nothing, not even an {@code OutOfMemoryError}. */
  public static void failed(Throwable error, String instrumentation) {
    try {
      Tracer t = tracer;
      if (t != null) t.failed(error, instrumentation);
    } catch (Throwable lost) {
      // The application's thread is no place for it.
    }
  }
}
