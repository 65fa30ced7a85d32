package shop.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What both servers of the second tier have to do alike. */
class StoreTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static RealServer redisServer;
  private static RealServer memcachedServer;
  private static Instance redis;
  private static MemcachedStore memcached;

  @BeforeAll
  static void start() throws Exception {
    redisServer = RealServer.redis();
    redis = new Instance(redisServer);
    if (RealServer.memcachedIsInstalled()) {
      memcachedServer = RealServer.memcached();
      memcached = new MemcachedStore("127.0.0.1:" + memcachedServer.port(), Instance.TIMEOUT);
    }
  }

  @AfterAll
  static void stop() throws Exception {
    redis.close();
    redisServer.close();
    if (memcached != null) {
      memcached.close();
      memcachedServer.close();
    }
  }

  private static Store store(String name) {
    if (name.equals("redis")) {
      return new RedisStore(redis.redis);
    }
    Assumptions.assumeTrue(memcached != null, "Memcached is not installed");
    return memcached;
  }

  @ParameterizedTest
  @ValueSource(strings = {"redis", "memcached"})
  void who_holds_the_lease_fills(String name) {
    Store store = store(name);
    assertThat(store.lease(List.of("a1", "a2"), "?me", LONG)).isEqualTo(Set.of("a1", "a2"));
    assertThat(store.lease(List.of("a2", "a3"), "?you", LONG)).isEqualTo(Set.of("a3"));

    store.fill("?you", Map.of("a2", "stolen", "a3", "{\"ö\":1}"), new Ttl(LONG));
    store.fill("?me", Map.of("a1", "1"), new Ttl(LONG));

    assertThat(store.get(List.of("a1", "a2", "a3", "a4")))
        .isEqualTo(Map.of("a1", "1", "a2", "?me", "a3", "{\"ö\":1}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"redis", "memcached"})
  void removal_takes_the_lease_away(String name) {
    Store store = store(name);
    store.lease(List.of("b1"), "?me", LONG);

    store.remove(List.of("b1", "b2"));
    store.fill("?me", Map.of("b1", "old"), new Ttl(LONG));

    assertThat(store.get(List.of("b1"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"redis", "memcached"})
  void released_lease_is_soon_gone_and_a_value_stays(String name) throws Exception {
    Store store = store(name);
    store.lease(List.of("c1", "c2"), "?me", LONG);
    store.fill("?me", Map.of("c2", "2"), new Ttl(LONG));

    store.release("?me", List.of("c1", "c2"));

    Thread.sleep(2100);
    assertThat(store.get(List.of("c1", "c2"))).isEqualTo(Map.of("c2", "2"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"redis", "memcached"})
  void values_and_leases_expire(String name) throws Exception {
    Store store = store(name);
    store.lease(List.of("d1", "d2"), "?me", Duration.ofSeconds(1));
    store.fill("?me", Map.of("d1", "1"), new Ttl(Duration.ofSeconds(1)));

    Thread.sleep(2100);

    assertThat(store.get(List.of("d1", "d2"))).isEmpty();
  }
}
