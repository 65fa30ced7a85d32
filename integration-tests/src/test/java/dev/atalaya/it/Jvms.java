package dev.atalaya.it;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Java releases that the agent is for, each as the installation that the variable TEST_JVMS
 * names: paths of java programs, as jvms/install prints them, with colons between. Without it,
 * those that {@link Jvm#of} finds.
 */
public final class Jvms {
  private static final Set<Integer> RELEASES = Set.of(8, 11, 17, 21, 25, 26);
  private static final Pattern VERSION =
      Pattern.compile("java\\.specification\\.version = (?:1\\.)?(\\d+)");
  private static final Map<Integer, Jvm> NAMED = named(System.getenv("TEST_JVMS"));

  private Jvms() {}

  /**
   * What a test is to be run on, ascending, from the first to the last of interest: with the
   * profile {@code matrix} all, else the oldest, the newest, the newest that is here, and the one
   * that runs the tests.
   */
  public static Set<Integer> releases(int first, int last) {
    TreeSet<Integer> releases = new TreeSet<>(RELEASES);
    releases.addAll(NAMED.keySet());
    releases = new TreeSet<>(releases.subSet(first, true, last, true));
    if (MatrixSource.ON) return releases;
    Set<Integer> wanted = new TreeSet<>(Set.of(releases.first(), releases.last()));
    wanted.add(Runtime.version().feature());
    releases.descendingSet().stream().filter(Jvms::isHere).findFirst().ifPresent(wanted::add);
    releases.retainAll(wanted);
    return releases;
  }

  /** The same, from Java 8 on. */
  public static Set<Integer> releases() {
    return releases(8, Integer.MAX_VALUE);
  }

  /** Skips the test where there is none. */
  public static Jvm of(int release) {
    Jvm named = NAMED.get(release);
    return named != null ? named : Jvm.of(release);
  }

  private static boolean isHere(int release) {
    return NAMED.containsKey(release) || Jvm.find(release).isPresent();
  }

  private static Map<Integer, Jvm> named(String paths) {
    Map<Integer, Jvm> named = new TreeMap<>();
    if (paths == null || paths.isEmpty()) {
      return named;
    }
    for (String java : paths.split(File.pathSeparator)) {
      int release = release(java);
      named.put(release, new Jvm(Path.of(java).toAbsolutePath().getParent().getParent(), release));
    }
    return named;
  }

  private static int release(String java) {
    try {
      Process process =
          new ProcessBuilder(java, "-XshowSettings:properties", "-version")
              .redirectErrorStream(true)
              .start();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      Matcher version = VERSION.matcher(text);
      if (!version.find()) {
        throw new IllegalStateException("TEST_JVMS: no Java: " + java + ": " + text);
      }
      return Integer.parseInt(version.group(1));
    } catch (IOException e) {
      throw new IllegalStateException("TEST_JVMS: cannot run " + java, e);
    }
  }
}
