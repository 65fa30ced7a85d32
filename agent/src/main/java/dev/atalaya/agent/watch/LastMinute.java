package dev.atalaya.agent.watch;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells what came in the last minute from what is counted since the start: every ten seconds it
 * writes down how far the counts are, and a minute later takes that off.
 */
final class LastMinute {
  private static final long EVERY_NANOS = 10_000_000_000L;
  private static final long MINUTE_NANOS = 60_000_000_000L;

  private final Supplier<Map<String, Calls>> counts;

  /** The oldest first: it alone may be older than a minute. */
  private final Deque<Moment> moments = new ArrayDeque<>();

  /**
   * @param startNanos when the counts began: all that they have by now may be of the last minute
   */
  LastMinute(Supplier<Map<String, Calls>> counts, long startNanos, long now) {
    this.counts = counts;
    if (now - startNanos < MINUTE_NANOS) {
      moments.add(new Moment(startNanos, Collections.<String, Calls>emptyMap()));
    }
    look(now);
  }

  synchronized void look(long now) {
    Moment last = moments.peekLast();
    if (last != null && now - last.nanos < EVERY_NANOS) return;
    Map<String, Calls> counted = new HashMap<>(counts.get());
    // Most have not been called since: they need not be kept twice.
    if (last != null) counted.replaceAll((name, calls) -> same(calls, last.calls.get(name)));
    moments.add(new Moment(now, counted));
    while (moments.size() > 1 && now - second().nanos >= MINUTE_NANOS) moments.remove();
  }

  private static Calls same(Calls calls, @Nullable Calls known) {
    return known != null && known.count() == calls.count() ? known : calls;
  }

  private Moment second() {
    Iterator<Moment> all = moments.iterator();
    all.next();
    return all.next();
  }

  /** How long the minute is at that time: less at first, and up to ten seconds more. */
  synchronized double seconds(long now) {
    return Math.round((now - moments.element().nanos) / 1e8) / 10.0;
  }

  /** What came in it of what has come to {@code calls} by now. */
  synchronized Calls of(String name, Calls calls) {
    Calls earlier = moments.element().calls.get(name);
    return earlier == null ? calls : calls.minus(earlier);
  }

  private static final class Moment {
    final long nanos;
    final Map<String, Calls> calls;

    Moment(long nanos, Map<String, Calls> calls) {
      this.nanos = nanos;
      this.calls = calls;
    }
  }
}
