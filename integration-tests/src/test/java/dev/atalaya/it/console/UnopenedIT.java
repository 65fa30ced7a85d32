package dev.atalaya.it.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.atalaya.it.App;
import dev.atalaya.it.Otlp;
import dev.atalaya.it.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the console costs where nobody opens it. */
final class UnopenedIT {
  private static final Pattern ROOMS =
      Pattern.compile(".*(dev\\.atalaya\\.agent\\.(page|mcp|watch|kept|profile)\\.\\w+) .*");

  /** What the agent hands to the port when it opens it. */
  private static final List<String> HANDED_OVER = List.of("dev.atalaya.agent.page.Source");

  @TempDir Path folder;

  @Test
  void none_of_its_classes_is_loaded_before_somebody_asks() throws Exception {
    Path log = folder.resolve("classes");
    try (Otlp otlp = Otlp.http();
        App app =
            App.main("app.JdbcApp")
                .libraries("com.h2database:h2:1.4.200")
                .arguments("jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1", "plain")
                .jvmArguments("-Xlog:class+load:file=" + log)
                .agent(otlp)
                .nothingIsSlow()
                .start()) {
      otlp.trace(app.get("/jdbc?prepared").traceId());
      Program.get("http://127.0.0.1:" + app.metricsPort() + "/metrics");
      assertEquals(HANDED_OVER, loaded(log));

      Program.get("http://127.0.0.1:" + app.metricsPort() + "/routes");
      assertFalse(loaded(log).size() < 10, "the log names what is loaded");
    }
  }

  private static List<String> loaded(Path log) throws IOException {
    return Files.readAllLines(log).stream()
        .map(ROOMS::matcher)
        .filter(java.util.regex.Matcher::matches)
        .map(line -> line.group(1))
        .distinct()
        .sorted()
        .collect(Collectors.toList());
  }
}
