package dev.atalaya.agent.trace;

import dev.atalaya.agent.reflect.Getter;
import dev.atalaya.bridge.Call;
import java.lang.invoke.MethodHandle;
import java.lang.ref.WeakReference;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * Requests of a servlet container beyond one pass through filters and servlet: asynchronous ones,
 * error pages, mappings. javax or jakarta: all is called by its name.
 *
 * <p>A container's objects are used again for its next request: nothing is read of a request after
 * its AsyncContext was told to have completed.
 */
final class Servlets {
  /** An application may wrap a request, and wrap that; nobody does so often. */
  private static final int MOST_WRAPPERS = 32;

  private static final Getter COMMITTED = new Getter("isCommitted");
  private static final Getter ASYNC_STARTED = new Getter("isAsyncStarted");
  private static final Getter ASYNC_CONTEXT = new Getter("getAsyncContext");
  private static final Getter ADD_LISTENER = new Getter("addListener", 1);
  private static final Getter WRAPPED = new Getter("getRequest");
  private static final Getter IS_ASYNC = new Getter("isAsync");
  private static final Getter DISPATCHER_TYPE = new Getter("getDispatcherType");
  private static final Getter STATUS = new Getter("getStatus");
  private static final Getter THROWABLE = new Getter("getThrowable");
  private static final Getter CONTEXT_PATH = new Getter("getContextPath");
  private static final Getter MAPPING = new Getter("getHttpServletMapping");
  private static final Getter MAPPING_MATCH = new Getter("getMappingMatch");
  private static final Getter PATTERN = new Getter("getPattern");
  private static final Getter PERMANENT = new Getter("isPermanent");
  private static final Getter SERVLET_CONFIG = new Getter("getServletConfig");

  /** Wrappers are looked through, since only the container's own request is always the same. */
  @Nullable Span held(Object request) {
    if (!isAgain(request)) return null;
    Object one = request;
    for (int depth = 0; one != null && depth < MOST_WRAPPERS; depth++) {
      Object known = States.get(one);
      Object span = known instanceof WeakReference ? ((WeakReference<?>) known).get() : null;
      if (span instanceof Span && ((Span) span).endNanos() == 0) return (Span) span;
      one = WRAPPED.of(one);
    }
    return isErrorPage(request) ? Open.get().answered : null;
  }

  /** Tomcat's engine sees an asynchronous dispatch before it has got its type. */
  private static boolean isAgain(Object request) {
    if (Boolean.TRUE.equals(IS_ASYNC.of(request))) return true;
    Object dispatcher = DISPATCHER_TYPE.of(request);
    return dispatcher != null && !dispatcher.toString().equals("REQUEST");
  }

  @Nullable Call again(Span span) {
    Open open = Open.get();
    if (open.quiet > 0) return null;
    if (span.endNanos() != 0) return new Afterwards(Carried.enter(span));
    if (ServerRequests.isCompletedByServer(span)) return ServerRequests.goesOn(span);
    if (span.isOn(null)) return null;
    span.attach(open);
    return span;
  }

  void served(Span span, Object request, Object response, @Nullable Throwable error) {
    try {
      end(span, request, response, error);
    } catch (Throwable ours) {
      span.end(error);
      throw ours;
    }
  }

  private void end(Span span, Object request, Object response, @Nullable Throwable error) {
    mappedAnyway(span.request(), request);
    if (ServerRequests.isCompletedByServer(span)) {
      Request unit = span.request();
      if (error != null && unit.caught == null) unit.caught = error;
      ServerRequests.left(span);
      return;
    }
    span.status(
        error == null || Boolean.TRUE.equals(COMMITTED.of(response))
            ? STATUS.number(response)
            : statusOf(error));
    if (error == null && Boolean.TRUE.equals(ASYNC_STARTED.of(request))) {
      hold(request, span);
      span.detach();
      if (!listen(span, ASYNC_CONTEXT.of(request), response)) span.end(null);
      return;
    }
    span.end(error);
    if (error != null || span.status() >= 400) Open.get().answered = span;
  }

