package dev.atalaya.agent.trace;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong in the agent's own parts, which go on all the same: counted by part, each kind
 * told once. Errors end here, on whatever thread, so nothing is thrown, not even an {@code
 * OutOfMemoryError}.
 */
public final class Faults {
  /** Errors of one part whose place is looked for: that costs more than the error. */
  private static final int LOOKED_AT = 1_000;

  private static final int MOST_KINDS = 100;

  private final BiConsumer<String, Throwable> told;
  private final Map<String, AtomicLong> counts = new ConcurrentHashMap<>();
  private final Map<String, String> latest = new ConcurrentHashMap<>();
  private final Set<String> kinds = ConcurrentHashMap.newKeySet();

  /** {@code told} hears of the first of each kind, with the part it was in. */
  public Faults(BiConsumer<String, Throwable> told) {
    this.told = told;
  }

  /** Makes that part's count begin at 0: a rate misses the first error where there was no count. */
  void expect(String part) {
    counts.putIfAbsent(part, new AtomicLong());
  }

  public void add(String part, Throwable error) {
    try {
      long count = counts.computeIfAbsent(part, first -> new AtomicLong()).incrementAndGet();
      if (count > LOOKED_AT || kinds.size() >= MOST_KINDS) return;
      if (!kinds.add(part + error.getClass().getName() + place(error))) return;
      latest.put(part, String.valueOf(error));
      told.accept(part, error);
    } catch (Throwable lost) {
      // It is counted, or there was no memory even for that.
    }
  }

  private static @Nullable StackTraceElement place(Throwable error) {
    StackTraceElement[] stack = error.getStackTrace();
    return stack.length == 0 ? null : stack[0];
  }

  public Map<String, Long> counts() {
    Map<String, Long> all = new TreeMap<>();
    counts.forEach((part, count) -> all.put(part, count.get()));
    return all;
  }

  /** For the doctor: by part, how many there were, and the first of the latest kind. */
  public Map<String, String> summary() {
    Map<String, String> all = new TreeMap<>();
    latest.forEach((part, error) -> all.put(part, counts.get(part) + ", such as " + error));
    return all;
  }
}
