package dev.atalaya.agent.detect;

import dev.atalaya.agent.trace.OperationStatistics;
import dev.atalaya.agent.trace.Repeats;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.Span;
import java.util.Collections;

/** What is done again and again where once would do; and counts what is right as it is. */
final class RepeatedOperations implements Detector {
  private final Counters counters;
  private final FindingReporter reporter;
  private final Suggestions suggestions;

  RepeatedOperations(Counters counters, FindingReporter reporter, Suggestions suggestions) {
    this.counters = counters;
    this.reporter = reporter;
    this.suggestions = suggestions;
  }

  /** Tells what has not been told; else its later figures. */
  @Override
  public void analyzed(Work work, WorkAnalyzer.Analysis all) {
    for (OperationSummary summary : all.classified) {
      Kind kind = summary.kind;
      if (kind != null && !kind.isFinding()) count(summary, false, work.progress);
    }
    for (OperationSummary summary : all.findings) {
      Kind kind = summary.kind;
      if (kind == null) continue;
      boolean told = report(summary, kind, work);
      if (!told && work.isLast) count(summary, false, work.progress);
    }
  }

  /** Counts what it and its parts are, each once per unit of work. */
  private void count(OperationSummary summary, boolean told, Progress progress) {
    Kind kind = summary.kind;
    if (kind != null && progress.counted.add(summary.statistics)) counters.classified(kind, told);
    for (OperationSummary child : summary.children) count(child, told, progress);
  }

  /** False where it is not sure enough, or nobody wants to hear of it. */
  private boolean report(OperationSummary summary, Kind kind, Work work) {
    double confidence = Confidence.of(summary, work.unit.kind());
    if (confidence < Confidence.REPORTED) return false;
    Progress progress = work.progress;
    Request exemplar = work.request == null ? exemplar(summary.statistics) : work.request;
    Occurrence known = progress.of(summary.statistics);
    if (known != null && known.kind == kind) {
      known.take(summary);
      return reporter.report(known, true, exemplar, progress);
    }
    Occurrence found = Occurrence.of(summary, kind, work.entryPoint, confidence, suggestions);
    boolean isNew = found.fingerprint.isEmpty();
    count(summary, reporter.wants(found), progress);
    progress.found(summary.statistics, found);
    if (!reporter.report(found, false, exemplar, progress)) return false;
    if (isNew) wantLines(summary);
    if (isNew && summary.traits != null && found.isWorded()) {
      summary.traits.keep(found.recall(summary));
    }
    if (work.request == null) exemplar.findings = Collections.singletonList(found);
    mark(summary, found);
    for (OperationSummary child : summary.children) mark(child, found);
    return true;
  }

  /** Asks for the call sites of what led to it. */
  private static void wantLines(OperationSummary finding) {
    int steps = 0;
    for (OperationSummary at = finding.cause; at != null && steps < 8; at = at.cause, steps++)
      at.wantLine();
    for (OperationSummary child : finding.children) if (child.cause != null) child.cause.wantLine();
  }

  /**
   * Outside of requests and jobs each call is a trace: the first tells of all, or the last where
   * the first was let go unexported.
   */
  private static Request exemplar(OperationStatistics statistics) {
    Request first = statistics.first().request();
    Repeats more = statistics.repeats();
    Span last = more == null ? null : more.last();
    return first.isGone() && last != null ? last.request() : first;
  }

  private static void mark(OperationSummary summary, Occurrence found) {
    Repeats spans = summary.statistics.repeats();
    if (spans != null) spans.finding(found.fingerprint);
  }
}
