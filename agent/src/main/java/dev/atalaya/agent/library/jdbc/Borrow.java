package dev.atalaya.agent.library.jdbc;

import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.agent.trace.States;
import dev.atalaya.bridge.Call;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * A pool's connection, from when it is asked for until it is given back; no span, only figures.
 * While the pool looks for one, what it does (a validation, a connection's set-up) is its own
 * affair.
 */
@NullMarked
final class Borrow extends Call {
  private final Recorder recorder;
  private final Object pool;
  private final Call quiet;
  private long since = System.nanoTime();
  private boolean waited;

  Borrow(Recorder recorder, Object pool) {
    this.recorder = recorder;
    this.pool = pool;
    quiet = recorder.quiet();
  }

  void got(@Nullable Object connection, @Nullable Throwable error) {
    end(error);
    if (connection != null) States.put(connection, this);
  }

  @Override
  public void end(@Nullable Throwable error) {
    if (waited) return;
    waited = true;
    quiet.end(null);
    long now = System.nanoTime();
    recorder.waited(now - since);
    recorder.meters().borrowed(pool, now - since, error != null);
    since = now;
  }

  void returned(Object connection) {
    States.remove(connection);
    recorder.meters().returned(pool, System.nanoTime() - since);
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
