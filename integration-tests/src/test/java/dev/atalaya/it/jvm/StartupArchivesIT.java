package dev.atalaya.it.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.it.App;
import dev.atalaya.it.Jvm;
import dev.atalaya.it.Otlp;
import dev.atalaya.it.Sources;
import dev.atalaya.libraries.Libraries;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives that applications start from: AppCDS and the AOT cache. */
final class StartupArchivesIT {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {17, 21})
  void an_appcds_archive_made_without_the_agent_stays_in_use(int feature) throws Exception {
    Jvm jvm = Jvm.of(feature);
    Path jar = jar(jvm);
    Path archive = folder.resolve("app.jsa");
    App dump = jdbc(jar).jvm(jvm).jvmArguments("-XX:ArchiveClassesAtExit=" + archive).start();
    assertEquals(200, dump.get("/jdbc?prepared").status());
    dump.stop();
    assertTrue(Files.exists(archive), dump.errors());

    long without = shared(jvm, jar, archive, null);
    try (Otlp otlp = Otlp.http()) {
      long with = shared(jvm, jar, archive, otlp);
      assertTrue(without > 20, "application classes from the archive: " + without);
      // What is woven cannot come from an archive.
      assertTrue(with >= without - 25, with + " of " + without + " are left");
    }
  }

  /** The application's classes that came from the archive. */
  private long shared(Jvm jvm, Path jar, Path archive, Otlp otlp) throws Exception {
    Path log = folder.resolve("classes" + (otlp == null ? "" : "-agent") + ".log");
    App.Launch launch =
        jdbc(jar)
            .jvm(jvm)
            .jvmArguments(
                "-XX:SharedArchiveFile=" + archive,
                "-Xshare:auto",
                "-Xlog:class+load:file=" + log,
                "-Xlog:cds*=warning:stdout");
    if (otlp != null) {
      launch.agent(otlp);
    }
    try (App app = launch.start()) {
      App.Answer answer = app.get("/jdbc?prepared");
      assertEquals(200, answer.status(), answer.body());
      if (otlp != null) {
        assertEquals(2, otlp.trace(answer.traceId()).spans().size());
      }
      assertFalse(app.output().contains("[warning]"), app.output());
      String errors = app.errors();
      assertFalse(errors.contains("Sharing is only supported"), errors);
      assertFalse(errors.contains("warning"), errors);
      app.stop();
    }
    try (var lines = Files.lines(log)) {
      return lines
          .filter(line -> line.contains("shared objects file (top)"))
          .filter(line -> line.contains("org.h2.") || line.contains(" app."))
          .count();
    }
  }

  @Test
  void an_aot_cache_trained_with_the_agent_works_silently() throws Exception {
    Jvm jvm = Jvm.of(25);
    Path jar = jar(jvm);
    Path cache = folder.resolve("app.aot");
    try (Otlp otlp = Otlp.http()) {
      App training =
          jdbc(jar).jvm(jvm).agent(otlp).jvmArguments("-XX:AOTCacheOutput=" + cache).start();
      assertEquals(200, training.get("/jdbc?prepared").status());
      training.stop();
      assertTrue(Files.exists(cache), () -> training.output() + training.errors());
      try (App app =
          jdbc(jar)
              .jvm(jvm)
              .agent(otlp)
              .jvmArguments("-XX:AOTCache=" + cache, "-Xlog:aot*=warning,cds*=warning:stdout")
              .start()) {
        assertEquals(2, otlp.trace(app.get("/jdbc?prepared").traceId()).spans().size());
        assertFalse(app.output().contains("[warning]"), app.output());
        assertFalse(app.errors().toLowerCase().contains("warning"), app.errors());
      }
    }
  }

  /** An archive holds classes of jars only. */
  private Path jar(Jvm jvm) throws Exception {
    List<Path> h2 = Libraries.classPath("com.h2database:h2:2.5.252");
    Path classes = Sources.compile("app.JdbcApp", 8, false, h2);
    Path jar = folder.resolve("app.jar");
    Process process =
        new ProcessBuilder(
                jvm.home().resolve("bin/jar").toString(),
                "--create",
                "--file",
                jar.toString(),
                "-C",
                classes.toString(),
                ".")
            .inheritIO()
            .start();
    assertEquals(0, process.waitFor());
    return jar;
  }

  private static App.Launch jdbc(Path jar) {
    return App.program(
            "app.JdbcApp", List.of(jar, Libraries.classPath("com.h2database:h2:2.5.252").get(0)))
        .arguments("jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1", "plain");
  }
}
