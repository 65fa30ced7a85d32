package dev.atalaya.agent.detect;

import dev.atalaya.agent.trace.Repeats;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.agent.trace.Tally;
import java.util.Collections;

/** What is done again and again where once would do; and counts what is right as it is. */
final class RepeatedOperations implements Detector {
  private final Counters counters;
  private final FindingReporter telling;
  private final Suggestions suggestions;

  RepeatedOperations(Counters counters, FindingReporter telling, Suggestions suggestions) {
    this.counters = counters;
    this.telling = telling;
    this.suggestions = suggestions;
  }

  /** Tells what has not been told; else its later figures. */
  @Override
  public void analyzed(Work work, WorkAnalyzer.Analysis all) {
    for (Suspect suspect : all.classified) {
      Kind kind = suspect.kind;
      if (kind != null && !kind.isFinding()) count(suspect, false, work.progress);
    }
    for (Suspect suspect : all.findings) {
      Kind kind = suspect.kind;
      if (kind == null) continue;
      boolean told = tell(suspect, kind, work);
      if (!told && work.isLast) count(suspect, false, work.progress);
    }
  }

  /** Counts what it and its parts are, each once a unit of work. */
  private void count(Suspect suspect, boolean told, Progress progress) {
    Kind kind = suspect.kind;
    if (kind != null && progress.counted.add(suspect.tally)) counters.classified(kind, told);
    for (Suspect child : suspect.children) count(child, told, progress);
  }

  /** False where it is not sure enough, or nobody wants to hear of it. */
  private boolean tell(Suspect suspect, Kind kind, Work work) {
    double confidence = Confidence.of(suspect, work.scope.kind());
    if (confidence < Confidence.REPORTED) return false;
    Progress progress = work.progress;
    Request telltale = work.request == null ? telltale(suspect.tally) : work.request;
    Occurrence known = progress.of(suspect.tally);
    if (known != null && known.kind == kind) {
      known.take(suspect);
      return telling.tell(known, true, telltale, progress);
    }
    Occurrence found = Occurrence.of(suspect, kind, work.entryPoint, confidence, suggestions);
    boolean isNew = found.fingerprint.isEmpty();
    count(suspect, telling.wants(found), progress);
    progress.found(suspect.tally, found);
    if (!telling.tell(found, false, telltale, progress)) return false;
    if (isNew) wantLines(suspect);
    if (isNew && suspect.traits != null) suspect.traits.keep(new Recall(found, suspect));
    if (work.request == null) telltale.findings = Collections.singletonList(found);
    mark(suspect, found);
    for (Suspect child : suspect.children) mark(child, found);
    return true;
  }

  /** What led to it is to be named by its line. */
  private static void wantLines(Suspect finding) {
    int steps = 0;
    for (Suspect at = finding.cause; at != null && steps < 8; at = at.cause, steps++) at.wantLine();
    for (Suspect child : finding.children) if (child.cause != null) child.cause.wantLine();
  }

  /**
   * Outside of requests and jobs each call is a trace: the first tells of all, or the last where
   * the first was let go unexported.
   */
  private static Request telltale(Tally tally) {
    Request first = tally.first().request();
    Repeats more = tally.repeats();
    Span last = more == null ? null : more.last();
    return first.isGone() && last != null ? last.request() : first;
  }

  private static void mark(Suspect suspect, Occurrence found) {
    Repeats spans = suspect.tally.repeats();
    if (spans != null) spans.finding(found.fingerprint);
  }
}
