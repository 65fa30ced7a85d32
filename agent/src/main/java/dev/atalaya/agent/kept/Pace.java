package dev.atalaya.agent.kept;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Of each example one trace a second, and within it one that took longer than those before: a
 * service in which every request has its problem must not encode every request twice.
 */
final class Pace {
  private static final long NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int MOST = 1_000;

  private final Map<Long, Last> examples =
      new LinkedHashMap<Long, Last>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Last> eldest) {
          return size() > MOST;
        }
      };

  boolean allows(long example, long durationNanos) {
    long now = System.nanoTime();
    Last last = examples.computeIfAbsent(example, made -> new Last());
    boolean isDue = last.longest < 0 || now - last.nanos >= NANOS;
    if (!isDue && durationNanos <= last.longest) return false;
    if (isDue) last.nanos = now;
    last.longest = durationNanos;
    return true;
  }

  private static final class Last {
    long nanos;
    long longest = -1;
  }
}
