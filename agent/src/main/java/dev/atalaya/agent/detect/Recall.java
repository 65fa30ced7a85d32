package dev.atalaya.agent.detect;

import dev.atalaya.agent.callsite.CallSite;
import org.jspecify.annotations.Nullable;

/**
 * The texts of a finding as they were worked out when it was seen last, kept with its statement: a
 * finding of every request would have them worked out in every request.
 */
final class Recall {
  private final Kind kind;
  private final String entryPoint;
  private final @Nullable String cause;
  private final @Nullable CallSite site;
  private final int count;
  private final int children;

  /** The number of different values where the suggestion says it; else 0. */
  private final int fewValues;

  /** How many of the reads that ran once have a call site, which the suggestion may name. */
  private final int lines;

  final String fingerprint;
  final String problem;
  final @Nullable Fix fix;

  Recall(
      OperationSummary s,
      Kind kind,
      String entryPoint,
      String fingerprint,
      String problem,
      @Nullable Fix fix) {
    this.kind = kind;
    this.entryPoint = entryPoint;
    cause = s.cause == null ? null : s.cause.operation.text;
    site = s.site;
    count = s.count;
    children = s.children.size();
    fewValues = fewValues(s);
    lines = lines(s);
    this.fingerprint = fingerprint;
    this.problem = problem;
    this.fix = fix;
  }

  boolean isOf(OperationSummary s, Kind kind, String entryPoint) {
    String text = s.cause == null ? null : s.cause.operation.text;
    return this.kind == kind
        && count == s.count
        && children == s.children.size()
        && fewValues == fewValues(s)
        && lines == lines(s)
        && this.entryPoint.equals(entryPoint)
        && (text == null ? cause == null : text.equals(cause))
        && (site == s.site || site != null && s.site != null && site.isSameLine(s.site));
  }

  private static int lines(OperationSummary s) {
    int lines = 0;
    for (OperationSummary read : s.reads) if (read.count == 1 && read.site != null) lines++;
    return lines;
  }

  private static int fewValues(OperationSummary s) {
    return s.hasFewValues() ? s.distinct : 0;
  }
}
