package dev.atalaya.agent.trace;

import java.time.Instant;

/**
 * Wall-clock nanoseconds of a {@link System#nanoTime} reading.
 *
 * <p>One offset for all spans, so that the times of a trace agree with each other; the worker sets
 * it anew each minute, as the two clocks drift apart.
 */
public final class Clock {
  private static volatile long offset = read();

  private Clock() {}

  public static long epochNanos(long nanoTime) {
    return nanoTime + offset;
  }

  static void adjust() {
    offset = read();
  }

  private static long read() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano() - System.nanoTime();
  }
}
