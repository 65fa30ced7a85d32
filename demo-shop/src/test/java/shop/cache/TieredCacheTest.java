package shop.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/** Two instances of the shop, as far as caches go, with one Redis. */
class TieredCacheTest {
  private static RealServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Source source = new Source();
  private Instance one;
  private Instance other;
  private TieredCache<Long, Source.Good> here;
  private TieredCache<Long, Source.Good> there;

  @BeforeAll
  static void startRedis() throws Exception {
    server = RealServer.redis();
  }

  @AfterAll
  static void stopRedis() throws Exception {
    server.close();
  }

  @BeforeEach
  void open() throws Exception {
    one = new Instance(server);
    other = new Instance(server);
    here = source.cachedBy(one);
    there = source.cachedBy(other);
    server.send("FLUSHALL");
  }

  @AfterEach
  void close() throws Exception {
    threads.shutdownNow();
    one.close();
    other.close();
  }

  @Test
  void value_is_loaded_once_for_all_instances() {
    assertThat(here.get(1L).orElseThrow().price()).isEqualTo(new BigDecimal("12.50"));
    assertThat(here.get(1L)).isEqualTo(there.get(1L));

    assertThat(source.loads).containsExactly(List.of(1L));
    assertThat(here.nearStats().hitCount()).isEqualTo(1);
  }

  @Test
  void many_values_take_one_command_to_find_and_one_load_for_the_rest() {
    here.getAll(ids(1, 5));
    Properties before = commands();

    assertThat(there.getAll(ids(1, 24)).keySet()).containsExactlyElementsOf(ids(1, 24));

    assertThat(source.loads).hasSize(2);
    assertThat(source.loads.get(1)).containsExactlyElementsOf(ids(6, 24));
    assertThat(calls("mget") - calls("mget", before)).isEqualTo(1);
    assertThat(calls("evalsha") - calls("evalsha", before)).isEqualTo(2); // lease, fill
    assertThat(there.getAll(ids(1, 24))).hasSize(24);
    assertThat(calls("mget") - calls("mget", before)).isEqualTo(1);
  }

  @Test
  void what_does_not_exist_is_not_kept_and_keeps_nobody_waiting() {
    assertThat(here.get(99L)).isEmpty();
    assertThat(within(Duration.ofMillis(100), () -> there.get(99L))).isEmpty();
    source.stock(99, 1);

    assertThat(here.get(99L)).isPresent();
  }

  @Test
  void fifty_threads_make_one_load() throws Exception {
    source.millis = 200;

    assertThat(together(50, i -> here.get(1L).orElseThrow().stock())).containsOnly(10);

    assertThat(source.loads).hasSize(1);
  }

  @Test
  void fifty_threads_of_two_instances_make_one_load() throws Exception {
    source.millis = 150;

    assertThat(together(50, i -> (i % 2 == 0 ? here : there).get(1L).orElseThrow().stock()))
        .containsOnly(10);

    assertThat(source.loads).hasSize(1);
  }

  @Test
  void a_loader_that_is_stuck_elsewhere_is_not_waited_for_long() throws Exception {
    stuck();
    Future<?> never = threads.submit(() -> here.get(1L));
    source.begun.await();
    source.begun = null;

    assertThat(within(Duration.ofSeconds(1), () -> there.get(1L))).isPresent();

    source.mayEnd.countDown();
    never.get();
  }

  @Test
  void overlapping_pages_wait_for_each_other_and_never_for_ever() throws Exception {
    source.millis = 5;
    for (int round = 0; round < 20; round++) {
      long first = round % 5 + 1;
      together(20, i -> here.getAll(ids(first + i % 7, first + i % 7 + 9)).size());
      here.invalidate(ids(1, 30));
    }
    assertThat(source.loads).hasSizeLessThan(20 * 20);
  }

  @Test
  void failed_load_fails_all_who_wait_and_the_next_loads_again() throws Exception {
    source.millis = 100;
    source.failure = new IllegalStateException("The database is away");
    assertThatThrownBy(() -> here.get(1L)).isSameAs(source.failure);

    source.failure = null;
    assertThat(within(Duration.ofMillis(250), () -> there.get(1L))).isPresent();
    assertThat(here.get(1L)).isPresent();
  }

  @Test
  void invalidation_arrives_in_the_other_instance() {
    here.get(1L);
    there.get(1L);
    source.stock(1, 9);

    here.invalidate(List.of(1L));

    assertThat(here.get(1L).orElseThrow().stock()).isEqualTo(9);
    Awaitility.await().until(() -> there.get(1L).orElseThrow().stock() == 9);
  }

