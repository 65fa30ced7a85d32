package dev.atalaya.agent.detect;

import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.Scope;
import dev.atalaya.agent.trace.Tally;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks at what one unit of work did: a verdict for each operation, the cause of each, and which
 * belong together. A function of the tallies; it keeps nothing.
 */
final class Judge {
  /** Operations of any kind in a request that are too many, whatever they are. */
  static final int CHATTY = 50;

  private static final Comparator<Suspect> FIRST_REPEATED =
      (one, other) -> Long.signum(one.startNanos() - other.startNanos());

  private final Rules rules;

  Judge(Rules rules) {
    this.rules = rules;
  }

  /** What is in a unit of work. */
  static final class Case {
    /**
     * All operations that have a verdict, children included; in the order in which they began to
     * repeat.
     */
    final List<Suspect> judged = new ArrayList<>();

    /** Those that are findings of their own. */
    final List<Suspect> findings = new ArrayList<>();

    /** Operations of any kind that no verdict accounts for. */
    int others;

    /** Whether they are too many for one unit of work. */
    boolean chatty;

    /** Where the most of the time went; null where nothing was called. */
    @Nullable Suspect heaviest;
  }

  Case judge(Scope scope, String entryPoint) {
    Case all = new Case();
    Verdict verdict = new Verdict(rules, scope.kind(), entryPoint);
    List<Suspect> suspects = new ArrayList<>();
    List<Suspect> reads = new ArrayList<>();
    for (Tally tally : scope.tallies()) {
      Suspect suspect = Suspect.of(tally);
      if (suspect == null) continue;
      suspects.add(suspect);
      suspect.reads = reads;
      if (tally.isSource() && !isBesidesThePoint(suspect)) reads.add(suspect);
    }
    all.others = scope.beyond();
    for (Suspect suspect : suspects) {
      if (suspect.count > 1) suspect.causedBy(Cause.of(suspect, reads));
      suspect.verdict = verdict.of(suspect);
      if (all.heaviest == null || suspect.totalNanos > all.heaviest.totalNanos) {
        all.heaviest = suspect;
      }
      if (suspect.verdict == Kind.CHATTY) all.chatty = true;
      if (suspect.verdict != null) all.judged.add(suspect);
      if (suspect.verdict == null || suspect.verdict == Kind.CHATTY) all.others += suspect.count;
    }
    all.judged.sort(FIRST_REPEATED);
    nest(all);
    all.chatty |= scope.kind() == Request.Kind.REQUEST && all.others > CHATTY;
    all.chatty &= !rules.ignoresEntryPoint(entryPoint) && !explains(all, scope.kind());
    return all;
  }

  /** Whether most of what was called is told already, as repetitions. */
  private static boolean explains(Case all, Request.Kind kind) {
    int told = 0;
    for (Suspect finding : all.findings) {
      if (Confidence.of(finding, kind) < Confidence.REPORTED) continue;
      told += finding.count;
      for (Suspect child : finding.children) told += child.count;
    }
    return told > all.others;
  }

  private static boolean isBesidesThePoint(Suspect read) {
    Traits traits = read.traits;
    return traits != null && (traits.housekeeping || traits.sequence);
  }

  /** Puts findings under those that they are a part of: N+1s first, as they are what is mended. */
  private static void nest(Case all) {
    Map<Suspect, Suspect> parents = new HashMap<>();
    for (Suspect suspect : all.judged) if (isRepetition(suspect)) place(suspect, all, parents);
    for (Suspect suspect : all.judged) {
      Kind verdict = suspect.verdict;
      // Chatty is the unit of work, not one of its operations.
      boolean other = verdict != null && verdict.isFinding() && verdict != Kind.CHATTY;
      if (other && !isRepetition(suspect)) place(suspect, all, parents);
    }
    all.findings.sort(FIRST_REPEATED);
  }

  private static void place(Suspect suspect, Case all, Map<Suspect, Suspect> parents) {
    Suspect parent = parent(suspect, all.findings);
    if (parent == null) {
      all.findings.add(suspect);
      return;
    }
    Suspect outermost = parent;
    for (Suspect above; (above = parents.get(outermost)) != null; ) outermost = above;
    parents.put(suspect, outermost);
    outermost.children.add(suspect);
  }

  /** Of the findings so far, with their children, the one that this one belongs to; or null. */
  private static @Nullable Suspect parent(Suspect suspect, List<Suspect> findings) {
    for (Suspect finding : findings) {
      if (belongs(suspect, finding)) return finding;
      for (Suspect child : finding.children) if (belongs(suspect, child)) return finding;
    }
    return null;
  }

  private static boolean belongs(Suspect suspect, Suspect to) {
    if (isRepetition(suspect) && isRepetition(to)) {
      if (to.tally.isSource() && to.interleaves(suspect)) return true;
      if (isSameLoop(suspect, to)) return true;
      // A look-aside cache is asked for each item, the database for those that it does not have.
      return to.verdict == Kind.N_PLUS_ONE_CACHE
          && isSameMethod(suspect, to)
          && suspect.cause == to.cause
          && suspect.count <= to.count
          && to.interleaves(suspect);
    }
    boolean fewValues =
        to.verdict == Kind.DUPLICATE_QUERY || to.verdict == Kind.N_PLUS_ONE && to.hasFewValues();
    return suspect.verdict == Kind.DUPLICATE_QUERY && fewValues && isSameLoop(suspect, to);
  }

  /** Whether the same rows lead to both, at one line, or each time at one method. */
  private static boolean isSameLoop(Suspect suspect, Suspect to) {
    if (suspect.cause != to.cause && suspect.cause != to) return false;
    if (suspect.cause != null && suspect.site != null && to.site != null) {
      if (suspect.site.isSameLine(to.site)) return true;
    }
    return isSameMethod(suspect, to) && suspect.repeated() == to.repeated();
  }

  private static boolean isSameMethod(Suspect suspect, Suspect to) {
    return !suspect.method().isEmpty() && suspect.method().equals(to.method());
  }

  private static boolean isRepetition(Suspect suspect) {
    Kind verdict = suspect.verdict;
    return verdict != null && verdict.isNPlusOne();
  }
}
