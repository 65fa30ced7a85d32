package dev.atalaya.agent.callsite;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The call sites of one operation of a unit of work, from the stacks that were walked.
 *
 * <p>Each walk stands for the executions since the one before. Written without locks by the
 * application's threads; a lost race may lose a walk.
 */
public final class Callers {
  /** Stacks told apart. A thousand executions make ten walks. */
  private static final int MOST = 8;

  /** One stack, and how often it was met. */
  public static final class Caller {
    public final CallSite site;
    private final @Nullable Caller next;
    private int walks;
    private int executions;

    private Caller(CallSite site, @Nullable Caller next) {
      this.site = site;
      this.next = next;
    }

    /** How many executions it stands for, of those looked at. */
    public int executions() {
      return executions;
    }
  }

  private volatile @Nullable Caller latest;
  private volatile @Nullable CallSite trusted;
  private int count;
  private int otherWalks;
  private int walkedAt;

  // ---- On the application's threads ------------------------------------------------------------

  /** The one call site: no more stacks need be walked. */
  public void trust(CallSite known) {
    trusted = known;
  }

  public boolean isTrusted() {
    return trusted != null;
  }

  /** The stack of that execution; the first is 1. */
  public void met(@Nullable CallSite site, int execution) {
    if (site == null) return;
    int stoodFor = Math.max(1, execution - walkedAt);
    walkedAt = Math.max(walkedAt, execution);
    Caller caller = caller(site);
    if (caller == null) {
      otherWalks++;
      return;
    }
    caller.walks++;
    caller.executions += stoodFor;
  }

  private @Nullable Caller caller(CallSite site) {
    for (Caller one = latest; one != null; one = one.next) {
      if (one.site == site || one.site.isSameStack(site)) return one;
    }
    if (count == MOST) return null;
    count++;
    Caller added = new Caller(site, latest);
    latest = added;
    return added;
  }

  // ---- Read by detection ------------------------------------------------------------------------

  /** The stack met most often of the line met most often; null without any. */
  public @Nullable CallSite site() {
    CallSite known = trusted;
    if (known != null) return known;
    Caller best = null;
    int most = 0;
    for (Caller one = latest; one != null; one = one.next) {
      int ofLine = executionsOfLine(one.site);
      // Of equal ones the first, which is the last on the list.
      if (best == null || ofLine > most || ofLine == most && one.executions >= best.executions) {
        best = one;
      }
      most = Math.max(most, ofLine);
    }
    return best == null ? null : best.site;
  }

  /** The share of the line met by most walks, among all of them; 0 without any. */
  public double lineShare() {
    if (trusted != null) return 1;
    int most = 0;
    int all = otherWalks;
    for (Caller one = latest; one != null; one = one.next) {
      int ofLine = 0;
      for (Caller other = latest; other != null; other = other.next) {
        if (other.site.isSameLine(one.site)) ofLine += other.walks;
      }
      most = Math.max(most, ofLine);
      all += one.walks;
    }
    return all == 0 ? 0 : (double) most / all;
  }

  /** The stacks met, those most often first; none where there was but one. */
  public List<Caller> all() {
    List<Caller> all = new ArrayList<>(0);
    if (trusted != null) return all;
    for (Caller one = latest; one != null; one = one.next) all.add(0, one);
    if (all.size() < 2) return new ArrayList<>(0);
    all.sort((a, b) -> b.executions - a.executions);
    return all;
  }

  private int executionsOfLine(CallSite site) {
    int executions = 0;
    for (Caller one = latest; one != null; one = one.next) {
      if (one.site.isSameLine(site)) executions += one.executions;
    }
    return executions;
  }
}
