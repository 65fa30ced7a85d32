package dev.atalaya.agent.detect;

import dev.atalaya.agent.trace.HttpExchange;
import dev.atalaya.agent.trace.OperationStatistics;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.RpcCall;
import dev.atalaya.agent.trace.Template;
import dev.atalaya.agent.trace.UnitOfWork;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks at what one unit of work did: the kind of each operation, the cause of each, and which
 * belong together. A function of the statistics; it keeps nothing.
 */
final class WorkAnalyzer {
  /** Operations of any kind in a request that are too many, whatever they are. */
  static final int CHATTY = 50;

  private final Rules rules;

  WorkAnalyzer(Rules rules) {
    this.rules = rules;
  }

  /** What is in a unit of work. */
  static final class Analysis {
    /**
     * All operations that are of a kind, children included; in the order in which they began to
     * repeat.
     */
    final List<OperationSummary> classified = new ArrayList<>();

    /** Those that are findings of their own. */
    final List<OperationSummary> findings = new ArrayList<>();

    /** Executions that no kind accounts for. */
    int others;

    /** Whether they are too many for one unit of work. */
    boolean chatty;

    /** Where the most of the time went; null where nothing was called. */
    @Nullable OperationSummary heaviest;
  }

  Analysis analyze(UnitOfWork unit, String entryPoint) {
    Analysis all = new Analysis();
    Classifier classifier = new Classifier(rules, unit.kind(), entryPoint);
    List<OperationSummary> summaries = new ArrayList<>();
    List<OperationSummary> reads = new ArrayList<>();
    for (OperationStatistics statistics : unit.operations()) {
      OperationSummary summary = summary(statistics);
      if (summary == null) continue;
      summaries.add(summary);
      summary.reads = reads;
      if (statistics.isSource() && !isNoCause(summary)) reads.add(summary);
    }
    all.others = unit.beyond();
    for (OperationSummary summary : summaries) {
      if (summary.count > 1) summary.causedBy(Cause.of(summary, reads));
      summary.kind = classifier.classify(summary);
      if (all.heaviest == null || summary.totalNanos > all.heaviest.totalNanos) {
        all.heaviest = summary;
      }
      if (summary.kind == Kind.CHATTY) all.chatty = true;
      if (summary.kind != null) all.classified.add(summary);
      if (summary.kind == null || summary.kind == Kind.CHATTY) all.others += summary.count;
    }
    all.classified.sort(OperationSummary.FIRST_REPEATED);
    all.findings.addAll(Nesting.of(all.classified));
    all.chatty |= unit.kind() == Request.Kind.REQUEST && all.others > CHATTY;
    all.chatty &= !rules.ignoresEntryPoint(entryPoint) && !explains(all, unit.kind());
    return all;
  }

  /** Null where the operation is not known, as of a command never answered. */
  static @Nullable OperationSummary summary(OperationStatistics statistics) {
    Template template = statistics.first().template();
    if (template != null) {
      Traits traits = Families.traits(template);
      return new OperationSummary(statistics, traits.operation, traits);
    }
    HttpExchange http = statistics.first().http();
    if (http != null) return new OperationSummary(statistics, Operation.of(http), null);
    RpcCall call = statistics.first().rpc();
    return call == null ? null : new OperationSummary(statistics, Operation.of(call), null);
  }

  /** Whether most of what was called is told already, as repetitions. */
  private static boolean explains(Analysis all, Request.Kind kind) {
    int told = 0;
    for (OperationSummary finding : all.findings) {
      if (Confidence.of(finding, kind) < Confidence.REPORTED) continue;
      told += finding.count;
      for (OperationSummary child : finding.children) told += child.count;
    }
    return told > all.others;
  }

  private static boolean isNoCause(OperationSummary read) {
    Traits traits = read.traits;
    return traits != null && (traits.housekeeping || traits.sequence);
  }
}
