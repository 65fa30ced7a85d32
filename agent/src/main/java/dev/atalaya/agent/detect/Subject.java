package dev.atalaya.agent.detect;

import dev.atalaya.agent.callsite.CallSite;
import org.jspecify.annotations.Nullable;

/** An operation that something is to be changed about. */
public final class Subject {
  public final Kind kind;
  public final Operation operation;

  /** The read whose rows each led to one operation; or null. */
  public final @Nullable Operation cause;

  public final @Nullable CallSite site;

  /** How often the operation ran in the unit of work. */
  public final int count;

  /** What all but one round trip in a hundred cost. */
  public final double wastedMillis;

  /** All that is known of it in its unit of work; null of a call that was slow. */
  public final @Nullable OperationSummary figures;

  public Subject(
      Kind kind,
      Operation operation,
      @Nullable Operation cause,
      @Nullable CallSite site,
      int count,
      double wastedMillis,
      @Nullable OperationSummary figures) {
    this.kind = kind;
    this.operation = operation;
    this.cause = cause;
    this.site = site;
    this.count = count;
    this.wastedMillis = wastedMillis;
    this.figures = figures;
  }

  /** Whether it was called through that library. */
  public boolean passed(CallSite.Library library) {
    return site != null && site.passed(library);
  }
}
