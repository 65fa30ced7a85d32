package dev.atalaya.agent.library.jdkhttp;

import dev.atalaya.agent.reflect.Getter;
import dev.atalaya.agent.trace.Hook;
import dev.atalaya.agent.trace.LibraryHooks;
import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.agent.trace.States;
import dev.atalaya.bridge.Call;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** Requests that are answered after their handler returned; known by the response's body. */
@NullMarked
public final class JdkHttpServerHooks implements LibraryHooks {
  private static final Getter RESPONSE_CODE = new Getter("getResponseCode");

  /** How many there are: where there is none, none is looked for. */
  private final AtomicInteger awaited = new AtomicInteger();

  @Override
  public void offer(Recorder recorder, Map<String, Hook> hooks) {
    hooks.put(
        "isAgents",
        (handler, none, nothing, no) -> handler != null && isAgents(handler.getClass()));
    hooks.put(
        "answerLater",
        (call, exchange, body, none) -> {
          if (call instanceof Span && body != null) later((Span) call, exchange, body);
          else if (call instanceof Call) ((Call) call).end(null);
          return null;
        });
    hooks.put(
        "answered",
        (body, none, nothing, no) -> {
          if (body != null) given(body);
          return null;
        });
  }

  /** In the agent's own tests all share the system's loader. */
  private static boolean isAgents(Class<?> type) {
    ClassLoader agents = JdkHttpServerHooks.class.getClassLoader();
    return type.getClassLoader() == agents && agents != ClassLoader.getSystemClassLoader();
  }

  private void later(Span call, @Nullable Object exchange, Object body) {
    call.detach();
    awaited.incrementAndGet();
    States.put(body, new Awaited(call, exchange));
    // The answer may have been given in the meantime.
    if (RESPONSE_CODE.number(exchange) > 0) given(body);
  }

  private void given(Object body) {
    if (awaited.get() <= 0) return;
    Object state = States.get(body);
    if (!(state instanceof Awaited)) return;
    States.remove(body);
    awaited.decrementAndGet();
    Awaited answer = (Awaited) state;
    if (answer.call.endNanos() == 0) answer.call.status(RESPONSE_CODE.number(answer.exchange));
    answer.call.end(null);
  }

  private static final class Awaited {
    final Span call;
    final @Nullable Object exchange;

    Awaited(Span call, @Nullable Object exchange) {
      this.call = call;
      this.exchange = exchange;
    }
  }
}
