package shop.cache;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The tier that instances share. Nothing here throws: where the server does not answer, nothing is
 * there and nothing is kept.
 *
 * <p>Who finds nothing takes a lease: a mark under the key that expires by itself, and that only
 * its holder may replace by the value. One mark does two things. Others who find it know that the
 * value is being loaded, and wait a little for it instead of loading it too. And an invalidation
 * removes it with the key: what its holder then has loaded may be from before the change, and is no
 * longer let in.
 */
final class SecondTier implements AutoCloseable {
  /** Longer than a value takes to load; so long others wait a little at each read if it is lost. */
  private static final Duration LEASE = Duration.ofSeconds(3);

  /** JSON begins with none of these. */
  private static final String MARK = "?";

  private static final int[] WAITS_MS = {20, 40, 80, 160};

  private final Store store;
  private final Breaker breaker;
  private final OwedRemovals owed;

  SecondTier(Store store, Breaker breaker) {
    this.store = store;
    this.breaker = breaker;
    this.owed = new OwedRemovals(store, breaker);
  }

  /**
   * @param values what is there
   * @param leased what is not, and the caller has to {@link #settle} once it is loaded
   */
  record Answer(Map<String, String> values, Set<String> leased, String lease) {}

  Answer ask(Collection<String> keys) {
    Answer answer = new Answer(new HashMap<>(), new HashSet<>(), MARK + UUID.randomUUID());
    Set<String> open = new HashSet<>(keys);
    for (int turn = 0; turn <= WAITS_MS.length; turn++) {
      if (!look(open, answer)) {
        break;
      }
      // With a lease of its own the caller goes to load: waiting would keep others waiting.
      if (open.isEmpty() || !answer.leased.isEmpty() || turn == WAITS_MS.length) {
        break;
      }
      if (!pause(WAITS_MS[turn])) {
        break;
      }
    }
    return answer;
  }

  /** Takes what is settled out of the open ones; false where the server does not answer. */
  private boolean look(Set<String> open, Answer answer) {
    if (!owed.paid()) {
      return false;
    }
    Map<String, String> found = breaker.call(() -> store.get(open)).orElse(null);
    if (found == null) {
      return false;
    }
    Set<String> free = new HashSet<>(open);
    found.forEach(
        (key, value) -> {
          free.remove(key);
          if (!value.startsWith(MARK)) {
            answer.values.put(key, value);
            open.remove(key);
          }
        });
    if (!free.isEmpty()) {
      breaker.call(() -> store.lease(free, answer.lease, LEASE)).ifPresent(answer.leased::addAll);
      open.removeAll(answer.leased);
    }
    return true;
  }

  /** Puts what was loaded where it was leased, and gives back the leases of what does not exist. */
  void settle(Answer answer, Map<String, String> loaded, Ttl ttl) {
    if (answer.leased.isEmpty()) {
      return;
    }
    Map<String, String> values = new HashMap<>(loaded);
    values.keySet().retainAll(answer.leased);
    Set<String> without = new HashSet<>(answer.leased);
    without.removeAll(values.keySet());
    if (!values.isEmpty()) {
      breaker.call(
          () -> {
            store.fill(answer.lease, values, ttl);
            return true;
          });
    }
    if (!without.isEmpty()) {
      breaker.call(
          () -> {
            store.release(answer.lease, without);
            return true;
          });
    }
  }

  void remove(List<String> keys) {
    owed.remove(keys);
  }

  private static boolean pause(int millis) {
    try {
      Thread.sleep(millis);
      return true;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    store.close();
  }
}
