package dev.atalaya.agent.callsite;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where one statement is repeated from, by the entry point of the unit of work.
 *
 * <p>Walking a stack costs more than all else of a hundred statements. Once a dozen walks in a row
 * found the same lines, the innermost and those behind it, they are taken for granted, and looked
 * at again in one unit of a hundred; others found then make them unknown again. Without locks: a
 * lost race costs a walk.
 */
public final class KnownSites {
  private static final int PROVEN = 12;
  private static final int LOOKED_AT_EVERY = 100;
  private static final int MOST = 16;
  private static final Known[] NONE = {};

  private volatile Known[] all = NONE;

  /**
   * What is known of the entry point: the HTTP method, "" where there is none, and the route or the
   * job's name; null where nothing is, and nothing more can be.
   */
  public @Nullable Known of(String method, String route) {
    for (Known known : all) {
      if (known.route.equals(route) && known.method.equals(method)) return known;
    }
    return add(new Known(method, route));
  }

  private synchronized @Nullable Known add(Known known) {
    Known[] before = all;
    if (before.length == MOST) return null;
    Known[] more = Arrays.copyOf(before, before.length + 1);
    more[before.length] = known;
    all = more;
    return known;
  }

  /** Of one entry point. */
  public static final class Known {
    private final String method;
    private final String route;
    private volatile @Nullable CallSite site;
    private int agreed;
    private int uses;
    private volatile @Nullable CallSite once;
    private boolean lookedForOnce;

    private Known(String method, String route) {
      this.method = method;
      this.route = route;
    }

    /** The proven lines, or null. */
    public @Nullable CallSite proven() {
      return agreed < PROVEN ? null : site;
    }

    /** Whether the proven lines are to be looked at again. */
    public boolean isDue() {
      return ++uses % LOOKED_AT_EVERY == 0;
    }

    /** Where it is when it runs for the first time in a unit of work; null where not known. */
    public @Nullable CallSite once() {
      return once;
    }

    /** Whether that is to be looked for, at first and now and then. */
    public boolean isOnceDue() {
      return !lookedForOnce || isDue();
    }

    public void sawOnce(@Nullable CallSite found) {
      lookedForOnce = true;
      once = found;
    }

    public void saw(CallSite found) {
      CallSite before = site;
      if (before != null && before.isSameStack(found)) {
        agreed++;
      } else {
        site = found;
        agreed = 0;
      }
    }
  }
}
