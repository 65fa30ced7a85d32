package shop.cache;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/**
 * What a database is to the shop: values that change, reads that are counted and may be held up.
 */
final class Source implements Loader<Long, Source.Good> {
  record Good(String name, BigDecimal price, int stock) {}

  final Map<Long, Good> rows = new ConcurrentHashMap<>();
  final List<List<Long>> loads = new CopyOnWriteArrayList<>();
  volatile @Nullable CountDownLatch begun;
  volatile @Nullable CountDownLatch mayEnd;
  volatile long millis;
  volatile @Nullable RuntimeException failure;

  Source() {
    for (long id = 1; id <= 30; id++) {
      stock(id, 10);
    }
  }

  void stock(long id, int stock) {
    rows.put(id, new Good("Good " + id, new BigDecimal("12.50"), stock));
  }

  TieredCache<Long, Good> cachedBy(Instance instance) {
    return instance.caches.create(
        "good", new TypeReference<Good>() {}, 1000, Duration.ofMinutes(5), this);
  }

  @Override
  public Map<Long, Good> load(Collection<Long> ids) {
    loads.add(List.copyOf(ids));
    if (failure != null) {
      throw failure;
    }
    Map<Long, Good> read = new HashMap<>(rows);
    read.keySet().retainAll(ids);
    try {
      if (begun != null) {
        begun.countDown();
        mayEnd.await();
      }
      Thread.sleep(millis);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
    return read;
  }
}
