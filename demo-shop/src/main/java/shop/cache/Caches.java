package shop.cache;

import java.time.Duration;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Makes the caches of this instance. */
public final class Caches implements AutoCloseable {
  private final String prefix;
  private final JsonMapper json;
  private final SecondTier second;
  private final Invalidations invalidations;
  private final Duration nearTtl;

  /**
   * @param prefix of the keys: caches of one database share it
   * @param nearTtl for how long a value may be wrong where the news of its change was lost
   */
  Caches(
      String prefix,
      JsonMapper json,
      SecondTier second,
      Invalidations invalidations,
      Duration nearTtl) {
    this.prefix = prefix;
    this.json = json;
    this.second = second;
    this.invalidations = invalidations;
    this.nearTtl = nearTtl;
  }

  /**
   * @param nearEntries so many at most in the process
   * @param ttl in the second tier, a day at most
   */
  public <K, V> TieredCache<K, V> create(
      String name, TypeReference<V> type, long nearEntries, Duration ttl, Loader<K, V> loader) {
    if (ttl.compareTo(OwedRemovals.LONGEST) > 0) {
      throw new IllegalArgumentException("A day at most: " + ttl);
    }
    TieredCache<K, V> cache =
        new TieredCache<>(
            new Names(prefix + ":" + Shape.of(type.getType()), name),
            new Json<>(json, type.getType()),
            new NearTier<>(nearEntries, new Ttl(nearTtl)),
            second,
            invalidations,
            loader,
            new Ttl(ttl));
    invalidations.listen(name, cache);
    return cache;
  }

  @Override
  public void close() {
    second.close();
  }
}
