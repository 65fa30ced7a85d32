package dev.atalaya.agent.detect;

import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.UnitOfWork;
import org.jspecify.annotations.Nullable;

/** A unit of work that is looked at, and what is known of it. */
final class Work {
  final UnitOfWork unit;

  /** Null for a thread's own work, each call of which has a request of its own. */
  final @Nullable Request request;

  final String entryPoint;
  final Progress progress;

  /** Nobody looks at it again: what is not sure enough by now will not be told. */
  final boolean isLast;

  private Work(UnitOfWork unit, @Nullable Request request, String entryPoint, boolean isLast) {
    this.unit = unit;
    this.request = request;
    this.entryPoint = entryPoint;
    this.isLast = isLast;
    progress = Progress.of(unit);
  }

  static Work of(Request request, boolean isLast) {
    return new Work(request.unit(), request, EntryPoint.of(request), isLast);
  }

  static Work ofThread(UnitOfWork unit, boolean isLast) {
    return new Work(unit, null, EntryPoint.of(unit), isLast);
  }
}
