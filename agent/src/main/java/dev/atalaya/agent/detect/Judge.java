package dev.atalaya.agent.detect;

import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.Scope;
import dev.atalaya.agent.trace.Tally;
import java.util.ArrayList;
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

  private final Rules rules;

  Judge(Rules rules) {
    this.rules = rules;
  }

  /** What is in a unit of work. */
  static final class Case {
    /** All operations that have a verdict, children included; in the order they began. */
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
    Map<Tally, Suspect> byTally = new HashMap<>();
    for (Tally tally : scope.tallies()) {
      Suspect suspect = Suspect.of(tally);
      if (suspect == null) continue;
      suspects.add(suspect);
      byTally.put(tally, suspect);
    }
    all.others = scope.beyond();
    for (Suspect suspect : suspects) {
      suspect.cause = cause(suspect, byTally);
      suspect.verdict = verdict.of(suspect);
      if (all.heaviest == null || suspect.totalNanos > all.heaviest.totalNanos) {
        all.heaviest = suspect;
      }
      if (suspect.verdict == Kind.CHATTY) all.chatty = true;
      if (suspect.verdict != null) all.judged.add(suspect);
      if (suspect.verdict == null || suspect.verdict == Kind.CHATTY) all.others += suspect.count;
    }
    nest(all);
    all.chatty |= scope.kind() == Request.Kind.REQUEST && all.others > CHATTY;
    all.chatty &= !rules.ignoresEntryPoint(entryPoint);
    return all;
  }

  /**
   * Among the reads before, the nearest whose rows account for the count; one that itself ran a row
   * each is rather a neighbour in the same loop, and counts only where there is no better. Else the
   * nearest that it happens within, or that ran but once.
   */
  private static @Nullable Suspect cause(Suspect suspect, Map<Tally, Suspect> byTally) {
    Suspect neighbour = null;
    Suspect fallback = null;
    int steps = 0;
    for (Tally read = suspect.tally.cause(); read != null && steps++ < 128; read = read.cause()) {
      Suspect candidate = byTally.get(read);
      if (candidate == null || isBesidesThePoint(candidate)) continue;
      if (candidate.explains(suspect.count)) {
        if (!candidate.isRowEach()) return candidate;
        if (neighbour == null) neighbour = candidate;
      }
      boolean near = candidate.count == 1 || candidate.interleaves(suspect);
      if (fallback == null && near) fallback = candidate;
    }
    return neighbour != null ? neighbour : fallback;
  }

  private static boolean isBesidesThePoint(Suspect candidate) {
    Traits traits = candidate.traits;
    return traits != null && (traits.housekeeping || traits.sequence);
  }

  /** Puts findings under those that they are a part of. */
  private static void nest(Case all) {
    Map<Suspect, Suspect> parents = new HashMap<>();
    for (Suspect suspect : all.judged) {
      Kind verdict = suspect.verdict;
      // Chatty is the unit of work, not one of its operations.
      if (verdict == null || !verdict.isFinding() || verdict == Kind.CHATTY) continue;
      Suspect parent = parent(suspect, all.findings);
      if (parent == null) {
        all.findings.add(suspect);
        continue;
      }
      Suspect outermost = parent;
      for (Suspect above; (above = parents.get(outermost)) != null; ) outermost = above;
      parents.put(suspect, outermost);
      outermost.children.add(suspect);
    }
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
    if (!isRepetition(suspect) || !isRepetition(to)) return false;
    if (to.interleaves(suspect) && follows(suspect.tally, to.tally)) return true;
    boolean sameLoop =
        suspect.cause == to.cause
            && !suspect.method().isEmpty()
            && suspect.method().equals(to.method());
    if (!sameLoop) return false;
    // A look-aside cache is asked for each item, the database for those that it does not have.
    return suspect.count == to.count
        || to.verdict == Kind.N_PLUS_ONE_CACHE
            && suspect.count <= to.count
            && to.interleaves(suspect);
  }

  /** Whether the read is one of those that came before. */
  private static boolean follows(Tally tally, Tally read) {
    int steps = 0;
    for (Tally one = tally.cause(); one != null && steps++ < 128; one = one.cause()) {
      if (one == read) return true;
    }
    return false;
  }

  private static boolean isRepetition(Suspect suspect) {
    Kind verdict = suspect.verdict;
    return verdict != null && verdict.compareTo(Kind.N_PLUS_ONE_HTTP) <= 0;
  }
}
