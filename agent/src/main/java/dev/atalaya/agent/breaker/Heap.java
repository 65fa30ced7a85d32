package dev.atalaya.agent.breaker;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import org.jspecify.annotations.Nullable;

/**
 * How full the heap is after collections: of its old generation, or of all of it where there is
 * none.
 *
 * <p>Not all collectors tell what the latest one left, and some tell it only of full collections,
 * which may be long ago. So it is the lesser of that and of the least that was in use in the last
 * ten seconds. As long as half of the heap is free, nothing is asked for and no bean is loaded.
 */
final class Heap {
  private static final double HALF = 0.5;
  private static final int SECONDS = 10;

  private final long[] used = new long[SECONDS];
  private int looks;
  private @Nullable MemoryPoolMXBean pool;
  private boolean unknown;

  /** To be called once a second; 0 while half of it is free, NaN where it cannot be known. */
  double share() {
    Runtime runtime = Runtime.getRuntime();
    long most = runtime.maxMemory();
    if (pool == null && runtime.totalMemory() - runtime.freeMemory() < HALF * most) return 0;
    if (pool == null && !unknown) {
      pool = pool();
      unknown = pool == null;
    }
    MemoryPoolMXBean old = pool;
    MemoryUsage now = old == null ? null : old.getUsage();
    if (old == null || now == null) return Double.NaN;
    MemoryUsage left = old.getCollectionUsage();
    if (left == null) return Double.NaN;
    return Math.min(least(now.getUsed()), left.getUsed()) / (double) capacity(now, most);
  }

  private long least(long inUse) {
    used[looks++ % SECONDS] = inUse;
    long least = inUse;
    for (int i = 0; i < Math.min(looks, SECONDS); i++) least = Math.min(least, used[i]);
    return least;
  }

  private static long capacity(MemoryUsage usage, long most) {
    return usage.getMax() > 0 ? Math.min(usage.getMax(), most) : most;
  }

  /** The pool of old objects: it has a usage threshold, which pools of new ones have not. */
  private static @Nullable MemoryPoolMXBean pool() {
    MemoryPoolMXBean largest = null;
    long most = -1;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      if (pool.getType() != MemoryType.HEAP || !pool.isUsageThresholdSupported()) continue;
      MemoryUsage usage = pool.getUsage();
      long capacity = usage == null ? 0 : Math.max(usage.getMax(), usage.getCommitted());
      boolean old = pool.getName().contains("Old") || pool.getName().contains("Tenured");
      if (old) return pool;
      if (capacity > most) {
        most = capacity;
        largest = pool;
      }
    }
    return largest;
  }
}
