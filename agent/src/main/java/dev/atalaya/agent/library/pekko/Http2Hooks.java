package dev.atalaya.agent.library.pekko;

import dev.atalaya.agent.trace.Failure;
import dev.atalaya.agent.trace.Hook;
import dev.atalaya.agent.trace.LibraryHooks;
import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.agent.trace.ServerRequests;
import dev.atalaya.agent.trace.Span;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Requests that are streams of HTTP/2, until their handlers have answered. */
public final class Http2Hooks implements LibraryHooks {
  @Override
  public void offer(Recorder recorder, Map<String, Hook> hooks) {
    hooks.put(
        "asked",
        (request, none, nothing, no) -> {
          Span span = request == null ? null : new RequestHead(request).serve(recorder);
          if (span != null) ServerRequests.begun(span);
          return span;
        });
    hooks.put(
        "handles",
        (call, future, none, nothing) -> {
          if (call instanceof Span) handles(recorder, (Span) call, future);
          return null;
        });
  }

  private static void handles(Recorder recorder, Span request, @Nullable Object future) {
    ServerRequests.left(request);
    boolean told =
        future != null && FutureEnd.of(future, result -> answered(recorder, request, result));
    if (!told) ServerRequests.completed(request, 0);
  }

  private static void answered(Recorder recorder, Span request, Object result) {
    Answer answer = new Answer(result);
    Object previous = recorder.resume(request);
    MatchedPath.answeredByNow(recorder);
    if (previous != null) recorder.restore(previous);
    Throwable error = answer.error();
    if (error != null) request.failed(Failure.of(error));
    ServerRequests.completed(request, answer.status());
  }
}
