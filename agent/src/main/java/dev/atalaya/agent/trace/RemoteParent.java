package dev.atalaya.agent.trace;

import org.jspecify.annotations.Nullable;

/** What the caller of a request sent along: its trace and span, or only whether to sample. */
final class RemoteParent {
  static final RemoteParent NONE =
      new RemoteParent(0, 0, 0, Sampler.Parent.NONE, false, null, null);

  final long traceIdHigh;
  final long traceIdLow;
  final long spanId;
  final Sampler.Parent sampled;
  final boolean debug;
  final @Nullable String traceState;
  final @Nullable String baggage;

  RemoteParent(
      long traceIdHigh,
      long traceIdLow,
      long spanId,
      Sampler.Parent sampled,
      boolean debug,
      @Nullable String traceState,
      @Nullable String baggage) {
    this.traceIdHigh = traceIdHigh;
    this.traceIdLow = traceIdLow;
    this.spanId = spanId;
    this.sampled = sampled;
    this.debug = debug;
    this.traceState = traceState;
    this.baggage = baggage;
  }

  /** No trace, only whether to sample one. */
  static RemoteParent wish(Sampler.Parent sampled, boolean debug) {
    if (sampled == Sampler.Parent.NONE) return NONE;
    return new RemoteParent(0, 0, 0, sampled, debug, null, null);
  }

  boolean present() {
    return spanId != 0;
  }

  RemoteParent with(@Nullable String state, @Nullable String baggage) {
    return new RemoteParent(traceIdHigh, traceIdLow, spanId, sampled, debug, state, baggage);
  }
}