  @Test
  void load_from_before_an_invalidation_does_not_come_back_here() throws Exception {
    stuck();
    Future<?> old = threads.submit(() -> here.get(1L));
    source.begun.await();
    source.stock(1, 9);
    source.begun = null;

    here.invalidate(List.of(1L));
    assertThat(here.get(1L).orElseThrow().stock()).isEqualTo(9); // while the old load still runs
    source.mayEnd.countDown();
    old.get();

    assertThat(here.get(1L).orElseThrow().stock()).isEqualTo(9);
    assertThat(there.get(1L).orElseThrow().stock()).isEqualTo(9); // from Redis
    assertThat(source.loads).hasSize(2);
  }

  @Test
  void load_from_before_an_invalidation_elsewhere_does_not_come_back_anywhere() throws Exception {
    stuck();
    Future<?> old = threads.submit(() -> there.get(1L));
    source.begun.await();
    source.stock(1, 9);
    source.begun = null;

    here.invalidate(List.of(1L));
    Thread.sleep(200); // the message's way
    source.mayEnd.countDown();
    old.get();

    assertThat(there.get(1L).orElseThrow().stock()).isEqualTo(9);
    assertThat(here.get(1L).orElseThrow().stock()).isEqualTo(9);
  }

  @Test
  void invalidation_waits_for_the_commit() {
    here.get(1L);
    source.stock(1, 9);

    transaction()
        .executeWithoutResult(
            status -> {
              here.invalidate(List.of(1L));
              assertThat(one.redis.keys("shop:test:*")).hasSize(1);
            });

    assertThat(one.redis.keys("shop:test:*")).isEmpty();
    assertThat(here.get(1L).orElseThrow().stock()).isEqualTo(9);
  }

  @Test
  void rollback_invalidates_nothing() {
    here.get(1L);

    transaction()
        .executeWithoutResult(
            status -> {
              here.invalidate(List.of(1L));
              status.setRollbackOnly();
            });

    here.get(1L);
    assertThat(source.loads).hasSize(1);
  }

  @Test
  void cache_is_not_asked_within_a_transaction() {
    assertThatThrownBy(() -> transaction().execute(status -> here.get(1L)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void who_was_cut_off_from_the_news_drops_everything() throws Exception {
    there.get(1L);
    source.stock(1, 9);
    one.redis.delete(one.redis.keys("shop:test:*"));
    assertThat(there.get(1L).orElseThrow().stock()).isEqualTo(10);

    server.send("CLIENT KILL TYPE pubsub");

    Awaitility.await().until(() -> there.get(1L).orElseThrow().stock() == 9);
  }

  @Test
  void value_that_nobody_can_read_is_loaded() {
    here.get(1L);
    String key = one.redis.keys("shop:test:*").iterator().next();
    one.redis.opsForValue().set(key, "{\"name\":");

    assertThat(there.get(1L)).isPresent();
  }

  private void stuck() {
    source.begun = new CountDownLatch(1);
    source.mayEnd = new CountDownLatch(1);
  }

  private static List<Long> ids(long from, long to) {
    return LongStream.rangeClosed(from, to).boxed().toList();
  }

  private interface Task<T> {
    T run(int number) throws Exception;
  }

  private <T> List<T> together(int count, Task<T> task) throws Exception {
    CyclicBarrier start = new CyclicBarrier(count);
    List<Future<T>> running = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int number = i;
      running.add(
          threads.submit(
              () -> {
                start.await();
                return task.run(number);
              }));
    }
    List<T> results = new ArrayList<>();
    for (Future<T> result : running) {
      results.add(result.get());
    }
    return results;
  }

  private static <T> T within(Duration limit, Callable<T> task) {
    long start = System.nanoTime();
    try {
      T result = task.call();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(limit);
      return result;
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private Properties commands() {
    return one.redis.execute(redis -> redis.serverCommands().info("commandstats"), true);
  }

  private int calls(String command) {
    return calls(command, commands());
  }

  private static int calls(String command, Properties stats) {
    String line = stats.getProperty("cmdstat_" + command, "calls=0,");
    return Integer.parseInt(line.replaceAll("calls=(\\d+),.*", "$1"));
  }

  /** Begins and ends transactions of nothing, with all that Spring does around them. */
  private static TransactionTemplate transaction() {
    return new TransactionTemplate(
        new AbstractPlatformTransactionManager() {
          @Override
          protected Object doGetTransaction() {
            return new Object();
          }

          @Override
          protected void doBegin(Object transaction, TransactionDefinition definition) {}

          @Override
          protected void doCommit(DefaultTransactionStatus status) {}

          @Override
          protected void doRollback(DefaultTransactionStatus status) {}
        });
  }
}
