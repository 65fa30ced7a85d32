package dev.atalaya.agent.metrics;

import dev.atalaya.agent.trace.Distribution;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ClassLoadingMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.lang.management.OperatingSystemMXBean;
import java.util.List;

/**
 * The JVM by the semantic conventions' metrics, from its platform beans, without an MBean server.
 *
 * <p>Garbage collections are not listened for: their count and time are looked at with each of the
 * worker's ticks. Those that fall between two looks, and those before the first, count as equal.
 */
final class Jvm {
  private static final long UTILIZATION_NANOS = 10_000_000_000L;

  private final List<GarbageCollectorMXBean> collectors =
      ManagementFactory.getGarbageCollectorMXBeans();
  private final long[] collections = new long[collectors.size()];
  private final long[] collectionMillis = new long[collectors.size()];
  private final Series<Distribution> durations =
      new Series<>(2, labels -> new Distribution(Metric.JVM_GC_DURATION.rawBounds()));
  private final Threads threads = new Threads();

  private long markNanos;
  private long markCpuNanos;
  private double utilization = -1;

  void read(Snapshot into) {
    memory(into);
    collections();
    into.add(Metric.JVM_GC_DURATION, durations);
    threads.read(into);
    ClassLoadingMXBean classes = ManagementFactory.getClassLoadingMXBean();
    into.add(Metric.JVM_CLASSES_LOADED, classes.getTotalLoadedClassCount());
    into.add(Metric.JVM_CLASSES_UNLOADED, classes.getUnloadedClassCount());
    into.add(Metric.JVM_CLASSES, classes.getLoadedClassCount());
    into.add(Metric.JVM_CPU_COUNT, Runtime.getRuntime().availableProcessors());
    try {
      cpu(into);
    } catch (LinkageError absent) {
      // A runtime without the module jdk.management does not say.
    }
    for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
      into.add(Metric.JVM_BUFFER_USED, pool.getMemoryUsed(), pool.getName());
      into.add(Metric.JVM_BUFFER_LIMIT, pool.getTotalCapacity(), pool.getName());
      into.add(Metric.JVM_BUFFERS, pool.getCount(), pool.getName());
    }
  }

  long ownNanos() {
    return threads.ownNanos();
  }

  synchronized void collections() {
    for (int i = 0; i < collections.length; i++) {
      GarbageCollectorMXBean collector = collectors.get(i);
      long fresh = collector.getCollectionCount() - collections[i];
      if (fresh <= 0) continue;
      long millis = Math.max(0, collector.getCollectionTime() - collectionMillis[i]);
      collections[i] += fresh;
      collectionMillis[i] += millis;
      Distribution series = durations.get(action(collector.getName()), collector.getName());
      long nanos = millis * 1_000_000 / fresh;
      for (long n = 0; n < fresh; n++) series.record(nanos);
    }
  }

  /** What the JVM's own notification would call it. */
  private static String action(String collector) {
    if (collector.endsWith("Pauses")) return "end of GC pause";
    if (collector.endsWith("Cycles")) return "end of GC cycle";
    switch (collector) {
      case "G1 Concurrent GC":
        return "end of concurrent GC pause";
      case "G1 Old Generation":
      case "PS MarkSweep":
      case "MarkSweepCompact":
      case "ConcurrentMarkSweep":
        return "end of major GC";
      default:
        return "end of minor GC";
    }
  }

  private static void memory(Snapshot into) {
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      String type = pool.getType() == MemoryType.HEAP ? "heap" : "non_heap";
      String name = pool.getName();
      MemoryUsage usage = pool.getUsage();
      if (usage == null) continue; // the pool is no more
      into.add(Metric.JVM_MEMORY_USED, usage.getUsed(), type, name);
      into.add(Metric.JVM_MEMORY_COMMITTED, usage.getCommitted(), type, name);
      if (usage.getMax() >= 0) into.add(Metric.JVM_MEMORY_LIMIT, usage.getMax(), type, name);
      MemoryUsage after = pool.getCollectionUsage();
      if (after != null) into.add(Metric.JVM_MEMORY_AFTER_GC, after.getUsed(), type, name);
    }
  }

  private void cpu(Snapshot into) {
    OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
    if (!(system instanceof com.sun.management.OperatingSystemMXBean)) return;
    long nanos = ((com.sun.management.OperatingSystemMXBean) system).getProcessCpuTime();
    if (nanos < 0) return;
    into.add(Metric.JVM_CPU_TIME, nanos / 1e9);
    into.add(Metric.JVM_CPU_UTILIZATION, utilization(System.nanoTime(), nanos));
  }

  /**
   * Over 10 s or what lies between two readings, whichever is longer; the JVM's own figure depends
   * on who else has read it.
   */
  private synchronized double utilization(long now, long cpuNanos) {
    if (utilization < 0) {
      long upMillis = Math.max(1, ManagementFactory.getRuntimeMXBean().getUptime());
      mark(now, cpuNanos, upMillis * 1_000_000, cpuNanos);
    } else if (now - markNanos >= UTILIZATION_NANOS) {
      mark(now, cpuNanos, now - markNanos, cpuNanos - markCpuNanos);
    }
    return utilization;
  }

  private void mark(long now, long cpuNanos, long wall, long used) {
    double all = (double) wall * Runtime.getRuntime().availableProcessors();
    utilization = Math.max(0, Math.min(1, used / all));
    markNanos = now;
    markCpuNanos = cpuNanos;
  }
}