  /** What a container that nothing else is known of makes of an exception: by the specification. */
  private static int statusOf(Throwable error) {
    if (!error.getClass().getName().endsWith(".servlet.UnavailableException")) return 500;
    return Boolean.TRUE.equals(PERMANENT.of(error)) ? 404 : 503;
  }

  /**
   * Remembers the span with the container's request, not in it: its attributes are the
   * application's. Only its listener keeps the span, as requests are used again.
   */
  void hold(Object request, Span span) {
    WeakReference<Span> held = new WeakReference<>(span);
    States.put(request, held);
    Object facade = WRAPPED.of(request); // which is all that Tomcat lets the application see
    if (facade != null) States.put(facade, held);
  }

  private static boolean listen(Span span, @Nullable Object asyncContext, Object response) {
    MethodHandle add = ADD_LISTENER.in(asyncContext);
    if (add == null) return false;
    Class<?> listener = add.type().parameterType(1);
    try {
      Object done =
          Proxy.newProxyInstance(
              listener.getClassLoader(), new Class<?>[] {listener}, new Done(span, response));
      add.invoke(asyncContext, done);
      return true;
    } catch (Throwable refused) {
      return false; // e.g. it is complete already
    }
  }

  /** The first servlet's mapping counts; the default servlet has none. Filters say nothing. */
  void mapped(Request request, Object servlet, Object http) {
    if (request.route != null || request.fallbackRoute != null) return;
    Object config = SERVLET_CONFIG.of(servlet);
    if (config == null || isErrorPage(http)) return;
    Object known = States.get(servlet);
    ServletMappings mappings;
    if (known instanceof ServletMappings) {
      mappings = (ServletMappings) known;
    } else {
      mappings = ServletMappings.of(config);
      States.put(servlet, mappings);
    }
    request.fallbackRoute = mappings.route(http);
  }

  /** Where no servlet was reached, what was asked for is known of Servlet 4 on. */
  void mappedAnyway(Request request, Object http) {
    if (request.route != null || request.fallbackRoute != null || isErrorPage(http)) return;
    Object mapping = MAPPING.of(http);
    String match = MAPPING_MATCH.text(mapping);
    if (match.equals("EXACT") || match.equals("PATH")) {
      request.fallbackRoute = CONTEXT_PATH.text(http).concat(PATTERN.text(mapping));
    } else if (match.equals("EXTENSION")) {
      request.fallbackRoute = CONTEXT_PATH.text(http) + "/" + PATTERN.text(mapping);
    }
  }

  private static boolean isErrorPage(Object http) {
    Object dispatcher = DISPATCHER_TYPE.of(http);
    return dispatcher != null && dispatcher.toString().equals("ERROR");
  }

  /** The AsyncListener of a request that was left open. */
  private static final class Done implements InvocationHandler {
    private final Span span;
    private final Object response;

    Done(Span span, Object response) {
      this.span = span;
      this.response = response;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) {
      switch (method.getName()) {
        case "onComplete":
          completed();
          return null;
        case "onError":
          if (arguments != null) failed(THROWABLE.of(arguments[0]));
          return null;
        case "equals":
          return arguments != null && proxy == arguments[0];
        case "hashCode":
          return System.identityHashCode(proxy);
        case "toString":
          return "atalaya";
        default: // a timeout is followed by a dispatch or by the completion
          return null;
      }
    }

    private void completed() {
      if (span.endNanos() != 0 || span.isOn(null)) return; // else who dispatched it ends it
      span.status(STATUS.number(response));
      span.end(null);
    }

    private void failed(@Nullable Object error) {
      Request request = span.request();
      if (error instanceof Throwable && request.caught == null) request.caught = (Throwable) error;
    }
  }

  /** What a request that has ended goes on with: its error page, in the request's context. */
  private static final class Afterwards extends Call {
    private final Object previous;

    Afterwards(Object previous) {
      this.previous = previous;
    }

    @Override
    public void end(@Nullable Throwable error) {
      Carried.leave(previous);
    }

    @Override
    public void status(int code) {}

    @Override
    public void error(@Nullable String type, @Nullable String message) {}

    @Override
    public void attribute(String key, @Nullable Object value) {}

    @Override
    public void detach() {}
  }
}
