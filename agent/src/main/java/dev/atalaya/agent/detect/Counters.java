package dev.atalaya.agent.detect;

/**
 * Where findings, and what operations turned out to be, are counted; called on the worker's thread.
 */
public interface Counters {
  /** A finding showed itself in one unit of work more. */
  void finding(Kind kind, Severity severity, String entryPoint, String system);

  /** More time was wasted by a finding. */
  void wasted(Kind kind, String entryPoint, long nanos);

  /** An operation was classified; {@code told} where a finding came of it. */
  void classified(Kind kind, boolean told);
}
