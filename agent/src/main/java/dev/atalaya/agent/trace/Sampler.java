package dev.atalaya.agent.trace;

/** Decides at a trace's start whether its spans are exported. Any thread may ask. */
public interface Sampler {
  Sampler ALWAYS = (high, low, name, parent) -> true;
  Sampler NEVER = (high, low, name, parent) -> false;

  /** What the caller decided, where there is one. */
  enum Parent {
    NONE,
    SAMPLED,
    UNSAMPLED
  }

  boolean sample(long traceIdHigh, long traceIdLow, String name, Parent parent);

  /** The caller's decision, else {@code root}'s. */
  static Sampler parentBased(Sampler root) {
    return (high, low, name, parent) ->
        parent == Parent.NONE ? root.sample(high, low, name, parent) : parent == Parent.SAMPLED;
  }

  /** As OpenTelemetry's TraceIdRatioBased: the low 63 bits of the id against the ratio. */
  static Sampler ratio(double ratio) {
    if (!(ratio > 0)) return NEVER;
    if (ratio >= 1) return ALWAYS;
    long bound = (long) (ratio * Long.MAX_VALUE);
    return (high, low, name, parent) -> (low & Long.MAX_VALUE) < bound;
  }
}
