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
  private final List<Suspect> findings = new ArrayList<>();
  private final Map<Suspect, Suspect> parents = new HashMap<>();

  /** Those that are findings of their own, with the others as their children. */
  static List<Suspect> of(List<Suspect> classified) {
    Nesting all = new Nesting();
    for (Suspect suspect : classified) if (isRepetition(suspect)) all.place(suspect);
    for (Suspect suspect : classified) {
      Kind kind = suspect.kind;
      boolean other = kind != null && kind.isOfOperation() && !kind.isNPlusOne();
      if (other) all.place(suspect);
    }
    all.findings.sort(Suspect.FIRST_REPEATED);
    return all.findings;
  }

  private void place(Suspect suspect) {
    Suspect parent = parent(suspect);
    if (parent == null) {
      findings.add(suspect);
      return;
    }
    Suspect outermost = parent;
    for (Suspect above; (above = parents.get(outermost)) != null; ) outermost = above;
    parents.put(suspect, outermost);
    outermost.children.add(suspect);
  }

  /** Of the findings so far, with their children, the one that this one belongs to; or null. */
  private @Nullable Suspect parent(Suspect suspect) {
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
      return to.kind == Kind.N_PLUS_ONE_CACHE
          && isSameMethod(suspect, to)
          && suspect.cause == to.cause
          && suspect.count <= to.count
          && to.interleaves(suspect);
    }
    boolean fewValues =
        to.kind == Kind.DUPLICATE_QUERY || to.kind == Kind.N_PLUS_ONE && to.hasFewValues();
    return suspect.kind == Kind.DUPLICATE_QUERY && fewValues && isSameLoop(suspect, to);
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
    Kind kind = suspect.kind;
    return kind != null && kind.isNPlusOne();
  }
}
