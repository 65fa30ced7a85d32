package dev.atalaya.it.findings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.atalaya.it.App;
import dev.atalaya.it.Findings;
import dev.atalaya.it.Otlp;
import dev.atalaya.it.Sources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the agent sees no unit of work, a thread is one only if the application runs its loop. */
final class UnitsIT {
  @TempDir Path folder;

  @Test
  void what_a_servers_thread_does_for_everybody_is_no_loop() throws Exception {
    try (App app =
        App.main("app.UnitsApp")
            .release(17)
            .libraries("com.h2database:h2:2.5.252")
            .classPath(server())
            .property("otel.service.name", "units")
            .agent(null)
            .start()) {
      ExecutorService clients = Executors.newFixedThreadPool(40);
      List<Future<?>> visits = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        int id = i;
        visits.add(clients.submit(() -> assertEquals(200, app.plain("/" + id).statusCode())));
      }
      for (Future<?> visit : visits) {
        visit.get();
      }
      clients.shutdown();
      Otlp.sleep(8_000); // a thread's window closes after five idle seconds
      List<String> found =
          Findings.of(app).all().stream()
              .map(
                  one ->
                      one.text("kind")
                          + " "
                          + one.text("entry_point")
                          + " "
                          + one.text("operation.summary")
                          + " x"
                          + one.text("operation.count_typical"))
              .sorted()
              .toList();
      assertEquals(
          List.of(
              "n_plus_one THREAD loop-{} SELECT note x60",
              "n_plus_one THREAD main SELECT item x60"),
          found);
      assertEquals(
          400,
          app.metrics()
              .value(
                  "db_client_operation_duration_seconds_count",
                  "db_query_summary",
                  "SELECT payment"));
    }
  }

  /** In a jar of its own, as a library is. */
  private Path server() throws Exception {
    Path classes = Sources.compileLibrary("net.unheard.Server", 8);
    Path jar = folder.resolve("server.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new JarEntry("net/unheard/Server.class"));
      out.write(Files.readAllBytes(classes.resolve("net/unheard/Server.class")));
    }
    return jar;
  }
}
