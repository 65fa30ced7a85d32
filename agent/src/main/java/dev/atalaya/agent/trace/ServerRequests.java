package dev.atalaya.agent.trace;

import dev.atalaya.bridge.Call;
import org.jspecify.annotations.Nullable;

/**
 * Requests whose server tells when they are complete, as the client saw them: until then they go
 * from thread to thread.
 *
 * <p>The completion may come on any thread while another is still leaving the request: the span's
 * lock decides which of the two takes the span off that thread.
 */
public final class ServerRequests {
  private ServerRequests() {}

  /** {@code target}: the server's object, whose completion ends the span. */
  public static void begun(Object target, Span span) {
    begun(span);
    States.put(target, span);
  }

  /** As above, for a caller that has the span and completes it itself. */
  public static void begun(Span span) {
    HttpExchange exchange = span.http();
    if (exchange != null) exchange.completes = true;
  }

  /** Whether a request of that object has begun and is not complete. */
  public static boolean isOpen(Object target) {
    return States.get(target) instanceof Span;
  }

  /** What the server has caught for a request of that object, on whatever thread. */
  public static void caught(Object target, Throwable error) {
    Object known = States.get(target);
    if (known instanceof Span) ((Span) known).request().caught(error);
  }

  public static boolean isCompletedByServer(Span span) {
    HttpExchange exchange = span.http();
    return exchange != null && exchange.completes;
  }

  /** Goes on with it on this thread; null where there is none, or where it is complete. */
  public static @Nullable Call goesOn(Object target) {
    Object known = States.get(target);
    return known instanceof Span ? goesOn((Span) known) : null;
  }

  /**
   * Goes on on this thread with a request that another may have left, or, where that has ended,
   * with what its server adds to it: an error page. Null where it goes on elsewhere.
   */
  public static @Nullable Call again(Span span) {
    Open open = Open.get();
    if (open.quiet > 0) return null;
    if (span.endNanos() != 0) return new Carried.OfCall(null, Carried.enter(span));
    if (isCompletedByServer(span)) return goesOn(span);
    if (span.isOnThread()) return null;
    span.attach(open);
    return span;
  }

  /** As {@link #goesOn(Object)}, for a caller that has the span. */
  public static @Nullable Call goesOn(Span span) {
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

  /** This thread is done with it. */
  public static void left(Span span) {
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

  public static void completed(Object target, int status) {
    Object known = States.get(target);
    if (!(known instanceof Span)) return;
    States.remove(target);
    completed((Span) known, status);
  }

  public static void completed(Span span, int status) {
    synchronized (span) {
      if (span.endNanos() != 0) return;
      if (!span.isOn(Open.get())) span.letGo();
      span.status(status);
      span.end(null);
    }
  }

  /** The request that this thread answered last, by an error; its error page may follow. */
  public static @Nullable Span answeredByError() {
    return Open.get().answered;
  }

  public static void answeredByError(Span span) {
    Open.get().answered = span;
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
