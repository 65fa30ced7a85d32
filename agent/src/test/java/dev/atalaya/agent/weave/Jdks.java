package dev.atalaya.agent.weave;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The Javas on this machine whose classes can be looked at, none of which is started. */
final class Jdks {
  /** Those that the agent is for, as far as classes that are woven differ. */
  static final Set<Integer> RELEASES = Set.of(8, 11, 17, 21, 25, 26);

  private static final Path USUAL = Path.of("/usr/lib/jvm");

  private Jdks() {}

  /** By release: that of the tests, those of JAVA_HOME_n and TEST_JVMS, and the system's. */
  static Map<Integer, Path> homes() throws IOException {
    List<Path> candidates = new ArrayList<>();
    candidates.add(Path.of(System.getProperty("java.home")));
    System.getenv()
        .forEach(
            (name, home) -> {
              if (name.startsWith("JAVA_HOME_")) candidates.add(Path.of(home));
            });
    for (String java : System.getenv().getOrDefault("TEST_JVMS", "").split(File.pathSeparator)) {
      if (!java.isEmpty()) candidates.add(Path.of(java).resolve("../..").normalize());
    }
    if (Files.isDirectory(USUAL)) {
      try (Stream<Path> installed = Files.list(USUAL)) {
        installed.forEach(candidates::add);
      }
    }
    Map<Integer, Path> homes = new TreeMap<>();
    for (Path home : candidates) {
      int release = release(home);
      if (release > 0) homes.putIfAbsent(release, home);
    }
    return homes;
  }

  /** Where a Java up to 8 has its classes; null where there is none. */
  static @Nullable Path runtimeJar(Path home) {
    return Stream.of("jre/lib/rt.jar", "lib/rt.jar")
        .map(home::resolve)
        .filter(Files::exists)
        .findFirst()
        .orElse(null);
  }

  /** Zero where there is no Java. */
  private static int release(Path home) throws IOException {
    if (runtimeJar(home) != null) return 8; // Debian's says nowhere which it is
    Path file = home.resolve("release");
    if (!Files.exists(home.resolve("lib/modules")) || !Files.isReadable(file)) return 0;
    Properties properties = new Properties();
    try (var in = Files.newInputStream(file)) {
      properties.load(in);
    }
    String version = properties.getProperty("JAVA_VERSION", "0").replace("\"", "");
    return Integer.parseInt(version.replaceFirst("[^0-9].*", ""));
  }
}
