package dev.atalaya.agent.weave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.atalaya.api.Atalaya;
import dev.atalaya.libraries.Libraries;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Each instrumentation's rules, on the class files of the versions that it says it is tested on.
 */
class LibraryRulesTest {
  private static final String ONE = System.getProperty("library", "").toLowerCase(Locale.ROOT);

  @TestFactory
  Stream<DynamicTest> a_rule_finds_a_method_and_its_advice_fits() {
    return each(LibraryRulesTest::check);
  }

  /** A page that promises more than was seen is worse than none. */
  @TestFactory
  Stream<DynamicTest> only_versions_that_tests_run_are_named() throws IOException {
    StringBuilder run = new StringBuilder(System.getProperty("java.class.path"));
    try (Stream<Path> tests = Files.walk(Path.of("../integration-tests/src/test/java"))) {
      for (Path test : tests.filter(Files::isRegularFile).toList())
        run.append(Files.readString(test));
    }
    return each(
        instrumentation -> {
          Coverage coverage = instrumentation.coverage();
          assertFalse(coverage.captured().isEmpty(), "nothing is captured");
          assertFalse(coverage.products().isEmpty(), "no version is named");
          for (Coverage.Product product : coverage.products()) {
            for (String coordinate : product.isOfJdk() ? List.<String>of() : product.coordinates) {
              assertTrue(isRun(coordinate, run), "no test runs " + coordinate);
            }
          }
        });
  }

  private static boolean isRun(String coordinate, CharSequence run) {
    String[] parts = coordinate.split(":");
    String jar = parts[0].replace('.', '/') + "/" + parts[1] + "/" + parts[2] + "/";
    return run.toString().contains(coordinate) || run.toString().contains(jar);
  }

  private static void check(LibraryInstrumentation instrumentation) throws IOException {
    RuleCheck check = new RuleCheck(instrumentation);
    Set<Integer> absent = new TreeSet<>();
    for (Coverage.Product product : instrumentation.coverage().products()) {
      if (product.isOfJdk()) {
        absent.addAll(lookAtJdks(check));
      } else {
        for (String coordinate : product.coordinates) {
          lookAt(check, coordinate, files(coordinate));
        }
      }
      if (product.isOfJdk() || product.coordinates.isEmpty()) lookAtTests(check, instrumentation);
    }
    String all = String.join("\n", check.faults());
    // What one Java alone has can only be missed where that Java is.
    assumeTrue(all.isEmpty() || absent.isEmpty(), () -> "no Java " + absent + " here\n" + all);
    assertEquals("", all);
  }

  private static List<Path> files(String coordinate) {
    return coordinate.contains(":zip:")
        ? List.of(Libraries.file(coordinate))
        : Libraries.classPath(coordinate);
  }

  /** What applications implement of the JDK, and what is built along with the agent. */
  private static void lookAtTests(RuleCheck check, LibraryInstrumentation instrumentation)
      throws IOException {
    Path tests = Path.of(instrumentation.getClass().getPackageName().replace('.', '/'));
    lookAt(
        check,
        "the tests",
        List.of(home(LibraryRulesTest.class).resolve(tests), home(Atalaya.class)));
  }

  private static Path home(Class<?> type) {
    return new File(type.getProtectionDomain().getCodeSource().getLocation().getPath()).toPath();
  }

  private static void lookAt(RuleCheck check, String name, List<Path> files) throws IOException {
    try (ClassFiles classes = ClassFiles.of(name, files)) {
      check.lookAt(classes);
    }
  }

  /** Returns the releases that are not on this machine. */
  private static Set<Integer> lookAtJdks(RuleCheck check) throws IOException {
    Map<Integer, Path> homes = Jdks.homes();
    for (Map.Entry<Integer, Path> home : homes.entrySet()) {
      try (ClassFiles classes = ClassFiles.ofJdk("Java " + home.getKey(), home.getValue())) {
        check.lookAt(classes);
      }
    }
    return Jdks.RELEASES.stream().filter(r -> !homes.containsKey(r)).collect(Collectors.toSet());
  }

  private interface Check {
    void of(LibraryInstrumentation instrumentation) throws IOException;
  }

  /** With {@code -Dlibrary=lettuce} those of the name. */
  private static Stream<DynamicTest> each(Check check) {
    return ServiceLoader.load(LibraryInstrumentation.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(one -> one.getClass().getName().toLowerCase(Locale.ROOT).contains(ONE))
        .map(
            one ->
                DynamicTest.dynamicTest(
                    one.name(),
                    () -> {
                      try {
                        check.of(one);
                      } catch (IOException error) {
                        throw new UncheckedIOException(error);
                      }
                    }));
  }
}
