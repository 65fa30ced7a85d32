package dev.atalaya.agent.detect;

/** Where findings and verdicts are counted; called on the worker's thread. */
public interface Counters {
  /** A finding showed itself in one unit of work more. */
  void finding(Kind kind, Severity severity, String entryPoint, String system);

  /** More time was wasted by a finding. */
  void wasted(Kind kind, String entryPoint, long nanos);

  /** An operation was judged; {@code told} where a finding came of it. */
  void verdict(Kind kind, boolean told);
}
