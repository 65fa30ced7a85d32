package dev.atalaya.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Assumptions;

/**
 * A program that is run and ends: beside the server that it belongs to, else on the PATH. Without
 * it the test is skipped.
 */
public record Tool(String path) {
  /** What it said, and whether it was content. */
  public record Result(int status, String output) {}

  /** The one that comes with the server whose binary the variable names. */
  public static Tool besides(String variable, String name) {
    List<Path> places = new ArrayList<>();
    String server = Program.binary(variable);
    if (server != null) places.add(Path.of(server).resolveSibling(name));
    places.addAll(onPath(name));
    return first(places, "no " + name + ": set " + variable + " to the server beside it");
  }

  /** From a variable such as GRADLE_BIN, else on the PATH. */
  public static Tool named(String name, String otherwise) {
    List<Path> places = onPath(name);
    String set = System.getenv(name.toUpperCase(Locale.ROOT) + "_BIN");
    if (set != null && !set.isEmpty()) places.add(0, Path.of(set));
    return first(places, "no " + name + ": " + otherwise);
  }

  private static List<Path> onPath(String name) {
    List<Path> places = new ArrayList<>();
    for (String folder : System.getenv().getOrDefault("PATH", "").split(":")) {
      if (!folder.isEmpty()) places.add(Path.of(folder, name));
    }
    return places;
  }

  private static Tool first(List<Path> places, String otherwise) {
    Path found = places.stream().filter(Files::isExecutable).findFirst().orElse(null);
    Assumptions.assumeTrue(found != null, otherwise);
    return new Tool(found.toString());
  }

  public Result run(Path folder, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(path));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output);
  }
}
