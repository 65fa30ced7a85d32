package dev.atalaya.agent.metrics;

import dev.atalaya.agent.trace.Distribution;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Connection pools: held weakly, their sizes read from their own getters when somebody asks,
 * waiting and use counted by name. Pools of one name, as a redeployed application has, count
 * together.
 */
final class Pools {
  private static final int MAX_POOLS = 1_000;

  private final Series<Figures> byName = new Series<>(1, Figures::new);
  private volatile Watched[] watched = {}; // few: a scan beats a map, and takes no lock

  void watch(@Nullable String system, Object pool) {
    if (find(pool) == null) add(system, pool);
  }

  Figures figures(Object pool) {
    Watched known = find(pool);
    if (known == null) known = add(null, pool);
    Figures figures = known.figures;
    if (figures == null) {
      String name = PoolGetters.name(pool);
      figures = byName.get(name == null ? known.fallbackName : name);
      known.figures = figures;
    }
    return figures;
  }

  void read(Snapshot into) {
    Map<String, int[]> sums = new TreeMap<>();
    for (Watched one : watched) {
      Object pool = one.pool.get();
      Object core = pool == null ? null : PoolGetters.core(pool);
      if (pool == null || core == null) continue;
      int[] sum = sums.computeIfAbsent(figures(pool).name, added -> new int[4]);
      sum[0] += PoolGetters.used(core);
      sum[1] += PoolGetters.idle(core);
      sum[2] += PoolGetters.max(core);
      sum[3] += PoolGetters.pending(core);
    }
    sums.forEach(
        (name, sum) -> {
          into.add(Metric.POOL_COUNT, sum[0], name, "used");
          into.add(Metric.POOL_COUNT, sum[1], name, "idle");
          if (sum[2] > 0) into.add(Metric.POOL_MAX, sum[2], name);
          if (sum[3] >= 0) into.add(Metric.POOL_PENDING, sum[3], name);
        });
    byName.forEach(
        (labels, figures) -> {
          into.add(Metric.POOL_WAIT, figures.wait, labels);
          into.add(Metric.POOL_USE, figures.use, labels);
          into.add(Metric.POOL_TIMEOUTS, figures.timeouts.sum(), labels);
        });
    purge();
  }

  private @Nullable Watched find(Object pool) {
    for (Watched one : watched) if (one.pool.get() == pool) return one;
    return null;
  }

  private synchronized Watched add(@Nullable String system, Object pool) {
    Watched known = find(pool);
    if (known != null) return known;
    purge();
    int count = watched.length;
    Watched added = new Watched(pool, (system == null ? "pool" : system) + "-" + (count + 1));
    if (count < MAX_POOLS) {
      Watched[] longer = Arrays.copyOf(watched, count + 1);
      longer[count] = added;
      watched = longer;
    }
    return added;
  }

  private synchronized void purge() {
    Watched[] alive = new Watched[watched.length];
    int count = 0;
    for (Watched one : watched) if (one.pool.get() != null) alive[count++] = one;
    if (count < alive.length) watched = Arrays.copyOf(alive, count);
  }

  /** What is counted for the pools of one name. */
  static final class Figures {
    final String name;
    final Distribution wait = new Distribution(Metric.POOL_WAIT.rawBounds());
    final Distribution use = new Distribution(Metric.POOL_USE.rawBounds());
    final LongAdder timeouts = new LongAdder();

    Figures(String[] labels) {
      name = labels[0];
    }
  }

  private static final class Watched {
    final WeakReference<Object> pool;
    final String fallbackName;
    volatile @Nullable Figures figures;

    Watched(Object pool, String fallbackName) {
      this.pool = new WeakReference<>(pool);
      this.fallbackName = fallbackName;
    }
  }
}
