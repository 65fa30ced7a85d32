package dev.atalaya.agent.detect;

import dev.atalaya.agent.trace.OpenThreads;
import dev.atalaya.agent.trace.Span;

/** Finds one sort of thing in units of work, and tells of it; on the worker's thread. */
interface Detector {
  /** Calls of it have ended, and their spans were handed over. */
  default void callsEnded(Work work) {}

  /** What it did so far was analyzed: when it ends, and now and then before. */
  default void analyzed(Work work, WorkAnalyzer.Analysis all) {}

  /** A call that has begun has not ended yet. */
  default void goesOn(OpenThreads.Seen thread, Span call, long nowNanos) {}
}
