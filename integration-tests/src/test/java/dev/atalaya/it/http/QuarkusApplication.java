package dev.atalaya.it.http;

import dev.atalaya.it.App;
import dev.atalaya.it.Sources;
import dev.atalaya.libraries.Libraries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An application of the tests' own, as Quarkus builds it. */
final class QuarkusApplication {
  private static final String VERSION = "3.33.2";
  private static final Path RESOURCES = Path.of("src/apps/resources/quarkus");
  private static final Duration PATIENCE = Duration.ofMinutes(5); // it loads what it builds with

  private QuarkusApplication() {}

  /** With a database, and those extensions besides. */
  static App.Launch build(Path project, String type, String... extensions) throws IOException {
    List<String> all = new ArrayList<>(List.of(extensions));
    all.addAll(List.of("hibernate-orm-panache", "spring-data-jpa", "jdbc-h2"));
    String pom =
        Files.readString(RESOURCES.resolve("pom.xml"))
            .replace("VERSION", VERSION)
            .replace(
                "EXTENSIONS",
                all.stream().map(QuarkusApplication::dependency).collect(Collectors.joining()));
    Files.writeString(project.resolve("pom.xml"), pom);
    Path classes = project.resolve("target/classes");
    List<Path> libraries =
        Libraries.classPath(all.stream().map(QuarkusApplication::quarkus).toArray(String[]::new));
    copy(Sources.compile(type, 17, false, libraries), classes);
    Files.copy(
        RESOURCES.resolve("application.properties"), classes.resolve("application.properties"));
    App.main("app.QuarkusBuild")
        .release(17)
        .libraries(quarkus("bootstrap-core"), quarkus("bootstrap-maven-resolver"))
        .arguments(project.toString())
        .ready("READY (\\d+)", PATIENCE)
        .start()
        .close();
    return App.jar(project.resolve("target/quarkus-app/quarkus-run.jar"))
        .property("otel.service.name", "stock")
        .nothingIsSlow()
        .ready("Listening on: http://[^:]+:(\\d+)", PATIENCE);
  }

  private static String dependency(String extension) {
    return "<dependency><groupId>io.quarkus</groupId><artifactId>quarkus-"
        + extension
        + "</artifactId></dependency>";
  }

  private static String quarkus(String extension) {
    return "io.quarkus:quarkus-" + extension + ":" + VERSION;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }
}
