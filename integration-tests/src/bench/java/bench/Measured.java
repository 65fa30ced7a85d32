package bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/** What the JDBC calls of each request cost their own thread; keeps the first 100,000 requests. */
public final class Measured {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final long[] cpu = new long[100_000];
  private final long[] bytes = new long[cpu.length];
  private final AtomicInteger count = new AtomicInteger();

  static long threadCpu() {
    return THREADS.getCurrentThreadCpuTime();
  }

  static long threadBytes() {
    return THREADS.getCurrentThreadAllocatedBytes();
  }

  void add(long cpuNanos, long allocated) {
    int index = count.getAndIncrement();
    if (index < cpu.length) {
      cpu[index] = cpuNanos;
      bytes[index] = allocated;
    }
  }

  void reset() {
    count.set(0);
  }

  int count() {
    return Math.min(count.get(), cpu.length);
  }

  /** The median request's nanoseconds for one call: a request that was interrupted counts once. */
  double cpuPerCall() {
    long[] sorted = Arrays.copyOf(cpu, count());
    Arrays.sort(sorted);
    return sorted.length == 0 ? 0 : (double) sorted[sorted.length / 2] / JdbcServlet.CALLS;
  }

  double bytesPerCall() {
    return Arrays.stream(bytes, 0, count()).average().orElse(0) / JdbcServlet.CALLS;
  }

  double medianBytesPerCall() {
    long[] sorted = Arrays.copyOf(bytes, count());
    Arrays.sort(sorted);
    return sorted.length == 0 ? 0 : (double) sorted[sorted.length / 2] / JdbcServlet.CALLS;
  }
}
