package dev.atalaya.it;

import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** A Java installation that applications are started with. */
public record Jvm(Path home, int feature) {

  /** The installation that runs the tests. */
  public static Jvm running() {
    return new Jvm(Path.of(System.getProperty("java.home")), Runtime.version().feature());
  }

  /** The installation of that feature release; without one the test is skipped. */
  public static Jvm of(int feature) {
    return find(feature)
        .orElseGet(
            () ->
                Assumptions.abort(
                    "no Java " + feature + " here: set " + variable(feature) + " to enable this"));
  }

  /** By the property or variable JAVA_HOME_n, else in one of the usual folders. */
  public static Optional<Jvm> find(int feature) {
    if (feature == Runtime.version().feature()) {
      return Optional.of(running());
    }
    String name = variable(feature);
    String named = System.getProperty(name, System.getenv(name));
    if (named != null && Files.isExecutable(Path.of(named, "bin", "java"))) {
      return Optional.of(new Jvm(Path.of(named), feature));
    }
    Path folder = Path.of("/usr/lib/jvm");
    if (Files.isDirectory(folder)) {
      for (String glob :
          new String[] {
            "temurin-" + feature + "-*", "java-" + feature + "-*", "java-1." + feature + "*"
          }) {
        try (DirectoryStream<Path> homes = Files.newDirectoryStream(folder, glob)) {
          for (Path home : homes) {
            if (Files.isExecutable(home.resolve("bin/java"))) {
              return Optional.of(new Jvm(home, feature));
            }
          }
        } catch (java.io.IOException e) {
          throw new java.io.UncheckedIOException(e);
        }
      }
    }
    return Optional.empty();
  }

  private static String variable(int feature) {
    return "JAVA_HOME_" + feature;
  }

  public String java() {
    return home.resolve("bin").resolve("java").toString();
  }

  @Override
  public String toString() {
    return "Java " + feature;
  }
}
