package dev.atalaya.agent.detect;

import dev.atalaya.agent.callsite.CallSite;
import dev.atalaya.agent.callsite.Callers;
import dev.atalaya.agent.trace.SlowCall;
import dev.atalaya.agent.trace.Span;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A finding as it showed itself in one unit of work. */
public final class Occurrence {
  public final Kind kind;
  public final String entryPoint;
  public final double confidence;

  /** Null for what is found of a whole unit of work. */
  public final @Nullable Operation operation;

  public final @Nullable Operation cause;

  /** Where the cause was read; null where unknown, as it mostly is at the first occurrence. */
  public final @Nullable CallSite causeSite;

  /** Read by the cause; below 0 where unknown. */
  public final long causeRows;

  /** Whether its rows are those of a join, which may have multiplied them. */
  boolean joined;

  public final @Nullable CallSite site;
  public final String suggestion;

  /** The suggestion with all that a line has no room for; null where the line has all of it. */
  @Nullable Fix fix;

  volatile List<Part> children = Collections.emptyList();

  /** The stacks that it was called from, those most often first; none where there is but one. */
  volatile List<Callers.Caller> callers = Collections.emptyList();

  String fingerprint = "";

  /** The name of what is to be mended, which may be found at other entry points too. */
  String problem = "";

  public int count = 1;

  /** Executions of the statement that ran most often, among this one and the children's. */
  int most = 1;

  public int distinct = 1;
  public long totalNanos;
  public long wastedNanos;

  /** {@link #wastedNanos} with that of the children. */
  long wastedInAllNanos;

  /** Which of its finding's occurrences it is, from 0; below 0 until it is counted. */
  int slot = -1;

  /** How much of {@link #wastedInAllNanos} is counted in the metrics already. */
  long countedNanos;

  /** The whole unit of work. */
  long unitNanos;

  double distinctRatio = 1;
  double hitRatio = -1;
  public boolean parallel;

  // Of slow calls and requests.
  long thresholdNanos;
  long poolWaitNanos;
  long rows = -1;
  public boolean running;

  /** The trace that its spans are a part of, 32 hex digits; null where it is not exported. */
  @Nullable String traceId;

  Occurrence(
      Kind kind,
      String entryPoint,
      double confidence,
      @Nullable Operation operation,
      @Nullable OperationSummary cause,
      @Nullable CallSite site,
      String suggestion) {
    this.kind = kind;
    this.entryPoint = entryPoint;
    this.confidence = confidence;
    this.operation = operation;
    this.cause = cause == null ? null : cause.operation;
    this.causeSite = cause == null ? null : cause.site;
    this.causeRows = cause == null ? -1 : cause.rows;
    this.site = site;
    this.suggestion = suggestion;
  }

  public String fingerprint() {
    return fingerprint;
  }

  public String problem() {
    return problem;
  }

  static Occurrence of(
      OperationSummary s,
      Kind kind,
      String entryPoint,
      double confidence,
      Suggestions suggestions) {
    Recall known =
        s.traits != null && Families.of(s.operation).saysTheSame()
            ? s.traits.recall(s, kind, entryPoint)
            : null;
    Fix fix = known != null && known.fix != null ? known.fix : suggestions.of(s, kind);
    Occurrence found =
        new Occurrence(kind, entryPoint, confidence, s.operation, s.cause, s.site, fix.summary);
    found.fix = fix;
    found.take(s);
    if (known == null) return found;
    found.fingerprint = known.fingerprint;
    found.problem = known.problem;
    return found;
  }

  /** False where making the suggestion failed. */
  boolean isWorded() {
    return fix != Suggestions.WORDLESS;
  }

  /** Its texts, for when it is found again. */
  Recall recall(OperationSummary s) {
    return new Recall(s, kind, entryPoint, fingerprint, problem, fix);
  }

  /** Takes the place of {@code announced}, the same occurrence told when less was known. */
  void follows(Occurrence announced) {
    fingerprint = announced.fingerprint;
    problem = announced.problem;
    countedNanos = announced.countedNanos;
    slot = announced.slot;
  }

  /** Adds an earlier occurrence of the same; the longer of the two times counts. */
  void goesOn(Occurrence before) {
    follows(before);
    count += before.count;
    took(Math.max(totalNanos, before.totalNanos), thresholdNanos);
  }

  boolean isCounted() {
    return slot >= 0;
  }

  void took(long nanos, long threshold) {
    totalNanos = nanos;
    wastedNanos = wastedInAllNanos = nanos - threshold;
    thresholdNanos = threshold;
  }

  /** Later figures of the same unit of work. */
  void take(OperationSummary s) {
    count = most = s.count;
    joined = s.fit == Cause.Fit.JOIN;
    distinct = s.distinct;
    totalNanos = s.totalNanos;
    wastedNanos = s.wastedNanos();
    distinctRatio = s.distinctRatio();
    hitRatio = Families.of(s.operation).hitRatio(s);
    parallel = s.parallel;
    callers = s.callers();
    wastedInAllNanos = wastedNanos;
    if (s.children.isEmpty()) return;
    List<Part> parts = new ArrayList<>(s.children.size()); // others may be reading the last ones
    for (OperationSummary child : s.children) {
      parts.add(new Part(child));
      wastedInAllNanos += child.wastedNanos();
      most = Math.max(most, child.count);
    }
    children = parts;
  }

  static Occurrence of(
      SlowCall slow,
      Operation operation,
      @Nullable CallSite site,
      String entryPoint,
      Suggestions suggestions) {
    Span span = slow.span;
    long nanos = span.durationNanos() + span.fetchNanos();
    Occurrence found = slow(operation, entryPoint, site, nanos, slow.thresholdNanos, suggestions);
    found.poolWaitNanos = slow.poolWaitNanos;
    found.rows = span.rows();
    return found;
  }

  static Occurrence slow(
      Operation operation,
      String entryPoint,
      @Nullable CallSite site,
      long nanos,
      long thresholdNanos,
      Suggestions suggestions) {
    String suggestion = suggestions.slow(operation, site, (nanos - thresholdNanos) / 1e6);
    Occurrence found =
        new Occurrence(Kind.SLOW_QUERY, entryPoint, 1, operation, null, site, suggestion);
    found.took(nanos, thresholdNanos);
    return found;
  }

  public Severity severity() {
    return kind.severity().of(most, totalNanos, wastedInAllNanos, unitNanos, thresholdNanos);
  }

  /** One of the operations that belong to a finding. */
  static final class Part {
    final Operation operation;
    final @Nullable CallSite site;
    final List<Callers.Caller> callers;
    final int count;
    final double distinctRatio;
    final double hitRatio;
    final long totalNanos;
    final long wastedNanos;
    final boolean parallel;

    Part(OperationSummary s) {
      operation = s.operation;
      site = s.site;
      callers = s.callers();
      count = s.count;
      distinctRatio = s.distinctRatio();
      hitRatio = Families.of(s.operation).hitRatio(s);
      totalNanos = s.totalNanos;
      wastedNanos = s.wastedNanos();
      parallel = s.parallel;
    }
  }
}
