package dev.atalaya.agent.detect;

import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.Scope;
import org.jspecify.annotations.Nullable;

/** A unit of work that is looked at, and what is known of it. */
final class Work {
  final Scope scope;

  /** Null for a thread's own calls, each of which is a request's. */
  final @Nullable Request request;

  final String entryPoint;
  final Progress progress;

  /** Nobody looks at it again: what is not sure enough by now will not be told. */
  final boolean isLast;

  private Work(Scope scope, @Nullable Request request, String entryPoint, boolean isLast) {
    this.scope = scope;
    this.request = request;
    this.entryPoint = entryPoint;
    this.isLast = isLast;
    progress = Progress.of(scope);
  }

  static Work of(Request request, boolean isLast) {
    return new Work(request.scope(), request, EntryPoint.of(request), isLast);
  }

  static Work ofThread(Scope scope, boolean isLast) {
    return new Work(scope, null, EntryPoint.of(scope), isLast);
  }
}
