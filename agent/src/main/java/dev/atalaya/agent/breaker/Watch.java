package dev.atalaya.agent.breaker;

import java.util.function.LongSupplier;

/**
 * Reads what the agent costs, once a second, and lets the breaker decide.
 *
 * <p>What the agent adds to requests is looked at only where it is worth a twentieth of a core: the
 * share alone says nothing where there is little to do.
 */
public final class Watch {
  private static final long PERIOD_NANOS = 1_000_000_000L;

  /** Until then an application starts, and so do the agent's threads. */
  private static final long START_NANOS = 20_000_000_000L;

  private static final double WORTH_IT = 0.05 * Share.WINDOW_NANOS;

  private final Breaker breaker;
  private final LongSupplier cpuNanos;
  private final LongSupplier addedNanos;
  private final LongSupplier ownNanos;
  private final Heap heap = new Heap();
  private final Share cpu = new Share();
  private final Share overhead = new Share();
  private final long started = System.nanoTime();
  private long looked = started;

  /**
   * All in nanoseconds, growing.
   *
   * @param cpu of the agent's own threads
   * @param added by the agent to units of work that have ended
   * @param own what these took
   */
  public Watch(Breaker breaker, LongSupplier cpu, LongSupplier added, LongSupplier own) {
    this.breaker = breaker;
    this.cpuNanos = cpu;
    this.addedNanos = added;
    this.ownNanos = own;
  }

  /** To be called some times a second; the stage that holds from here on. */
  public Stage look() {
    long now = System.nanoTime();
    if (now - looked < PERIOD_NANOS) return breaker.stage();
    looked = now;
    return breaker.look(new Costs(heap(), cpu(now), overhead(now)), now);
  }

  private double heap() {
    try {
      return heap.share();
    } catch (LinkageError absent) {
      return Double.NaN; // a runtime without the module java.management does not say
    }
  }

  private double cpu(long now) {
    if (now - started < START_NANOS) return Double.NaN;
    try {
      long nanos = cpuNanos.getAsLong();
      return nanos < 0 ? Double.NaN : cpu.of(nanos, now - started, now, 0);
    } catch (LinkageError absent) {
      return Double.NaN;
    }
  }

  private double overhead(long now) {
    return overhead.of(addedNanos.getAsLong(), ownNanos.getAsLong(), now, WORTH_IT);
  }
}
