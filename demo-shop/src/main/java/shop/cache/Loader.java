package shop.cache;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Where a cache's values come from when no tier has them.
 *
 * <p>It must not ask its own cache.
 */
@FunctionalInterface
public interface Loader<K, V> {

  /** Returns the value of each key that has one. */
  Map<K, V> load(Collection<K> keys);

  /** For caches that are asked for one key at a time. */
  static <K, V> Loader<K, V> of(Function<K, V> one) {
    return keys -> {
      Map<K, V> values = new HashMap<>();
      for (K key : keys) {
        values.put(key, one.apply(key));
      }
      return values;
    };
  }
}
