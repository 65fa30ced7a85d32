package dev.atalaya.agent.library.servlet;

import dev.atalaya.agent.reflect.Getter;
import dev.atalaya.agent.trace.Span;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** The AsyncListener of a request that was left open: ends it when the container does. */
final class AsyncEnd implements InvocationHandler {
  private static final Getter ADD_LISTENER = new Getter("addListener", 1);
  private static final Getter STATUS = new Getter("getStatus");
  private static final Getter THROWABLE = new Getter("getThrowable");

  private final Span span;
  private final @Nullable Object response;

  private AsyncEnd(Span span, @Nullable Object response) {
    this.span = span;
    this.response = response;
  }

  /** Whether the span will be ended. */
  static boolean listen(Span span, @Nullable Object asyncContext, @Nullable Object response) {
    MethodHandle add = ADD_LISTENER.in(asyncContext);
    if (add == null) return false;
    Class<?> listener = add.type().parameterType(1);
    try {
      Object done =
          Proxy.newProxyInstance(
              listener.getClassLoader(), new Class<?>[] {listener}, new AsyncEnd(span, response));
      add.invoke(asyncContext, done);
      return true;
    } catch (Throwable refused) {
      return false; // e.g. it is complete already
    }
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) {
    switch (method.getName()) {
      case "onComplete":
        completed();
        return null;
      case "onError":
        Object error = arguments == null ? null : THROWABLE.of(arguments[0]);
        if (error instanceof Throwable) span.request().caught((Throwable) error);
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
    if (span.endNanos() != 0 || span.isOnThread()) return; // else who dispatched it ends it
    span.status(STATUS.number(response));
    span.end(null);
  }
}
