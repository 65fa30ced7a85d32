package dev.atalaya.agent.metrics;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The JVM's platform threads by state, and the CPU time of those that are the agent's, which are
 * known by their names.
 */
final class Threads {
  private static final String OWN = "atalaya-";

  /** By id, as they were at the last reading; what ended since is in {@link #endedNanos}. */
  private Map<Long, Long> ownNanos = new HashMap<>();

  private long endedNanos;

  /** CPU time of the agent's own threads so far; below 0 where the JVM does not say. */
  synchronized long ownNanos() {
    ThreadMXBean bean = ManagementFactory.getThreadMXBean();
    if (!isTimed(bean)) return -1;
    Map<Long, Long> own = new HashMap<>();
    for (Thread thread : all()) {
      if (thread == null) break;
      addOwn(thread, bean, own);
    }
    return ownNanos(own);
  }

  synchronized void read(Snapshot into) {
    Map<String, int[]> byState = new TreeMap<>();
    ThreadMXBean bean = ManagementFactory.getThreadMXBean();
    boolean timed = isTimed(bean);
    Map<Long, Long> own = new HashMap<>();
    for (Thread thread : all()) {
      if (thread == null) break;
      String state = thread.getState().name().toLowerCase(Locale.ROOT);
      byState.computeIfAbsent(state, added -> new int[2])[thread.isDaemon() ? 1 : 0]++;
      if (timed) addOwn(thread, bean, own);
    }
    byState.forEach(
        (state, counts) -> {
          if (counts[0] > 0) into.add(Metric.JVM_THREADS, counts[0], "false", state);
          if (counts[1] > 0) into.add(Metric.JVM_THREADS, counts[1], "true", state);
        });
    if (timed) into.add(Metric.OVERHEAD, ownNanos(own) / 1e9);
  }

  private static boolean isTimed(ThreadMXBean bean) {
    return bean.isThreadCpuTimeSupported() && bean.isThreadCpuTimeEnabled();
  }

  private static void addOwn(Thread thread, ThreadMXBean bean, Map<Long, Long> own) {
    if (!thread.getName().startsWith(OWN)) return;
    long nanos = bean.getThreadCpuTime(thread.getId());
    if (nanos >= 0) own.put(thread.getId(), nanos);
  }

  private long ownNanos(Map<Long, Long> own) {
    ownNanos.forEach(
        (id, nanos) -> {
          if (!own.containsKey(id)) endedNanos += nanos;
        });
    ownNanos = own;
    long sum = endedNanos;
    for (long nanos : own.values()) sum += nanos;
    return sum;
  }

  /** Filled up with null. Stops no thread, unlike the bean's dump. */
  private static Thread[] all() {
    ThreadGroup root = Thread.currentThread().getThreadGroup();
    try {
      for (ThreadGroup up = root.getParent(); up != null; up = up.getParent()) root = up;
    } catch (SecurityException kept) {
      // Then those of our own group.
    }
    Thread[] threads;
    int count;
    do {
      threads = new Thread[root.activeCount() + 64];
      count = root.enumerate(threads);
    } while (count == threads.length);
    return threads;
  }
}
