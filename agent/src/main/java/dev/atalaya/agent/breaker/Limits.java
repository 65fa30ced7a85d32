package dev.atalaya.agent.breaker;

/** What the agent may cost, as shares; they may change at any time. */
public interface Limits {
  boolean isOn();

  /** How full the heap may be after collections. */
  double heap();

  /** What the agent's own threads may use of one core. */
  double cpu();

  /** What the agent may add to requests, of their own time. */
  double overhead();

  /** How long all costs must be well before the agent goes one stage up. */
  long calmNanos();
}
