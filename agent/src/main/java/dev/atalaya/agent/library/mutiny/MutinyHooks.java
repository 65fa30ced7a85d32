package dev.atalaya.agent.library.mutiny;

import dev.atalaya.agent.library.reactivestreams.Operators;
import dev.atalaya.agent.trace.Hook;
import dev.atalaya.agent.trace.LibraryHooks;
import dev.atalaya.agent.trace.Recorder;
import java.util.Map;
import org.jspecify.annotations.NullMarked;

/** Which of Mutiny's subscribers are marked. */
@NullMarked
public final class MutinyHooks implements LibraryHooks {
  /**
   * By itself sends what many chains share, and what a timer that goes off again and again does.
   */
  private static final Operators OPERATORS =
      new Operators(
          "io.smallrye.mutiny.",
          "upstream",
          "\\w*(MemoizeOp|CacheOp|PublishOp|ReplayOperator|WindowOnDurationOp)");

  @Override
  public void offer(Recorder recorder, Map<String, Hook> hooks) {
    hooks.put("subscribes", OPERATORS.subscribes());
  }
}
