package shop.cache;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * A server of keys and values that all instances share: Redis or Memcached.
 *
 * <p>Each method throws a runtime exception where the server does not answer in time.
 */
interface Store extends AutoCloseable {

  /** Returns what is there, values and leases. */
  Map<String, String> get(Collection<String> keys);

  /** Puts the lease where nothing is, and returns where that was. */
  Set<String> lease(Collection<String> keys, String lease, Duration ttl);

  /** Puts the values where the lease still is. */
  void fill(String lease, Map<String, String> values, Ttl ttl);

  /** Removes the lease where it still is. */
  void release(String lease, Collection<String> keys);

  void remove(Collection<String> keys);

  @Override
  void close();
}
