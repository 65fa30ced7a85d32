package dev.atalaya.agent.kept;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The traces that are kept, within bounds. Where there is no room, the oldest goes of what there
 * are most examples of, so that the rare one stays; those that tell less count for more. Filled by
 * the worker, read by any thread.
 */
final class TraceStore {
  static final int MOST_BYTES = 3 << 20;
  static final int MOST = 500;

  /** Of an entry point without a problem or an error. */
  static final int MOST_PLAIN = 3;

  /** The oldest first. */
  private final Map<String, KeptTrace> byId = new LinkedHashMap<>();

  /** How many there are of each example. */
  private final Map<String, Integer> counts = new HashMap<>();

  private int bytes;

  synchronized @Nullable KeptTrace get(String id) {
    return byId.get(id);
  }

  /** Takes a trace; one that it has already it counts anew, as {@code change} makes it. */
  synchronized void put(KeptTrace trace, Runnable change) {
    if (byId.putIfAbsent(trace.id, trace) != null) count(trace, -1);
    change.run();
    count(trace, 1);
    String example = trace.example();
    if (trace.isPlain() && counts.getOrDefault(example, 0) > MOST_PLAIN) remove(oldest(example));
    while (bytes > MOST_BYTES || byId.size() > MOST) remove(oldest(mostFrequent()));
  }

  /** The newest first. */
  synchronized List<Map<String, Object>> list(Predicate<KeptTrace> wanted, int most) {
    List<KeptTrace> all = new ArrayList<>(byId.values());
    Collections.reverse(all);
    List<Map<String, Object>> list = new ArrayList<>();
    for (KeptTrace trace : all) {
      if (list.size() < most && wanted.test(trace)) list.add(trace.json());
    }
    return list;
  }

  /** The encoded spans of one; null where it is not there. */
  synchronized @Nullable List<byte[]> portions(String id) {
    KeptTrace trace = byId.get(id);
    return trace == null ? null : trace.portions();
  }

  synchronized int bytes() {
    return bytes;
  }

  synchronized int size() {
    return byId.size();
  }

  private void count(KeptTrace trace, int sign) {
    bytes += sign * trace.bytes();
    int count = counts.getOrDefault(trace.example(), 0) + sign;
    if (count == 0) counts.remove(trace.example());
    else counts.put(trace.example(), count);
  }

  private void remove(KeptTrace trace) {
    count(trace, -1);
    byId.remove(trace.id);
  }

  private String mostFrequent() {
    String most = "";
    int times = 0;
    for (KeptTrace trace : byId.values()) {
      int count = trace.weight() * counts.getOrDefault(trace.example(), 0);
      if (count <= times) continue;
      most = trace.example();
      times = count;
    }
    return most;
  }

  private KeptTrace oldest(String example) {
    for (KeptTrace trace : byId.values()) if (trace.example().equals(example)) return trace;
    throw new IllegalStateException(example);
  }
}
