package dev.atalaya.it.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.it.App;
import dev.atalaya.it.Sources;
import dev.atalaya.it.Told;
import dev.atalaya.libraries.Libraries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A web application with a driver of its own, taken away and put back: what it leaves behind. */
final class RedeployIT {
  private static final String TOMCAT = "org.apache.tomcat.embed:tomcat-embed-core:9.0.117";
  private static final int TIMES = Integer.getInteger("redeployments", 50);

  @TempDir Path folder;

  @Test
  void fifty_redeployments_leave_no_class_loader_behind_and_each_is_judged() throws Exception {
    webapp();
    try (App tomcat =
        App.main("app.RedeployApp")
            .libraries(TOMCAT)
            .arguments(folder.toString())
            .agent(null)
            .start()) {
      int classes = 0;
      for (int i = 1; i <= TIMES; i++) {
        for (int j = 0; j < 3; j++) assertEquals("20", tomcat.plain("/shelf/books").body());
        assertEquals(Integer.toString(i), tomcat.plain("/manager/redeploy").body());
        if (i == TIMES / 5) classes = loadedClasses(tomcat);
      }
      Told.awaitKind(
          tomcat, "n_plus_one", "GET /shelf/*", one -> one.get("occurrences").asInt() == 3 * TIMES);
      assertEquals("0", tomcat.plain("/manager/alive").body(), tomcat::agentLines);
      int then = loadedClasses(tomcat);
      int before = classes;
      assertTrue(then < before + 300, () -> before + " classes became " + then);
    }
  }

  private static int loadedClasses(App app) {
    app.plain("/manager/alive"); // collects
    return (int) app.metrics().value("jvm_class_count");
  }

  private void webapp() throws IOException {
    Path lib = Files.createDirectories(folder.resolve("WEB-INF/lib"));
    List<Path> driver = Libraries.classPath("com.h2database:h2:2.2.224");
    for (Path jar : driver) Files.copy(jar, lib.resolve(jar.getFileName()));
    Path classes = Files.createDirectories(folder.resolve("WEB-INF/classes/war"));
    Path compiled =
        Sources.compile("war.Shelf", 8, false, Libraries.classPath(TOMCAT)).resolve("war");
    try (Stream<Path> files = Files.list(compiled)) {
      for (Path file : files.toList()) Files.copy(file, classes.resolve(file.getFileName()));
    }
  }
}
