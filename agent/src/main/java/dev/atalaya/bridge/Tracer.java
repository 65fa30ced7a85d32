package dev.atalaya.bridge;

/**
 * The agent behind {@link Tracing}; implemented inside the wall.
 *
 * <p>A method that begins a call returns null where there is nothing to record: inside another
 * outgoing call, or in the agent's own threads. No method throws, none blocks.
 */
public interface Tracer {
  // ---- What one library alone needs ------------------------------------------------------------

  /** Calls a library's hook behind the wall; weaving put its number into the advice. */
  Object hook(int number, Object first, Object second, Object third, Object fourth);

  // ---- SQL -------------------------------------------------------------------------------------

  /** A connection is about to make a statement; {@link #prepared} follows. */
  void preparing();

  /** {@code statement} was made by {@code connection}, for {@code sql}, or null for a plain one. */
  void prepared(Object connection, Object statement, String sql);

  /** Begins one execution of {@code sql}, or of what was prepared where that is null. */
  Call sql(Object statement, String sql);

  /** The value of a parameter; only a salted hash of it is kept. */
  void bind(Object statement, int index, Object value);

  void bind(Object statement, int index, long value);

  /** The same of a parameter that is known by its name. */
  void bind(Object statement, String name, Object value);

  /** A parameter has a value now that cannot be hashed: a stream's, or a driver's own. */
  void bindUnseen(Object statement, int index);

  void bindUnseen(Object statement, String name);

  /** {@code resultSet} holds the rows of {@code call}; rows read from it count there. */
  void rows(Call call, Object resultSet);

  /** {@code ResultSet.next} returned {@code row}. */
  void next(Object resultSet, boolean row);

  // ---- HTTP ------------------------------------------------------------------------------------

  /** Begins an outgoing request; {@code url} is absolute. */
  Call request(String method, String url);

  /**
   * Sets all fields on {@code carrier}, by its public {@code setRequestProperty}, {@code setHeader}
   * or {@code header} method of two strings, unless it already has a trace header.
   */
  void inject(Call call, Object carrier);

  /** Keeps {@code call} with the object that will have its answer; null forgets. */
  void keep(Object target, Call call);

  Call kept(Object target);

  /**
   * Begins an incoming request on this thread, or returns null inside one.
   *
   * @param headers a {@code Map<String, List<String>>}, or an object with a public {@code String
   *     getHeader(String)}; read only during this call
   * @param host with its port, as the Host header has it, where {@code port} is below 0
   */
  Call serve(
      Object headers,
      String method,
      String scheme,
      String host,
      int port,
      String path,
      String query);

  /** Whether a request or job that began on this thread is open: what begins now is inside it. */
  boolean serving();

  /** Ends {@code call} with {@link #completed} of the server's object that it belongs to. */
  Call begun(Object exchange, Call call);

  /** The request of that object goes on on this thread; null where it is none, or complete. */
  Call goesOn(Object exchange);

  /** This thread is done with a request that ends when its server has completed it. */
  void left(Call call);

  void completed(Object exchange, int status);

  /** The template that the framework matched first for the request of this thread. */
  void route(String template);

  /** As {@link #route}, where only a weaker source (a context's path) is known. */
  void fallbackRoute(String template);

  /** An exception that the framework caught for the request of this thread. */
  void caught(Throwable error);

  // ---- Spans and units of work -----------------------------------------------------------------

  /**
   * Begins what a library does for itself (a pool's validation, a driver's handshake): nothing is
   * recorded on this thread until it ends.
   */
  Call quiet();

  /** Begins an internal span on this thread. */
  Call span(String name);

  /**
   * Begins a job, a unit of work of its own, whatever this thread has open: {@code Class#method}.
   * Null inside a job, so that the name of the outermost holds.
   */
  Call job(String name);

  /** The id of the trace (32 hex digits) or span (16) open on this thread, or null. */
  String traceId();

  String spanId();

  /** An attribute, or an exception, on the span open on this thread. */
  void attribute(String key, Object value);

  void exception(Throwable error);

  // ---- Context across threads ------------------------------------------------------------------

  /** The task, made to run in this thread's context; the task itself where there is none. */
  Runnable carry(Runnable task);

  /** This thread's context, to {@link #resume} elsewhere; null where there is none. */
  Object capture();

  /** Makes {@code context} this thread's; returns what {@link #restore} takes to undo it. */
  Object resume(Object context);

  void restore(Object previous);

  /** Keeps this thread's context with {@code task}, which is held weakly. */
  void attach(Object task);

  /** What is kept with {@code target}, for advice in a class that could not be given a field. */
  Object stateOf(Object target);

  /** Forgets what was attached to {@code task}. */
  void detach(Object task);

  /** As {@link #resume} with the context attached to {@code task}; null where there is none. */
  Object resumeAttached(Object task);

  /** As {@link #carry}, for a pool's queue; the task itself where the application could cast it. */
  Runnable enqueue(Runnable task, Object queue);

  /** What waited in the queue is to run on this pool's thread now, in the context it brought. */
  Runnable dequeue(Runnable task);

  /** This pool's thread has done its task and looks for another: nothing is open on it. */
  void idle();

  /** What {@link #enqueue} was given; it waits no more. */
  Runnable unwrap(Runnable task);

  // ---- Counters --------------------------------------------------------------------------------

  /** A cache answered {@code hits} and {@code misses}. */
  void cache(String system, String name, int hits, int misses);

  /** Advice of the named instrumentation threw. */
  void failed(Throwable error, String instrumentation);
}
