package shop.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.stats.CacheStats;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The tier in the process, and what is on its way into it.
 *
 * <p>A key has one load at a time, which is also the permit to put its value: {@link #drop} takes
 * the permit away with the value, so that what was read before a change does not come in after it.
 * Both happen in the map of loads, which has one writer a key at a time.
 */
final class NearTier<V> {
  private final Cache<String, V> values;
  private final ConcurrentHashMap<String, CompletableFuture<V>> loads = new ConcurrentHashMap<>();

  NearTier(long entries, Ttl ttl) {
    this.values =
        Caffeine.newBuilder()
            .maximumSize(entries)
            .expireAfter(Expiry.<String, V>creating((key, value) -> ttl.next()))
            .recordStats()
            .build();
  }

  @Nullable V get(String key) {
    return values.getIfPresent(key);
  }

  Map<String, V> getAll(Collection<String> keys) {
    return values.getAllPresent(keys);
  }

  /** Looks again without counting it as another read. */
  @Nullable V peek(String key) {
    return values.asMap().get(key);
  }

  /** Begins a load, or returns the one that runs. */
  @Nullable CompletableFuture<V> begin(String key, CompletableFuture<V> load) {
    return loads.putIfAbsent(key, load);
  }

  /** Ends a load with its value, null where there is none. */
  void end(String key, CompletableFuture<V> load, @Nullable V value) {
    loads.computeIfPresent(
        key,
        (same, running) -> {
          if (running != load) {
            return running;
          }
          if (value != null) {
            values.put(key, value);
          }
          return null;
        });
    load.complete(value);
  }

  /** Ends a load without a value; does nothing where it has ended. */
  void fail(String key, CompletableFuture<V> load, Throwable error) {
    loads.remove(key, load);
    load.completeExceptionally(error);
  }

  void drop(Collection<String> keys) {
    for (String key : keys) {
      loads.compute(
          key,
          (same, running) -> {
            values.invalidate(key);
            return null;
          });
    }
  }

  void dropAll() {
    loads.clear(); // first: what a load puts before it loses its permit is dropped with the rest
    values.invalidateAll();
  }

  CacheStats stats() {
    return values.stats();
  }
}
