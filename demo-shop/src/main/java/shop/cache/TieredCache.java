package shop.cache;

import com.github.benmanes.caffeine.cache.stats.CacheStats;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Values by key, from the nearest of three tiers that has them: this process, a server that all
 * instances share, and the loader.
 *
 * <p>However many ask, a value is loaded once in a process, and but for rare overlaps once in all
 * of them. What was loaded before an invalidation never comes in after it. What does not exist is
 * not kept.
 *
 * @param <K> its toString is the key's name: equal for equal keys alone
 * @param <V> something immutable that JSON can carry
 */
public final class TieredCache<K, V> {
  private final Names names;
  private final Json<V> json;
  private final NearTier<V> near;
  private final SecondTier second;
  private final Invalidations invalidations;
  private final Loader<K, V> loader;
  private final Ttl ttl;

  TieredCache(
      Names names,
      Json<V> json,
      NearTier<V> near,
      SecondTier second,
      Invalidations invalidations,
      Loader<K, V> loader,
      Ttl ttl) {
    this.names = names;
    this.json = json;
    this.near = near;
    this.second = second;
    this.invalidations = invalidations;
    this.loader = loader;
    this.ttl = ttl;
  }

  public Optional<V> get(K key) {
    refuseTransactions();
    String name = key.toString();
    V value = near.get(name);
    return Optional.ofNullable(value != null ? value : fetch(Map.of(name, key)).get(name));
  }

  /** In the order of the keys, without those that have no value. */
  public Map<K, V> getAll(Collection<K> keys) {
    refuseTransactions();
    Map<String, K> wanted = new LinkedHashMap<>();
    keys.forEach(key -> wanted.put(key.toString(), key));
    Map<String, V> found = new HashMap<>(near.getAll(wanted.keySet()));
    if (found.size() < wanted.size()) {
      Map<String, K> missing = new LinkedHashMap<>(wanted);
      missing.keySet().removeAll(found.keySet());
      found.putAll(fetch(missing));
    }
    Map<K, V> values = new LinkedHashMap<>();
    wanted.forEach(
        (name, key) -> {
          if (found.containsKey(name)) {
            values.put(key, found.get(name));
          }
        });
    return values;
  }

  /** Drops the values in all tiers and instances, once the running transaction has committed. */
  public void invalidate(Collection<K> keys) {
    List<String> changed = keys.stream().map(Object::toString).toList();
    if (!TransactionSynchronizationManager.isSynchronizationActive()) {
      invalidateNow(changed);
      return;
    }
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            invalidateNow(changed);
          }
        });
  }

  private void invalidateNow(List<String> changed) {
    drop(changed); // before others are told, which takes a moment
    second.remove(changed.stream().map(names::shared).toList());
    drop(changed); // what came from the second tier until it was removed there
    invalidations.tell(names.cache(), changed);
  }

  void drop(List<String> changed) {
    near.drop(changed);
  }

  void dropAll() {
    near.dropAll();
  }

  public CacheStats nearStats() {
    return near.stats();
  }

  /**
   * Within a transaction a loader might read what is not committed yet; and it would hold a
   * connection while it waits for a load that needs one.
   */
  private static void refuseTransactions() {
    if (TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException("A cache is asked outside of transactions");
    }
  }

  /** Fetches what no other thread is fetching, then waits for what others are. */
  private Map<String, V> fetch(Map<String, K> missing) {
    Map<String, CompletableFuture<V>> mine = new LinkedHashMap<>();
    Map<String, CompletableFuture<V>> others = new HashMap<>();
    for (String name : missing.keySet()) {
      CompletableFuture<V> load = new CompletableFuture<>();
      CompletableFuture<V> running = near.begin(name, load);
      if (running == null) {
        mine.put(name, load);
      } else {
        others.put(name, running);
      }
    }
    Map<String, V> values = new HashMap<>();
    if (!mine.isEmpty()) {
      values.putAll(carryOut(mine, missing));
    }
    others.forEach((name, load) -> put(values, name, await(load)));
    return values;
  }

  private Map<String, V> carryOut(Map<String, CompletableFuture<V>> loads, Map<String, K> missing) {
    try {
      Map<String, V> values = new HashMap<>();
      // A load may have ended between the look at the near tier and the beginning of this one.
      loads.keySet().forEach(name -> put(values, name, near.peek(name)));
      List<String> rest = new ArrayList<>(loads.keySet());
      rest.removeAll(values.keySet());
      if (!rest.isEmpty()) {
        values.putAll(fromBehind(rest, missing));
      }
      loads.forEach((name, load) -> near.end(name, load, values.get(name)));
      return values;
    } catch (Throwable error) {
      loads.forEach((name, load) -> near.fail(name, load, error));
      throw error;
    }
  }

  private Map<String, V> fromBehind(List<String> wanted, Map<String, K> keys) {
    Map<String, V> values = new HashMap<>();
    SecondTier.Answer answer = second.ask(wanted.stream().map(names::shared).toList());
    Map<String, String> loaded = new HashMap<>();
    try {
      List<K> absent = new ArrayList<>();
      for (String name : wanted) {
        put(values, name, json.read(answer.values().get(names.shared(name))));
        if (!values.containsKey(name)) {
          absent.add(keys.get(name));
        }
      }
      if (!absent.isEmpty()) {
        loader
            .load(absent)
            .forEach(
                (key, value) -> {
                  values.put(key.toString(), value);
                  loaded.put(names.shared(key.toString()), json.write(value));
                });
      }
    } finally {
      second.settle(answer, loaded, ttl);
    }
    return values;
  }

  private static <V> void put(Map<String, V> values, String name, @Nullable V value) {
    if (value != null) {
      values.put(name, value);
    }
  }

  private static <V> @Nullable V await(CompletableFuture<V> load) {
    try {
      return load.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw e;
    }
  }
}
