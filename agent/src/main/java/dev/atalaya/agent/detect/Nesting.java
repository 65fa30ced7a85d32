package dev.atalaya.agent.detect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts findings of one unit of work under those that they are a part of: N+1s first, as they are
 * what is mended.
 */
final class Nesting {
  private final List<OperationSummary> findings = new ArrayList<>();
  private final Map<OperationSummary, OperationSummary> parents = new HashMap<>();

  /** Those that are findings of their own, with the others as their children. */
  static List<OperationSummary> of(List<OperationSummary> classified) {
    Nesting all = new Nesting();
    for (OperationSummary summary : classified) if (isRepetition(summary)) all.place(summary);
    for (OperationSummary summary : classified) {
      Kind kind = summary.kind;
      boolean other = kind != null && kind.isOfOperation() && !kind.isNPlusOne();
      if (other) all.place(summary);
    }
    all.findings.sort(OperationSummary.FIRST_REPEATED);
    return all.findings;
  }

  private void place(OperationSummary summary) {
    OperationSummary parent = parent(summary);
    if (parent == null) {
      findings.add(summary);
      return;
    }
    OperationSummary outermost = parent;
    for (OperationSummary above; (above = parents.get(outermost)) != null; ) outermost = above;
    parents.put(summary, outermost);
    outermost.children.add(summary);
  }

  /** Of the findings so far, with their children, the one that this one belongs to; or null. */
  private @Nullable OperationSummary parent(OperationSummary summary) {
    for (OperationSummary finding : findings) {
      if (belongs(summary, finding)) return finding;
      for (OperationSummary child : finding.children) if (belongs(summary, child)) return finding;
    }
    return null;
  }

  private static boolean belongs(OperationSummary summary, OperationSummary to) {
    if (isRepetition(summary) && isRepetition(to)) {
      if (to.statistics.isSource() && to.interleaves(summary)) return true;
      if (isSameLoop(summary, to)) return true;
      // A look-aside cache is asked for each item, the database for those that it does not have.
      return to.kind == Kind.N_PLUS_ONE_CACHE
          && isSameMethod(summary, to)
          && summary.cause == to.cause
          && summary.count <= to.count
          && to.interleaves(summary);
    }
    boolean fewValues =
        to.kind == Kind.DUPLICATE_QUERY || to.kind == Kind.N_PLUS_ONE && to.hasFewValues();
    return summary.kind == Kind.DUPLICATE_QUERY && fewValues && isSameLoop(summary, to);
  }

  /** Whether the same rows lead to both, at one line, or each time at one method. */
  private static boolean isSameLoop(OperationSummary summary, OperationSummary to) {
    if (summary.cause != to.cause && summary.cause != to) return false;
    if (summary.cause != null && summary.site != null && to.site != null) {
      if (summary.site.isSameLine(to.site)) return true;
    }
    return isSameMethod(summary, to) && summary.repeated() == to.repeated();
  }

  private static boolean isSameMethod(OperationSummary summary, OperationSummary to) {
    return !summary.method().isEmpty() && summary.method().equals(to.method());
  }

  private static boolean isRepetition(OperationSummary summary) {
    Kind kind = summary.kind;
    return kind != null && kind.isNPlusOne();
  }
}
