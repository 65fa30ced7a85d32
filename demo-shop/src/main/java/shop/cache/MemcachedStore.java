package shop.cache;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import net.rubyeye.xmemcached.GetsResponse;
import net.rubyeye.xmemcached.MemcachedClient;
import net.rubyeye.xmemcached.XMemcachedClientBuilder;
import net.rubyeye.xmemcached.exception.MemcachedException;
import net.rubyeye.xmemcached.transcoders.StringTranscoder;
import net.rubyeye.xmemcached.utils.AddrUtil;

/**
 * Memcached: compare-and-set is its own, but all except reads is a round trip a key. Its clock
 * ticks in seconds.
 */
final class MemcachedStore implements Store {
  private final MemcachedClient memcached;

  /**
   * @param servers {@code host:port}, more of them by spaces
   */
  MemcachedStore(String servers, Duration timeout) {
    XMemcachedClientBuilder builder = new XMemcachedClientBuilder(AddrUtil.getAddresses(servers));
    builder.setTranscoder(new StringTranscoder());
    builder.setConnectTimeout(timeout.toMillis());
    builder.setOpTimeout(timeout.toMillis());
    builder.setHealSessionInterval(500);
    try {
      memcached = builder.build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Map<String, String> get(Collection<String> keys) {
    return ask(() -> memcached.<String>get(keys));
  }

  @Override
  public Set<String> lease(Collection<String> keys, String lease, Duration ttl) {
    Set<String> leased = new HashSet<>();
    for (String key : keys) {
      if (ask(() -> memcached.add(key, seconds(ttl), lease))) {
        leased.add(key);
      }
    }
    return leased;
  }

  @Override
  public void fill(String lease, Map<String, String> values, Ttl ttl) {
    versions(lease, values.keySet())
        .forEach(
            (key, version) ->
                ask(() -> memcached.cas(key, seconds(ttl.next()), values.get(key), version)));
  }

  /** There is no conditional delete; the lease lasts for a second more. */
  @Override
  public void release(String lease, Collection<String> keys) {
    versions(lease, keys)
        .forEach((key, version) -> ask(() -> memcached.cas(key, 1, lease, version)));
  }

  private Map<String, Long> versions(String lease, Collection<String> keys) {
    Map<String, Long> versions = new HashMap<>();
    Map<String, GetsResponse<String>> there = ask(() -> memcached.gets(keys));
    there.forEach(
        (key, found) -> {
          if (lease.equals(found.getValue())) {
            versions.put(key, found.getCas());
          }
        });
    return versions;
  }

  @Override
  public void remove(Collection<String> keys) {
    for (String key : keys) {
      ask(() -> memcached.delete(key));
    }
  }

  private static int seconds(Duration ttl) {
    return (int) Math.max(1, ttl.toSeconds());
  }

  private interface Question<T> {
    T put() throws TimeoutException, InterruptedException, MemcachedException;
  }

  private static <T> T ask(Question<T> question) {
    try {
      return question.put();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    } catch (TimeoutException | MemcachedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try {
      memcached.shutdown();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
