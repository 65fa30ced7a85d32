package dev.atalaya.agent.trace;

import dev.atalaya.bridge.Call;
import org.jspecify.annotations.Nullable;

/**
 * Requests whose server tells when they are complete, as the client saw them: until then they go
 * from thread to thread.
 *
 * <p>The completion may come on any thread, while another is still on its way out: the span's lock
 * decides who takes it off that.
 */
final class ServerRequests {
  private ServerRequests() {}

  /** {@code target}: the server's object, whose completion ends the span. */
  static void begun(Object target, Span span) {
    begun(span);
    States.put(target, span);
  }

  static void begun(Span span) {
    HttpExchange exchange = span.http();
    if (exchange != null) exchange.completes = true;
  }

  static boolean isCompletedByServer(Span span) {
    HttpExchange exchange = span.http();
    return exchange != null && exchange.completes;
  }

  static @Nullable Call goesOn(Object target) {
    Object known = States.get(target);
    return known instanceof Span ? goesOn((Span) known) : null;
  }

  static @Nullable Call goesOn(Span span) {
    Open open = Open.get();
    if (open.quiet > 0) return null;
    synchronized (span) {
      if (span.endNanos() != 0) return null;
      long used = span.request().allocatedBefore;
      span.attach(open);
      span.request().allocatedBefore = resumed(used);
    }
    return span;
  }

  static void left(Span span) {
    Open open = Open.get();
    synchronized (span) {
      if (span.endNanos() == 0 && span.isOn(open)) {
        span.request().allocatedBefore = paused(span.request().allocatedBefore);
        span.detach();
        return;
      }
    }
    open.forget(span);
  }

  static void completed(Object target, int status) {
    Object known = States.get(target);
    if (!(known instanceof Span)) return;
    States.remove(target);
    completed((Span) known, status);
  }

  static void completed(Span span, int status) {
    synchronized (span) {
      if (span.endNanos() != 0) return;
      if (!span.isOn(Open.get())) span.letGo();
      span.status(status);
      span.end(null);
    }
  }

  /** What was allocated up to here, as a number below -1, which is unknown. */
  private static long paused(long before) {
    return before < 0 ? -1 : -2 - (Allocated.byThisThread() - before);
  }

  /** Where this thread would have begun, had all been allocated by it. */
  private static long resumed(long paused) {
    return paused > -2 ? -1 : Math.max(-1, Allocated.byThisThread() + 2 + paused);
  }
}
