package dev.atalaya.agent.callsite;

import dev.atalaya.agent.catalogue.Catalogue;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The beginnings of packages that are the application's: what its jars have in common with its main
 * class, so that {@code com.acme.common} of another jar goes with {@code com.acme.shop}.
 */
final class ApplicationPackages {
  private static final int MOST = 64;

  /** Hosts under whose name many projects have their packages. */
  private static final String[] HOSTS = {
    "io.github.",
    "io.gitlab.",
    "com.github.",
    "com.gitlab.",
    "org.github.",
    "org.bitbucket.",
    "com.googlecode.",
    "net.sourceforge.",
    "org.sourceforge."
  };

  private static final String SECOND_LEVELS = " co com org net gov ac edu or go ne gob gouv ";

  private volatile String[] all = {};

  /** Adds that of a class of the application's; false where that says nothing new. */
  boolean add(String className) {
    String home = of(className);
    if (home == null || length(home) > 0) return false;
    synchronized (this) {
      String[] known = all;
      if (known.length == MOST || length(home) > 0) return false;
      String[] more = Arrays.copyOf(known, known.length + 1);
      more[known.length] = home;
      all = more;
      return true;
    }
  }

  /** How long the longest is that the class is in, 0 where it is in none. */
  int length(String className) {
    int longest = 0;
    for (String home : all) {
      if (home.length() > longest && className.startsWith(home)) longest = home.length();
    }
    return longest;
  }

  /**
   * {@code com.acme.} of {@code com.acme.shop.Main}: two parts of the package, or more where
   * libraries of the catalogue share those: {@code org.apache.roller.}
   */
  static @Nullable String of(String className) {
    int end = className.lastIndexOf('.');
    if (end < 0) return null;
    int parts = least(className);
    int dot = -1;
    while ((dot = className.indexOf('.', dot + 1)) >= 0) {
      if (--parts > 0 && dot < end) continue;
      String beginning = className.substring(0, dot + 1);
      if (!Catalogue.isShared(beginning)) return beginning;
    }
    return null;
  }

  private static int least(String name) {
    for (String host : HOSTS) if (name.startsWith(host)) return 3;
    int first = name.indexOf('.');
    int second = name.indexOf('.', first + 1);
    boolean country =
        first == 2 && second > 0 && SECOND_LEVELS.contains(" " + name.substring(3, second) + " ");
    return country ? 3 : 2;
  }
}
