package shop.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Redis dies, hangs, and comes back: the caches go on, from the process and the source. */
class RedisAwayTest {
  private final Source source = new Source();
  private RealServer server;
  private Instance one;
  private Instance other;
  private TieredCache<Long, Source.Good> here;
  private TieredCache<Long, Source.Good> there;

  @BeforeEach
  void open() throws Exception {
    server = RealServer.redis();
    one = new Instance(server);
    other = new Instance(server);
    here = source.cachedBy(one);
    there = source.cachedBy(other);
  }

  @AfterEach
  void close() throws Exception {
    one.close();
    other.close();
    server.close();
  }

  @Test
  void dead_redis_slows_nobody_down_and_is_used_again_when_it_is_back() throws Exception {
    here.get(1L);
    server.kill();

    long start = System.nanoTime();
    for (long id = 1; id <= 30; id++) {
      assertThat(here.get(id)).isPresent();
      here.invalidate(List.of(id));
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));

    server.start();
    worksAgain();
  }

  @Test
  void hanging_redis_costs_one_timeout_a_second() throws Exception {
    here.get(1L);
    server.hang();

    long start = System.nanoTime();
    for (long id = 1; id <= 30; id++) {
      assertThat(here.get(id)).isPresent();
      here.invalidate(List.of(id));
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));

    server.goOn();
    worksAgain();
  }

  /** The value outlives the invalidation in Redis, and must not be read there afterwards. */
  @Test
  void invalidation_that_redis_did_not_hear_of_is_made_up_for() throws Exception {
    here.get(1L);
    there.get(1L);
    server.hang();
    source.stock(1, 9);
    here.invalidate(List.of(1L));
    assertThat(here.get(1L).orElseThrow().stock()).isEqualTo(9);
    server.goOn();

    here.dropAll(); // nothing near, so that Redis is asked as soon as it may be
    Awaitility.await()
        .during(Duration.ofSeconds(2))
        .atMost(Duration.ofSeconds(4))
        .until(
            () -> {
              here.dropAll();
              return here.get(1L).orElseThrow().stock() == 9;
            });
    here.invalidate(List.of(2L)); // what could not be told before is told with the next
    Awaitility.await().until(() -> there.get(1L).orElseThrow().stock() == 9);
  }

  @Test
  void instance_starts_without_redis_and_finds_it_later() throws Exception {
    server.kill();
    try (Instance early = new Instance(server)) {
      TieredCache<Long, Source.Good> cache = source.cachedBy(early);
      assertThat(cache.get(1L)).isPresent();
      assertThat(early.subscription.isListening()).isFalse();

      server.start();

      Awaitility.await().until(early.subscription::isListening);
      cache.get(2L);
      Awaitility.await()
          .until(
              () -> {
                int stock = source.rows.get(2L).stock() - 1;
                source.stock(2, stock);
                here.invalidate(List.of(2L));
                Thread.sleep(100);
                return cache.get(2L).orElseThrow().stock() == stock;
              });
    }
  }

  private void worksAgain() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () -> {
              source.loads.clear();
              here.dropAll();
              there.dropAll();
              here.getAll(LongStream.rangeClosed(1, 30).boxed().toList());
              there.getAll(LongStream.rangeClosed(1, 30).boxed().toList());
              return source.loads.size() <= 1; // the other took them from Redis
            });
    there.get(3L);
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () -> {
              int stock = source.rows.get(3L).stock() - 1;
              source.stock(3, stock);
              here.invalidate(List.of(3L));
              Thread.sleep(100);
              return there.get(3L).orElseThrow().stock() == stock;
            });
  }
}
