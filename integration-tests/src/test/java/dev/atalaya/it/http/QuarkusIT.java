package dev.atalaya.it.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.atalaya.it.App;
import dev.atalaya.it.Findings;
import dev.atalaya.it.Otlp;
import dev.atalaya.it.Sources;
import dev.atalaya.it.Span;
import dev.atalaya.libraries.Libraries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An application as Quarkus builds it, of which most classes are changed or generated. */
final class QuarkusIT {
  private static final String VERSION = "3.33.2";
  private static final Path RESOURCES = Path.of("src/apps/resources/quarkus");
  private static final Duration PATIENCE = Duration.ofMinutes(5); // it loads what it builds with

  @TempDir static Path project;

  private static Otlp otlp;
  private static App app;

  @BeforeAll
  static void build() throws IOException {
    String pom = Files.readString(RESOURCES.resolve("pom.xml")).replace("VERSION", VERSION);
    Files.writeString(project.resolve("pom.xml"), pom);
    Path classes = project.resolve("target/classes");
    List<Path> libraries =
        Libraries.classPath(
            quarkus("resteasy"),
            quarkus("undertow"),
            quarkus("hibernate-orm-panache"),
            quarkus("spring-data-jpa"),
            quarkus("jdbc-h2"));
    copy(Sources.compile("com.acme.stock.Stock", 17, false, libraries), classes);
    Files.copy(
        RESOURCES.resolve("application.properties"), classes.resolve("application.properties"));
    App.main("app.QuarkusBuild")
        .release(17)
        .libraries(quarkus("bootstrap-core"), quarkus("bootstrap-maven-resolver"))
        .arguments(project.toString())
        .ready("READY (\\d+)", PATIENCE)
        .start()
        .close();
    app =
        App.jar(project.resolve("target/quarkus-app/quarkus-run.jar"))
            .property("otel.service.name", "stock")
            .property("atalaya.slow.query.threshold", "1m")
            .property("atalaya.slow.request.threshold", "1m")
            .ready("Listening on: http://[^:]+:(\\d+)", PATIENCE)
            .agent(otlp = Otlp.http())
            .start();
  }

  @AfterAll
  static void stop() {
    if (app != null) app.close();
    if (otlp != null) otlp.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"lazy", "generated", "active"})
  void line_and_cause_are_the_applications_below_what_quarkus_generates(String way) {
    Findings.twice(app, "stock", "/stock/" + way)
        .has("kind", "n_plus_one")
        .counts(12)
        .cause("select i1_0.id,i1_0.maker_id,i1_0.name from Item i1_0", 12)
        .calledFrom("com.acme.stock.Stock." + way, way);
    // Its fork of Undertow has classes of the same names and other methods.
    assertFalse(app.errors().contains("an error in instrumentation"), app::agentLines);
    // Its servlets are on Vert.x, and that is on Netty: the request is one span.
    Span served = otlp.trace(app.get("/stock/" + way).traceId()).server();
    assertEquals(200L, served.get("http.response.status_code"), served::toString);
    assertEquals("/stock/" + way, served.get("url.path"));
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
