package dev.atalaya.agent.trace;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that a thread has allocated, as the JVM counts them.
 *
 * <p>Ready only after {@link #start}: the management classes are many, and a server may want to
 * choose its MBean server first.
 */
public final class Allocated {
  private static volatile com.sun.management.@Nullable ThreadMXBean threads;

  private Allocated() {}

  /** Loads the JVM's bean; on JVMs without it nothing is counted. */
  public static void start() {
    try {
      ThreadMXBean bean = ManagementFactory.getThreadMXBean();
      if (bean instanceof com.sun.management.ThreadMXBean
          && ((com.sun.management.ThreadMXBean) bean).isThreadAllocatedMemorySupported()) {
        threads = (com.sun.management.ThreadMXBean) bean;
      }
    } catch (Throwable none) {
      // OpenJ9, or an image without the module.
    }
  }

  /** Below 0 where unknown. */
  static long byThisThread() {
    com.sun.management.ThreadMXBean bean = threads;
    return bean == null ? -1 : bean.getThreadAllocatedBytes(Thread.currentThread().getId());
  }
}
