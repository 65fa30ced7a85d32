package dev.atalaya.bridge;

import java.util.List;
import java.util.concurrent.Callable;

/**
 * The agent behind {@link Tracing}; implemented inside the wall.
 *
 * <p>A method that begins a call returns null where there is nothing to record: inside another
 * outgoing call, or in the agent's own threads. No method throws, none blocks.
 */
public interface Tracer {
  // ---- SQL -------------------------------------------------------------------------------------

  /** A driver opened {@code connection} to {@code url}. */
  void connected(Object connection, String url, Object properties);

  /** A connection is about to make a statement; {@link #prepared} follows. */
  void preparing();

  /** {@code statement} was made by {@code connection}, for {@code sql}, or null for a plain one. */
  void prepared(Object connection, Object statement, String sql);

  /** Begins one execution of {@code sql}, or of what was prepared where that is null. */
  Call sql(Object statement, String sql);

  /** Begins the execution of what was added to the statement's batch. */
  Call sqlBatch(Object statement);

  /**
   * One entry more in the statement's batch; {@code sql} is null for a prepared one. To be ended,
   * so that the statement inside a pool's does not count it again.
   */
  Call batched(Object statement, String sql);

  /** The statement's batch was emptied. */
  void batchCleared(Object statement);

  /** Begins COMMIT or ROLLBACK on a connection. */
  Call transaction(Object connection, String operation);

  /** The value of a parameter; only a salted hash of it is kept. */
  void bind(Object statement, int index, Object value);

  void bind(Object statement, int index, long value);

  /** {@code resultSet} holds the rows of {@code call}; rows read from it count there. */
  void rows(Call call, Object resultSet);

  /** {@code Statement.getResultSet} returned {@code resultSet}, of the last execution. */
  void moreRows(Object statement, Object resultSet);

  /** {@code ResultSet.next} returned {@code row}. */
  void next(Object resultSet, boolean row);

  // ---- Redis -----------------------------------------------------------------------------------

  /**
   * Begins a command.
   *
   * @param address {@code host:port} as the client was told, or null
   * @param database the database's number, below 0 where unknown
   * @param command upper case, e.g. {@code GET}; {@code PIPELINE} for several at once
   * @param key the first key as a String or bytes, or null; only its pattern is kept
   * @param size commands in a pipeline or keys of a multi-read, else 1
   */
  Call redis(String address, int database, String command, Object key, int size);

  /** The answer of a read: what it found. */
  void redisHits(Call call, int hits, int misses);

  // ---- HTTP ------------------------------------------------------------------------------------

  /** Begins an outgoing request; {@code url} is absolute. */
  Call request(String method, String url);

  /**
   * A header to send with an outgoing request: the value of the propagator's field number {@code
   * index}, whose name is {@link #field}; null where there is none. Also null from the first index
   * past the last field on.
   */
  String header(Call call, int index);

  /** The name of the propagators' field number {@code index}, or null past the last. */
  String field(int index);

  /**
   * Sets all fields on {@code carrier}, by its public {@code setRequestProperty}, {@code setHeader}
   * or {@code header} method of two strings, unless it already has a trace header.
   */
  void inject(Call call, Object carrier);

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

  /** Whether what encloses this thread's work began on it: a request that comes now is inside. */
  boolean serving();

  /**
   * A servlet request goes on that was left: its asynchronous dispatch or its error page.
   *
   * @param held what {@link #served} kept with the request
   */
  Call serveAgain(Object held);

  /**
   * A servlet request leaves its thread. It has ended with {@code call}'s status, or by {@code
   * error}, unless it is asynchronous: then it ends with its AsyncContext.
   */
  void served(Call call, Object request, Object response, Throwable error);

  /** A servlet, or a filter before it, is about to serve: its mapping is the fallback route. */
  void mapped(Object servlet, Object request);

  /**
   * Leaves a request open whose handler has returned without an answer.
   *
   * @param exchange has a public {@code getResponseCode()}
   * @param body what {@link #answered} will be told
   */
  void answerLater(Call call, Object exchange, Object body);

  void answered(Object body);

  /** Whether {@code object} is the agent's own. */
  boolean own(Object object);

  /** Jersey matched: the templates are those of {@code context.request().getUriInfo()}. */
  void matched(Object context);

  /**
   * RESTEasy is about to invoke a method of a resource or a locator of one, {@code
   * invoker.getMethod()}.
   *
   * @param root whether the resource was found by its own path, not by a locator
   * @param locator whether the method locates a resource
   */
  void invoking(Object invoker, Object request, boolean root, boolean locator);

  /** The template that the framework matched first for the request of this thread. */
  void route(String template);

  /** As {@link #route}, where only a weaker source (a context's path) is known. */
  void fallbackRoute(String template);

  /** An exception that the framework caught for the request of this thread. */
  void caught(Throwable error);

  // ---- Spans and scopes ------------------------------------------------------------------------

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

  <T> Callable<T> carry(Callable<T> task);

  /** This thread's context, to {@link #resume} elsewhere; null where there is none. */
  Object capture();

  /** Makes {@code context} this thread's; returns what {@link #restore} takes to undo it. */
  Object resume(Object context);

  void restore(Object previous);

  /** Remembers this thread's context with {@code task}; a weak reference. */
  void attach(Object task);

  /** Forgets what was attached to {@code task}. */
  void detach(Object task);

  /** As {@link #resume} with the context attached to {@code task}; null where there is none. */
  Object resumeAttached(Object task);

  /** Begins the run of {@code task} in the context attached to it, else as a job. */
  Call run(Runnable task);

  /** The task, made to run as a job of its own each time. */
  Runnable periodic(Runnable task);

  /** As {@link #carry}, for a pool's queue; the task itself where the queue may look into it. */
  Runnable enqueue(Runnable task, Object queue);

  /** What waited in the queue is to run on this pool's thread now, in the context it brought. */
  Runnable dequeue(Runnable task);

  /** This pool's thread has done its task and looks for another: nothing is open on it. */
  void idle();

  /** What {@link #enqueue} was given. */
  Runnable unwrap(Runnable task);

  /** The same for a whole list. */
  void unwrapAll(List<Runnable> tasks);

  /** Equal to what {@link #enqueue} made of {@code task}; to find it in a queue. */
  Object queued(Runnable task);

  // ---- Counters --------------------------------------------------------------------------------

  /** A cache answered {@code hits} and {@code misses}. */
  void cache(String system, String name, int hits, int misses);

  /** A connection pool came up; its figures are read from its public getters when asked for. */
  void pool(String system, Object pool);

  /** Begins waiting for a connection of {@code pool}; an error that ends it is a timeout. */
  Call borrow(Object pool);

  /** {@code connection}, borrowed from {@code pool}, was given back after {@code nanos}. */
  void returned(Object pool, long nanos);

  /** Advice of the named instrumentation threw. */
  void failed(Throwable error, String instrumentation);
}
