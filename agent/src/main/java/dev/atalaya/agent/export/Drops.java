package dev.atalaya.agent.export;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

/** Counts what was not exported, by reason. */
final class Drops {
  enum Reason {
    /** The queue was full, as the target was slow or away. */
    EXPORT_QUEUE_FULL,
    /** The target refused it for good. */
    REJECTED,
    /** The target put it off for longer than an export may take. */
    TIMEOUT,
    /** Nothing is configured for export, and nobody listens at the default address. */
    NO_COLLECTOR,
    /** The process ended before it was delivered. */
    SHUTDOWN
  }

  private static final Reason[] REASONS = Reason.values();

  private final AtomicLongArray counts = new AtomicLongArray(REASONS.length);

  void add(Reason reason, long count) {
    if (count > 0) counts.addAndGet(reason.ordinal(), count);
  }

  long total() {
    long total = 0;
    for (int i = 0; i < REASONS.length; i++) total += counts.get(i);
    return total;
  }

  /** All reasons, also those that never occurred. */
  Map<String, Long> byReason() {
    Map<String, Long> counted = new LinkedHashMap<>();
    for (Reason reason : REASONS) {
      counted.put(reason.name().toLowerCase(java.util.Locale.ROOT), counts.get(reason.ordinal()));
    }
    return counted;
  }
}
