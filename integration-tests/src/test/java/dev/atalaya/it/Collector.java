package dev.atalaya.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** A collector, or a Jaeger as one, that runs with files of dashboards/collector. */
public final class Collector implements AutoCloseable {
  private static final Path FOLDER = Checker.DASHBOARDS.resolve("collector");

  private final Process process;
  private final Path log;

  private Collector(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** What is to run with which files and in which environment; on free ports, on loopback. */
  public static final class Launch {
    private final String program;
    private final Path folder;
    private final List<String> configs = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();
    private final int health = App.freePort();

    private Launch(String program, Path folder) {
      this.program = program;
      this.folder = folder;
      with("HEALTH", "127.0.0.1:" + health);
      with("METRICS_HOST", "127.0.0.1");
      with("METRICS_PORT", Integer.toString(App.freePort()));
    }

    /** A file of dashboards/collector. */
    public Launch file(String name) {
      configs.add("--config=" + FOLDER.resolve(name));
      return this;
    }

    /** What a test says otherwise, over the files before. */
    public Launch over(String yaml) throws IOException {
      Path file = Files.createTempFile(folder, "over", ".yaml");
      Files.writeString(file, yaml);
      configs.add("--config=" + file);
      return this;
    }

    public Launch with(String variable, String value) {
      environment.put(variable, value);
      return this;
    }

    /** Starts and waits until its health is good. */
    public Collector start(String path) throws IOException {
      Path log = Files.createTempFile(folder, "collector", ".log");
      List<String> command = new ArrayList<>(List.of(program));
      command.addAll(configs);
      ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
      builder.environment().putAll(environment);
      builder.redirectErrorStream(true).redirectOutput(log.toFile());
      Collector collector = new Collector(builder.start(), log);
      String url = "http://127.0.0.1:" + health + path;
      if (!Otlp.await(() -> answers(url) || !collector.process.isAlive()) || !answers(url)) {
        collector.close();
        throw new IllegalStateException(configs + ": " + collector.log());
      }
      return collector;
    }

    private static boolean answers(String url) {
      try {
        return Program.get(url).statusCode() == 200;
      } catch (IllegalStateException notYet) {
        return false;
      }
    }
  }

  /** The one of integration-tests/collector. */
  public static Launch built(Path folder) {
    return new Launch(Checker.toolPath("collector").toString(), folder);
  }

  public static Launch jaeger(Path folder) {
    String jaeger = System.getenv("JAEGER_BIN");
    Assumptions.assumeTrue(
        jaeger != null && Files.isExecutable(Path.of(jaeger)), "JAEGER_BIN names no Jaeger");
    return new Launch(jaeger, folder);
  }

  public String log() throws IOException {
    return Files.readString(log);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
