package dev.atalaya.agent.library.servlet;

import dev.atalaya.agent.reflect.Getter;
import dev.atalaya.agent.trace.Hook;
import dev.atalaya.agent.trace.LibraryHooks;
import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.ServerRequests;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.agent.trace.States;
import dev.atalaya.bridge.Call;
import java.lang.ref.WeakReference;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Requests of a servlet container beyond one pass through filters and servlet: asynchronous ones,
 * and error pages. javax or jakarta: all is called by its name.
 *
 * <p>A container's objects are used again for its next request: nothing is read of a request after
 * its AsyncContext was told to have completed.
 */
public final class ServletHooks implements LibraryHooks {
  /** An application may wrap a request, and wrap that; nobody does so often. */
  private static final int MOST_WRAPPERS = 32;

  private static final Getter COMMITTED = new Getter("isCommitted");
  private static final Getter ASYNC_STARTED = new Getter("isAsyncStarted");
  private static final Getter ASYNC_CONTEXT = new Getter("getAsyncContext");
  private static final Getter WRAPPED = new Getter("getRequest");
  private static final Getter IS_ASYNC = new Getter("isAsync");
  private static final Getter STATUS = new Getter("getStatus");
  private static final Getter PERMANENT = new Getter("isPermanent");

  @Override
  public void offer(Recorder recorder, Map<String, Hook> hooks) {
    hooks.put("held", (request, none, nothing, no) -> request == null ? null : held(request));
    hooks.put(
        "again",
        (held, none, nothing, no) ->
            held instanceof Span ? ServerRequests.again((Span) held) : null);
    hooks.put(
        "serving",
        (servlet, http, none, nothing) -> {
          Request request = recorder.current();
          if (request != null) ServletRoutes.mapped(request, servlet, http);
          return null;
        });
    hooks.put(
        "passed",
        (http, none, nothing, no) -> {
          Request request = recorder.current();
          if (request != null) ServletRoutes.mappedAnyway(request, http);
          return null;
        });
    hooks.put(
        "asyncStarted",
        (http, none, nothing, no) -> {
          Request request = recorder.current();
          Span root = request == null ? null : request.root();
          if (http != null && root != null && root.kind() == Span.Kind.SERVER) hold(http, root);
          return null;
        });
    hooks.put(
        "served",
        (call, http, response, error) -> {
          Throwable thrown = error instanceof Throwable ? (Throwable) error : null;
          if (call instanceof Span && http != null) served((Span) call, http, response, thrown);
          else if (call instanceof Call) ((Call) call).end(thrown);
          return null;
        });
  }

  /**
   * The request that goes on where this one is dispatched again. Wrappers are looked through, since
   * only the container's own request is always the same.
   */
  private static @Nullable Span held(Object http) {
    if (!isAgain(http)) return null;
    Object one = http;
    for (int depth = 0; one != null && depth < MOST_WRAPPERS; depth++) {
      Object known = States.get(one);
      Object span = known instanceof WeakReference ? ((WeakReference<?>) known).get() : null;
      if (span instanceof Span && ((Span) span).endNanos() == 0) return (Span) span;
      one = WRAPPED.of(one);
    }
    return DispatcherTypes.isError(http) ? ServerRequests.answeredByError() : null;
  }

  /** Tomcat's engine sees an asynchronous dispatch before it has got its type. */
  private static boolean isAgain(Object http) {
    if (Boolean.TRUE.equals(IS_ASYNC.of(http))) return true;
    return !DispatcherTypes.isFirst(http);
  }

  private static void served(
      Span span, Object http, @Nullable Object response, @Nullable Throwable error) {
    try {
      end(span, http, response, error);
    } catch (Throwable ours) {
      span.end(error);
      throw ours;
    }
  }

  /**
   * The request leaves its thread. It ends with the response's status, or with the error, unless it
   * is asynchronous: then it ends with its AsyncContext.
   */
  private static void end(
      Span span, Object http, @Nullable Object response, @Nullable Throwable error) {
    ServletRoutes.mappedAnyway(span.request(), http);
    if (ServerRequests.isCompletedByServer(span)) {
      if (error != null) span.request().caught(error);
      ServerRequests.left(span);
      return;
    }
    span.status(
        error == null || Boolean.TRUE.equals(COMMITTED.of(response))
            ? STATUS.number(response)
            : statusOf(error));
    if (error == null && Boolean.TRUE.equals(ASYNC_STARTED.of(http))) {
      hold(http, span);
      span.detach();
      if (!AsyncEnd.listen(span, ASYNC_CONTEXT.of(http), response)) span.end(null);
      return;
    }
    span.end(error);
    if (error != null || span.status() >= 400) ServerRequests.answeredByError(span);
  }

  /**
   * The status that an exception gets by the specification, for containers of which no more is
   * known.
   */
  private static int statusOf(Throwable error) {
    if (!error.getClass().getName().endsWith(".servlet.UnavailableException")) return 500;
    return Boolean.TRUE.equals(PERMANENT.of(error)) ? 404 : 503;
  }

  /**
   * Remembers the span with the container's request, not in it: its attributes are the
   * application's. Only its listener keeps the span, as requests are used again.
   */
  private static void hold(Object http, Span span) {
    WeakReference<Span> held = new WeakReference<>(span);
    States.put(http, held);
    Object facade = WRAPPED.of(http); // which is all that Tomcat lets the application see
    if (facade != null) States.put(facade, held);
  }
}
