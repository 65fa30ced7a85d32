package dev.atalaya.agent.detect;

import dev.atalaya.agent.callsite.CallSite;
import dev.atalaya.agent.callsite.Callers;
import dev.atalaya.agent.sql.SqlText;
import dev.atalaya.agent.trace.OperationStatistics;
import dev.atalaya.agent.trace.Repeats;
import dev.atalaya.agent.trace.Span;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One operation of a unit of work, in figures: what its statistics say at one moment. */
public final class OperationSummary {
  private static final double DOMINANT = 0.6;

  static final Comparator<OperationSummary> FIRST_REPEATED =
      (one, other) -> Long.signum(one.startNanos() - other.startNanos());

  final OperationStatistics statistics;
  public final Operation operation;
  final @Nullable Traits traits;
  final int count;
  final int errors;
  final long totalNanos;
  final long gapNanos;

  /** Different sets of values; 0 where not all of them were seen. */
  final int distinct;

  final long varied;
  final double listLength;

  /** Read by all executions; below 0 where none were counted. */
  final long rows;

  public final @Nullable CallSite site;
  final double siteShare;
  final boolean parallel;

  /** When the last of the ended executions began. */
  final long lastStartNanos;

  /** Null where there is nothing to say of it. */
  @Nullable Kind kind;

  /** What led to it; null where nothing that was seen accounts for it. */
  public @Nullable OperationSummary cause;

  Cause.@Nullable Fit fit;

  /** Executions before the cause, which have nothing to do with the repeats. */
  int before;

  /** All reads of the unit of work that something may follow from. */
  public List<OperationSummary> reads = Collections.emptyList();

  /** What belongs to this finding: operations within its loop, or beside it. */
  public final List<OperationSummary> children = new ArrayList<>(0);

  OperationSummary(OperationStatistics statistics, Operation operation, @Nullable Traits traits) {
    this.statistics = statistics;
    this.operation = operation;
    this.traits = traits;
    Span first = statistics.first();
    Repeats more = statistics.repeats();
    boolean ended = first.endNanos() != 0;
    count = statistics.count();
    totalNanos = (ended ? first.durationNanos() : 0) + (more == null ? 0 : more.nanos());
    errors = (first.failure() == null ? 0 : 1) + (more == null ? 0 : more.errors());
    gapNanos = more == null ? 0 : more.gapNanos();
    distinct = more == null ? 1 : Math.min(count, more.distinct());
    varied = more == null ? 0 : more.varied();
    listLength = more == null ? 0 : more.listLength();
    rows = statistics.rows();
    site = more == null ? null : count == 1 ? more.once() : more.callers().site();
    siteShare = more == null ? 0 : more.callers().lineShare();
    parallel = more != null && 2 * more.overlaps() >= count;
    Span last = more == null ? first : more.last();
    lastStartNanos = last == null ? first.startNanos() : last.startNanos();
  }

  long averageNanos() {
    return totalNanos / Math.max(1, count);
  }

  /** What all but one round trip in a hundred cost. */
  long wastedNanos() {
    return (count - (count + 99) / 100) * averageNanos();
  }

  /** Whether most executions that were looked at were called from one line of code. */
  boolean isFromOneLine() {
    return siteShare >= DOMINANT;
  }

  /** Whether most executions asked for what another had asked for. */
  boolean hasFewValues() {
    return distinct > 0 && (distinct < 3 || 5 * distinct <= count);
  }

  /** Whether each execution was of the same key, of a command on keys. */
  public boolean hasOneKey() {
    Repeats more = statistics.repeats();
    return more != null && more.hasOneSubject();
  }

  /** Below 0 where that is not known. */
  double distinctRatio() {
    return distinct == 0 ? -1 : Math.min(1, (double) distinct / Math.max(1, count));
  }

  void causedBy(@Nullable Cause found) {
    cause = found == null ? null : found.read;
    fit = found == null ? null : found.fit;
    before = found == null ? 0 : found.before;
  }

  /** Whether the cause's rows are the count, give or take a tenth, or the different values. */
  boolean isMatched() {
    return fit != null && fit.compareTo(Cause.Fit.TENTH) <= 0;
  }

  /** Whether it was repeated and each time found a row, give or take a tenth. */
  boolean isRowEach() {
    return count > 1 && Math.abs(rows - count) * 10 <= count;
  }

  /** When the repeats began. */
  long startNanos() {
    return statistics.startNanos(before + 1);
  }

  /** How often it was repeated, without what came before. */
  int repeated() {
    return count - before;
  }

  /** Has its call site looked for, where it ran only once and that is not known yet. */
  public void wantLine() {
    if (count == 1 && site == null && operation.template != null) operation.template.wantLine();
  }

  /** Whether the other's repeats are between those of this one. */
  boolean interleaves(OperationSummary other) {
    return goesOn(other.startNanos(), other.lastStartNanos);
  }

  /** Whether it was repeated before {@code from}, and again before {@code until}. */
  boolean goesOn(long from, long until) {
    int begun = statistics.begunBefore(from);
    if (begun <= before || count <= begun) return false;
    return begun < Repeats.STARTS
        ? statistics.startNanos(begun + 1) - until < 0
        : lastStartNanos - from > 0;
  }

  /** The last execution before that moment, as far as its beginning is known. */
  long lastStartBefore(long nanos) {
    if (lastStartNanos - nanos < 0) return lastStartNanos;
    return statistics.startNanos(Math.max(1, statistics.begunBefore(nanos)));
  }

  /** Only positions in such contexts ever varied, and some did. */
  boolean variesOnlyIn(byte context, byte orContext) {
    if (varied == 0 || operation.template == null) return false;
    byte[] contexts = operation.template.contexts;
    for (int i = 0; i < contexts.length; i++) {
      if ((varied & 1L << i) != 0 && contexts[i] != context && contexts[i] != orContext) {
        return false;
      }
    }
    return true;
  }

  /** A list that is bound as one array tells no length. */
  boolean bindsArray() {
    if (operation.template == null || listLength > 0) return false;
    for (byte context : operation.template.contexts) if (context == SqlText.IN) return true;
    return false;
  }

  public boolean startsAfter(OperationSummary other) {
    return statistics.first().startNanos() - other.statistics.first().startNanos() > 0;
  }

  /** The stacks that it was called from, those most often first; none where there is but one. */
  List<Callers.Caller> callers() {
    Repeats more = statistics.repeats();
    return more == null ? Collections.<Callers.Caller>emptyList() : more.callers().all();
  }

  /** The class and method of the call site, or empty. */
  String method() {
    return method(site);
  }

  static String method(@Nullable CallSite site) {
    return site == null ? "" : site.top().getClassName() + "#" + site.top().getMethodName();
  }
}
