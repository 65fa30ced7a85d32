package shop.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Memcached as the second tier, Redis for the news. */
@EnabledIf("shop.cache.RealServer#memcachedIsInstalled")
class MemcachedTierTest {
  private final Source source = new Source();
  private RealServer redis;
  private RealServer memcached;
  private Instance one;
  private Instance other;
  private TieredCache<Long, Source.Good> here;
  private TieredCache<Long, Source.Good> there;

  @BeforeEach
  void open() throws Exception {
    redis = RealServer.redis();
    memcached = RealServer.memcached();
    one = new Instance(redis, store());
    other = new Instance(redis, store());
    here = source.cachedBy(one);
    there = source.cachedBy(other);
  }

  private Store store() {
    return new MemcachedStore("127.0.0.1:" + memcached.port(), Instance.TIMEOUT);
  }

  @AfterEach
  void close() throws Exception {
    one.close();
    other.close();
    redis.close();
    memcached.close();
  }

  @Test
  void values_are_shared_and_changes_told() {
    assertThat(here.get(1L)).isEqualTo(there.get(1L));
    assertThat(source.loads).hasSize(1);
    assertThat(one.redis.keys("*")).isEmpty();
    source.stock(1, 9);

    here.invalidate(List.of(1L));

    assertThat(here.get(1L).orElseThrow().stock()).isEqualTo(9);
    Awaitility.await().until(() -> there.get(1L).orElseThrow().stock() == 9);
  }

  @Test
  void dead_memcached_slows_nobody_down_and_is_used_again_when_it_is_back() throws Exception {
    here.get(1L);
    memcached.kill();

    long start = System.nanoTime();
    for (long id = 1; id <= 30; id++) {
      assertThat(here.get(id)).isPresent();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));

    memcached.start();
    Awaitility.await()
        .atMost(Duration.ofSeconds(15))
        .until(
            () -> {
              source.loads.clear();
              here.dropAll();
              there.dropAll();
              here.get(5L);
              there.get(5L);
              return source.loads.size() <= 1;
            });
  }
}
