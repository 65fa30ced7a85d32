package dev.atalaya.it.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.it.App;
import dev.atalaya.it.Jvm;
import dev.atalaya.it.Otlp;
import dev.atalaya.it.Trace;
import dev.atalaya.libraries.Libraries;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Drivers in class loaders that ask the boot loader for the JDK's classes alone. */
final class LoadersIT {
  private static final String H2 = "com.h2database:h2:2.5.252";

  private static Otlp otlp;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    otlp = Otlp.http();
  }

  @AfterAll
  static void stop() {
    otlp.close();
  }

  @Test
  void a_loader_that_nobody_knows_keeps_its_classes_unwoven_and_the_agent_says_so() {
    try (App app =
        App.main("app.IsolatedApp").agent(otlp).arguments(Libraries.file(H2).toString()).start()) {
      App.Answer answer = app.get("/isolated");
      assertEquals("42", answer.body());
      assertEquals(List.of("GET /isolated"), otlp.trace(answer.traceId()).names());
      List<String> told =
          app.agentLines().lines().filter(line -> line.contains("JdkOnlyLoader")).toList();
      assertEquals(1, told.size(), app::errors);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "8, com.h2database:h2:1.4.200, org.apache.felix:org.apache.felix.framework:4.6.1",
    "17, com.h2database:h2:2.5.252, org.apache.felix:org.apache.felix.framework:7.0.5",
    "8, com.h2database:h2:1.4.200, org.eclipse.tycho:org.eclipse.osgi:3.9.1.v20130814-1242",
    "17, com.h2database:h2:2.5.252, org.eclipse.platform:org.eclipse.osgi:3.24.300",
  })
  void bundles_of_osgi_are_traced(int feature, String h2, String framework) {
    try (App app =
        App.main("app.OsgiApp")
            .jvm(Jvm.of(feature))
            .libraries(framework)
            .agent(otlp)
            .nothingIsSlow()
            .arguments(Libraries.file(h2).toString(), folder.resolve("osgi").toString())
            .start()) {
      assertTraced(app);
    }
  }

  @Test
  void bundles_that_are_loaded_already_are_traced_once_attached() {
    try (App app =
        App.main("app.OsgiApp")
            .libraries("org.apache.felix:org.apache.felix.framework:7.0.5")
            .arguments(Libraries.file(H2).toString(), folder.resolve("osgi").toString())
            .start()) {
      assertEquals("42", app.get("/isolated").body());
      App attach =
          App.jar(App.agentJar())
              .arguments(
                  "attach",
                  "" + app.pid(),
                  "otel.exporter.otlp.endpoint=" + otlp.endpoint(),
                  "otel.exporter.prometheus.port=" + App.freePort(),
                  "otel.bsp.schedule.delay=20")
              .launch();
      assertEquals(0, attach.join(), attach::errors);
      assertTraced(app);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.jboss.modules:jboss-modules:1.9.1.Final",
        "org.jboss.modules:jboss-modules:2.3.0"
      })
  void modules_of_jboss_are_traced(String modules) throws Exception {
    Path module = Files.createDirectories(folder.resolve("h2").resolve("main"));
    Files.copy(Libraries.file(H2), module.resolve("h2.jar"));
    Files.writeString(
        module.resolve("module.xml"),
        """
        <module xmlns="urn:jboss:module:1.9" name="h2">
          <resources><resource-root path="h2.jar"/></resources>
          <dependencies><module name="java.se"/></dependencies>
        </module>
        """);
    try (App app =
        App.main("app.JBossModulesApp")
            .libraries(modules)
            .agent(otlp)
            .nothingIsSlow()
            .arguments(folder.toString())
            .start()) {
      assertTraced(app);
    }
  }

  private static void assertTraced(App app) {
    App.Answer answer = app.get("/isolated");
    assertEquals("42", answer.body());
    Trace trace = otlp.trace(answer.traceId()).assertCallsInsideServer();
    assertEquals(List.of("GET /isolated", "SELECT"), trace.names());
    assertTrue(app.agentLines().lines().noneMatch(line -> line.contains("WARN")), app::errors);
  }
}
