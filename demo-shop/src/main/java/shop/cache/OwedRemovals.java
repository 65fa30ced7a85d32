package shop.cache;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Removals that a server has not heard of because it was away: they are made up for before anything
 * is read from it again.
 */
final class OwedRemovals {
  /** Nothing stays in the store for longer, so that what is owed for longer is gone by itself. */
  static final Duration LONGEST = Duration.ofDays(1);

  private static final int CHUNK = 1000;

  private final Store store;
  private final Breaker breaker;

  /** When each became owed. */
  private final Map<String, Long> owed = new ConcurrentHashMap<>();

  private final ReentrantLock paying = new ReentrantLock();

  OwedRemovals(Store store, Breaker breaker) {
    this.store = store;
    this.breaker = breaker;
  }

  void remove(Collection<String> keys) {
    if (!paid() || !removed(List.copyOf(keys))) {
      long now = System.nanoTime();
      keys.forEach(key -> owed.put(key, now));
    }
  }

  /** Whether nothing is owed, or no longer. */
  boolean paid() {
    if (owed.isEmpty()) {
      return true;
    }
    if (!paying.tryLock()) {
      return false;
    }
    try {
      long now = System.nanoTime();
      owed.values().removeIf(since -> now - since > LONGEST.toNanos());
      Map<String, Long> due = Map.copyOf(owed);
      if (!removed(List.copyOf(due.keySet()))) {
        return false;
      }
      due.forEach(owed::remove);
      return owed.isEmpty();
    } finally {
      paying.unlock();
    }
  }

  private boolean removed(List<String> keys) {
    return breaker
        .call(
            () -> {
              for (int from = 0; from < keys.size(); from += CHUNK) {
                store.remove(keys.subList(from, Math.min(keys.size(), from + CHUNK)));
              }
              return true;
            })
        .isPresent();
  }
}
