package dev.atalaya.agent.trace;

import dev.atalaya.bridge.Call;
import org.jspecify.annotations.Nullable;

/**
 * A pool's connection, from the wish for it until it is given back; no span, only figures. While
 * the pool looks for one, what it does (a validation, a connection's set-up) is its own affair.
 */
final class Borrow extends Call {
  /** Less is no waiting, and not worth adding up. */
  private static final long WAITING_NANOS = 1_000_000;

  private final Meters meters;
  private final Object pool;
  private final Open open;
  private long since = System.nanoTime();
  private boolean waited;

  Borrow(Meters meters, Object pool, Open open) {
    this.meters = meters;
    this.pool = pool;
    this.open = open;
    open.quieten();
  }

  void got(@Nullable Object connection, @Nullable Throwable error) {
    end(error);
    if (connection != null) States.put(connection, this);
  }

  @Override
  public void end(@Nullable Throwable error) {
    if (waited) return;
    waited = true;
    open.end(null);
    long now = System.nanoTime();
    open.poolWaitNanos = now - since;
    Span encloses = open.parent;
    if (encloses != null && now - since >= WAITING_NANOS) {
      encloses.request().unit.waited(now - since);
    }
    meters.borrowed(pool, now - since, error != null);
    since = now;
  }

  void returned(Object connection) {
    States.remove(connection);
    meters.returned(pool, System.nanoTime() - since);
  }

  @Override
  public void status(int code) {}

  @Override
  public void error(@Nullable String type, @Nullable String message) {}

  @Override
  public void attribute(String key, @Nullable Object value) {}

  @Override
  public void detach() {}
}
