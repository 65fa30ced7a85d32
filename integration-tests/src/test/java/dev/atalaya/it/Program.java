package dev.atalaya.it;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.MountableFile;

/**
 * A server program from a variable that names its binary, else from where its package puts it, else
 * from a container on the host's network; without any the test is skipped.
 */
public final class Program implements AutoCloseable {
  /** Debian's packages; what is not there is looked for on. */
  private static final Map<String, Path> PACKAGED =
      Map.of(
          "ALERTMANAGER_BIN", Path.of("/usr/bin/prometheus-alertmanager"),
          "PROMETHEUS_BIN", Path.of("/usr/bin/prometheus"));

  private final Process process;
  private final GenericContainer<?> container;
  private final Path log;

  private Program(Process process, GenericContainer<?> container, Path log) {
    this.process = process;
    this.container = container;
    this.log = log;
  }

  /**
   * Starts it in that folder.
   *
   * @param config a file in the folder
   * @param arguments in which CONFIG stands for the file
   */
  public static Program start(
      String variable, String image, Path folder, String config, String... arguments)
      throws IOException {
    String binary = binary(variable);
    Path file = folder.resolve(config);
    Path log = folder.resolve(variable + ".log");
    if (binary != null) {
      List<String> command = new ArrayList<>(List.of(binary));
      for (String argument : arguments) {
        command.add(argument.replace("CONFIG", file.toString()));
      }
      return new Program(
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start(),
          null,
          log);
    }
    Assumptions.assumeTrue(
        DockerClientFactory.instance().isDockerAvailable(),
        "neither " + variable + " nor a Docker engine: " + howToGet(variable));
    String inside = "/tmp/" + config;
    GenericContainer<?> container =
        new GenericContainer<>(image)
            .withNetworkMode("host")
            .withCopyFileToContainer(MountableFile.forHostPath(file), inside)
            .withCommand(
                List.of(arguments).stream()
                    .map(argument -> argument.replace("CONFIG", inside))
                    .toArray(String[]::new));
    container.start();
    return new Program(null, container, log);
  }

  /** Skips the test where there is none: a container would see one file of several alone. */
  public static void assumeBinary(String variable) {
    Assumptions.assumeTrue(binary(variable) != null, "no binary: " + howToGet(variable));
  }

  private static String howToGet(String variable) {
    return "set "
        + variable
        + " to its binary"
        + (PACKAGED.containsKey(variable)
            ? ", or apt-get install " + PACKAGED.get(variable).getFileName()
            : "");
  }

  /** Null where there is none. */
  public static String binary(String variable) {
    String named = System.getenv(variable);
    if (named != null && !named.isEmpty()) {
      return named;
    }
    Path packaged = PACKAGED.get(variable);
    return packaged != null && Files.isExecutable(packaged) ? packaged.toString() : null;
  }

  /** Waits until that address answers with 200. */
  public Program awaitReady(String url) throws IOException {
    boolean ready =
        Otlp.await(
            () -> {
              try {
                return get(url).statusCode() == 200;
              } catch (IllegalStateException notYet) {
                return false;
              }
            });
    if (!ready) {
      close();
      throw new IllegalStateException(
          url + " does not answer: " + (Files.exists(log) ? Files.readString(log) : ""));
    }
    return this;
  }

  public static HttpResponse<String> get(String url) {
    return send(HttpRequest.newBuilder(URI.create(url)));
  }

  public static HttpResponse<String> postJson(String url, String json) {
    return send(
        HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    if (container != null) {
      container.close();
    }
    if (process != null) {
      process.destroy();
      try {
        process.waitFor();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
