package dev.atalaya.agent.export;

import java.util.function.Consumer;

/** A way to a target. */
interface Sender {
  /** Returns at once; the outcome comes on any thread, exactly once. */
  void send(Batch batch, Consumer<Outcome> outcome);

  /** Called now and then: what has taken too long by {@code now}, a nanoTime, is broken off. */
  default void expire(long now) {}
}
