package dev.atalaya.agent.trace;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where one statement is repeated from, by the route of the request.
 *
 * <p>Walking a stack costs more than all else of a hundred statements. Once a dozen walks in a row
 * found the same line, it is taken for granted, and looked at again in one request of a hundred;
 * another line found then makes it unknown again. Without locks: a lost race costs a walk.
 */
final class KnownSites {
  private static final int PROVEN = 12;
  private static final int LOOKED_AT_EVERY = 100;
  private static final int MOST = 16;
  private static final Known[] NONE = {};

  private volatile Known[] all = NONE;

  /** The proven line, or null. */
  @Nullable CallSite proven(String route) {
    Known known = known(route);
    return known == null || known.agreed < PROVEN ? null : known.site;
  }

  /** Whether the proven line is to be looked at again. */
  boolean isDue(String route) {
    Known known = known(route);
    return known == null || ++known.uses % LOOKED_AT_EVERY == 0;
  }

  void saw(String route, CallSite site) {
    Known known = known(route);
    if (known == null) {
      Known[] before = all;
      if (before.length == MOST) return;
      known = new Known(route, site);
      Known[] more = Arrays.copyOf(before, before.length + 1);
      more[before.length] = known;
      all = more;
    } else if (known.site.isSameLine(site)) {
      known.agreed++;
    } else {
      known.site = site;
      known.agreed = 0;
    }
  }

  private @Nullable Known known(String route) {
    for (Known known : all) if (known.route.equals(route)) return known;
    return null;
  }

  private static final class Known {
    final String route;
    volatile CallSite site;
    int agreed;
    int uses;

    Known(String route, CallSite site) {
      this.route = route;
      this.site = site;
    }
  }
}
