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
      span.attach(open);
    }
    return span;
  }

  static void left(Span span) {
    Open open = Open.get();
    synchronized (span) {
      if (span.endNanos() == 0 && span.isOn(open)) {
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
}
