package dev.atalaya.agent.library.ktor;

import dev.atalaya.agent.reflect.Getter;
import dev.atalaya.agent.trace.Hook;
import dev.atalaya.agent.trace.LibraryHooks;
import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.ServerRequests;
import dev.atalaya.agent.trace.Span;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls of a Ktor server, and what their pipelines end with. */
public final class KtorHooks implements LibraryHooks {
  private static final Getter CONTEXT = new Getter("getContext");
  private static final Getter APPLICATION = new Getter("getApplication");
  private static final Getter EXCEPTION = new Getter("exception");

  @Override
  public void offer(Recorder recorder, Map<String, Hook> hooks) {
    hooks.put(
        "arrived",
        (call, none, nothing, no) -> {
          if (call != null) ApplicationCall.arrived(recorder, call);
          return null;
        });
    hooks.put(
        "executes",
        (call, continuation, none, nothing) -> {
          boolean first = call != null && ApplicationCall.hasArrived(call);
          Object coroutine = first ? CONTEXT.of(continuation) : null;
          return coroutine == null ? null : new ApplicationCall(call).executed(recorder, coroutine);
        });
    hooks.put(
        "matched",
        (route, none, nothing, no) -> {
          if (route != null && recorder.wantsRoute()) recorder.route(RouteTemplate.of(route));
          return null;
        });
    hooks.put(
        "ended",
        (pipeline, result, none, nothing) -> failed(recorder, pipeline, EXCEPTION.of(result)));
    hooks.put("failed", (pipeline, error, none, nothing) -> failed(recorder, pipeline, error));
    hooks.put(
        "upgraded",
        (none, nothing, no, never) -> {
          Request current = recorder.current();
          Span root = current == null ? null : current.root();
          if (root != null) ServerRequests.completed(root, 101);
          return null;
        });
  }

  /** Ktor's client has pipelines, too. */
  private static @Nullable Object failed(
      Recorder recorder, @Nullable Object pipeline, @Nullable Object error) {
    boolean ofServer = error instanceof Throwable && APPLICATION.of(CONTEXT.of(pipeline)) != null;
    if (ofServer) recorder.caught((Throwable) error);
    return null;
  }
}
