package dev.atalaya.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** A program that reads a file, says what it thinks of it, and ends. */
public record Checker(String program) {
  /** What checks the files of dashboards/. */
  public static final Path DASHBOARDS = Path.of("..", "dashboards").toAbsolutePath().normalize();

  /** What it printed, errors too, and how it ended. */
  public record Answer(int status, String text) {
    public boolean good() {
      return status == 0;
    }
  }

  /** One of integration-tests/tools; without it the test is skipped. */
  public static Checker tool(String name) {
    return new Checker(toolPath(name).toString());
  }

  /** A file or folder of integration-tests/tools. */
  public static Path toolPath(String name) {
    String folder = System.getenv("DEPLOYMENT_TOOLS");
    Path path = folder == null || folder.isEmpty() ? null : Path.of(folder, name);
    Assumptions.assumeTrue(
        path != null && Files.exists(path),
        "no " + name + " here: export DEPLOYMENT_TOOLS=$(integration-tests/tools/build)");
    return path;
  }

  /** A program that the variable names, or that is at that path; else the test is skipped. */
  public static Checker installed(String variable, String path) {
    String named = System.getenv(variable);
    String program = named == null || named.isEmpty() ? path : named;
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of(program)), "neither " + variable + " nor " + path);
    return new Checker(program);
  }

  public Answer run(Path folder, String... arguments) throws IOException, InterruptedException {
    return read(folder, "", arguments);
  }

  /** With a text that it reads from its input. */
  public Answer read(Path folder, String input, String... arguments)
      throws IOException, InterruptedException {
    Path file = Files.createTempFile("checked", ".txt");
    try {
      Files.writeString(file, input);
      List<String> command = new ArrayList<>(List.of(program));
      command.addAll(List.of(arguments));
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectInput(file.toFile())
              .start();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Answer(process.waitFor(), text);
    } finally {
      Files.delete(file);
    }
  }
}
