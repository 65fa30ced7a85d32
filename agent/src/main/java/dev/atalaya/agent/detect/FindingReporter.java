package dev.atalaya.agent.detect;

import dev.atalaya.agent.trace.Request;
import org.jspecify.annotations.Nullable;

/** Gives an occurrence its names, keeps its trace, and hands it to the findings. */
final class FindingReporter {
  private final Rules rules;
  private final Findings findings;
  private final Counters counters;

  FindingReporter(Rules rules, Findings findings, Counters counters) {
    this.rules = rules;
    this.findings = findings;
    this.counters = counters;
  }

  /**
   * False where the user does not want to hear of it.
   *
   * @param again it was told before: these are later figures of the same unit of work
   * @param request the trace that tells of it, or null
   */
  boolean report(Occurrence found, boolean again, @Nullable Request request, Progress progress) {
    if (!wants(found)) {
      if (!again) counters.classified(Kind.IGNORED, false);
      return false;
    }
    found.unitNanos = progress.nanos(request);
    if (request != null) {
      keep(request, "finding");
      if (found.kind.isSlow()) keep(request, "slow");
      if (rules.exportsTraces() && request.isExported() && !request.isGone()) {
        found.traceId = request.traceId();
      }
    }
    if (!again) progress.found.add(found);
    findings.add(found, again);
    return true;
  }

  /** Whether the user wants to hear of it. */
  boolean wants(Occurrence found) {
    name(found);
    return !rules.ignoresFingerprint(found.fingerprint) && !rules.ignoresFingerprint(found.problem);
  }

  void name(Occurrence found) {
    if (!found.fingerprint.isEmpty()) return;
    Kind kind = found.kind;
    String service = findings.serviceName();
    String where = found.entryPoint;
    found.fingerprint = Fingerprint.finding(kind, service, where, found.operation, found.site);
    found.problem = Fingerprint.problem(kind, service, where, found.operation, found.site);
  }

  /** Has the trace exported whatever the sampler said, where the user wants such traces. */
  void keep(Request request, String why) {
    if (rules.keeps(why)) request.keep();
  }
}
