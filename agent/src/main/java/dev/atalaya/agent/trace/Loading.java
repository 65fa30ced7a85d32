package dev.atalaya.agent.trace;

import dev.atalaya.bridge.Call;
import org.jspecify.annotations.Nullable;

/**
 * The time in which an object-relational mapper loads something on its own; no span. Only the
 * mapper's object is kept: the name of what it loads is read when a stack is walked.
 */
final class Loading extends Call {

  private final Open open;
  private final Object source;
  private final @Nullable Object outer;

  Loading(Open open, Object source) {
    this.open = open;
    this.source = source;
    outer = open.loading;
    open.loading = source;
  }

  @Override
  public void end(@Nullable Throwable error) {
    // Another is there if this one has ended before, or was forgotten.
    if (open.loading == source) open.loading = outer;
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
