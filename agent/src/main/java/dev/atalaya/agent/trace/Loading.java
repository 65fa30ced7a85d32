package dev.atalaya.agent.trace;

import dev.atalaya.bridge.Call;
import org.jspecify.annotations.Nullable;

/**
 * What an object-relational mapper loads on its own, from then until it is there; no span. Only the
 * mapper's object is kept: what it is called is read when a stack is walked.
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
    // Not where it has ended before, or was forgotten.
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
