package dev.atalaya.agent.library.armeria;

import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.Span;
import org.jspecify.annotations.Nullable;

/** A request that this thread works for since its context was pushed, and what it did before. */
final class Pushed {
  private static final ThreadLocal<@Nullable Pushed> LATEST = new ThreadLocal<>();

  private final Span request;
  private final Object before;
  private final @Nullable Pushed below;

  private Pushed(Span request, Object before, @Nullable Pushed below) {
    this.request = request;
    this.before = before;
    this.below = below;
  }

  /** Unless it works for that already, or that is over. */
  static void enter(Recorder recorder, Span request) {
    Request current = recorder.current();
    if (request.endNanos() != 0 || current == request.request()) return;
    Object before = recorder.resume(request);
    if (before != null) LATEST.set(new Pushed(request, before, LATEST.get()));
  }

  static void leave(Recorder recorder, Span request) {
    Pushed latest = LATEST.get();
    if (latest == null || latest.request != request) return;
    if (latest.below == null) LATEST.remove();
    else LATEST.set(latest.below);
    recorder.restore(latest.before);
  }
}
