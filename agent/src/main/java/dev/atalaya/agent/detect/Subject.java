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

  /** Whether it was called through a library that has the tag. */
  public boolean passed(String tag) {
    return site != null && site.passed(tag);
  }

  /** Whether statements read by one value what one statement could read by many. */
  public boolean readsOneByOne() {
    return operation.isSql() && kind.isNPlusOne() && !operation.isWrite();
  }

  /** Whether statements write one by one what a batch could send. */
  public boolean writesOneByOne() {
    return operation.isSql() && kind.isNPlusOne() && operation.isWrite();
  }

  /** Whether a mapper reads it of itself, lazily or with its owner. */
  public boolean isLoaded() {
    return site != null && site.isLoading();
  }

  /** The library's method that the application called, without its class; or null. */
  public @Nullable String called() {
    String called = site == null ? null : site.called;
    return called == null ? null : called.substring(called.lastIndexOf('.') + 1);
  }

  /** The application's method that calls: {@code OrderService.list}; null where it is not known. */
  public @Nullable String caller() {
    if (site == null) return null;
    StackTraceElement top = site.top();
    String type = top.getClassName();
    String simple = type.substring(Math.max(type.lastIndexOf('.'), type.lastIndexOf('$')) + 1);
    return simple + "." + top.getMethodName();
  }

  /** The application's code above the call, which a caller of it may repeat. */
  public String loop() {
    String caller = caller();
    return caller == null ? "the loop" : caller + ", or the loop that calls it";
  }
}
