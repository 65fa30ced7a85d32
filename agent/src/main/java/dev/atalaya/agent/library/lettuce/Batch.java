package dev.atalaya.agent.library.lettuce;

import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Commands that are sent together, and end when the last of them has its answer. */
final class Batch {
  private final AtomicInteger left = new AtomicInteger();

  /** The first command; of a batch of one the only one. */
  @Nullable Sent first;

  /** Where they wait to be sent to; null where that is not known. */
  volatile @Nullable SocketAddress peer;

  /** All of them as one, with their span; null until they are sent. */
  volatile @Nullable Sent all;

  void add(Sent sent) {
    if (first == null) first = sent;
    left.incrementAndGet();
  }

  int size() {
    return left.get();
  }

  /** One command has its answer; true for the last. */
  boolean answered() {
    return left.decrementAndGet() == 0;
  }
}
