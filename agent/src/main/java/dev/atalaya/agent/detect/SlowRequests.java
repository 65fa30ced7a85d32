package dev.atalaya.agent.detect;

import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.RpcCall;
import dev.atalaya.agent.trace.Span;
import org.jspecify.annotations.Nullable;

/** Requests that took too long. */
final class SlowRequests implements Detector {
  private final Rules rules;
  private final Counters counters;
  private final FindingReporter reporter;

  SlowRequests(Rules rules, Counters counters, FindingReporter reporter) {
    this.rules = rules;
    this.counters = counters;
    this.reporter = reporter;
  }

  @Override
  public void analyzed(Work work, WorkAnalyzer.Analysis all) {
    Request request = work.request;
    if (request == null || request.kind() != Request.Kind.REQUEST || !work.progress.ended) return;
    if (isStream(request.root())) return;
    long nanos = work.progress.nanos(request);
    long threshold = rules.slowRequest(work.entryPoint);
    if (nanos < threshold) return;
    if (rules.ignoresEntryPoint(work.entryPoint)) {
      counters.classified(Kind.IGNORED, false);
      return;
    }
    long waited = request.unit().poolWaitNanos();
    String suggestion =
        suggestion(all.heaviest)
            + Suggestion.connections(nanos, waited, request.unit().heldMeanwhileNanos());
    Occurrence found =
        new Occurrence(Kind.SLOW_REQUEST, work.entryPoint, 1, null, null, null, suggestion);
    found.took(nanos, threshold);
    found.poolWaitNanos = waited;
    counters.classified(Kind.SLOW_REQUEST, reporter.wants(found));
    reporter.report(found, false, request, work.progress);
  }

  /** It is open as long as its client wants more of it. */
  private static boolean isStream(@Nullable Span root) {
    RpcCall call = root == null ? null : root.rpc();
    return call != null && call.streams();
  }

  private static String suggestion(@Nullable OperationSummary heaviest) {
    return heaviest == null
        ? Suggestion.slowRequest(null, null, 0, 0)
        : Suggestion.slowRequest(
            heaviest.operation, heaviest.site, heaviest.count, heaviest.totalNanos / 1e6);
  }
}
