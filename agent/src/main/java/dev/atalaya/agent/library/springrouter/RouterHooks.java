package dev.atalaya.agent.library.springrouter;

import dev.atalaya.agent.trace.Hook;
import dev.atalaya.agent.trace.LibraryHooks;
import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.bridge.Tracing;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Exceptions that a functional router answers by itself. */
public final class RouterHooks implements LibraryHooks {
  @Override
  public void offer(Recorder recorder, Map<String, Hook> hooks) {
    hooks.put(
        "answers",
        (answer, none, nothing, no) ->
            answer instanceof BiFunction ? reporting((BiFunction<?, ?, ?>) answer) : null);
  }

  @SuppressWarnings("unchecked") // of an exception and its request
  private static BiFunction<Object, Object, @Nullable Object> reporting(
      BiFunction<?, ?, ?> answer) {
    BiFunction<Object, Object, @Nullable Object> routers =
        (BiFunction<Object, Object, @Nullable Object>) answer;
    return (error, request) -> {
      if (error instanceof Throwable) caught((Throwable) error);
      return routers.apply(error, request);
    };
  }

  /** Asks for the tracer at each exception: a router is built once, and may outlive a tracer. */
  private static void caught(Throwable error) {
    try {
      Tracing.caught(error);
    } catch (Throwable ours) {
      Tracing.failed(ours, "spring-router");
    }
  }
}
