package dev.atalaya.it.shop;

import dev.atalaya.it.App;
import dev.atalaya.it.Otlp;
import dev.atalaya.it.Program;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A real nginx with the shop's own configuration, in front of two instances. */
final class Nginx implements AutoCloseable {
  private final int port = App.freePort();
  private final Path folder = Files.createTempDirectory("nginx");
  private final Path log = folder.resolve("nginx.log");
  private final Process process;

  private Nginx(String binary, int first, int second) throws IOException {
    Path config = folder.resolve("nginx.conf");
    Files.writeString(
        config,
        Files.readString(Path.of("..", "demo-shop", "nginx.conf"))
            .replace("127.0.0.1:8080", "127.0.0.1:" + port)
            .replace("127.0.0.1:8081", "127.0.0.1:" + first)
            .replace("127.0.0.1:8082", "127.0.0.1:" + second));
    List<String> command =
        new ArrayList<>(List.of(binary, "-p", folder.toString(), "-c", config.toString()));
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(List.of("-g", "user root;")); // else its workers may not enter the folder
    }
    process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }

  /** Without nginx here, the test is skipped. */
  static Nginx before(int first, int second) throws IOException {
    Nginx nginx = new Nginx(binary(), first, second);
    if (!Otlp.await(() -> answers(nginx.url() + "/health"))) {
      nginx.close();
      throw new IllegalStateException("nginx does not answer: " + Files.readString(nginx.log));
    }
    return nginx;
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  private static String binary() {
    String named = System.getenv("NGINX_BIN");
    if (named != null && !named.isEmpty()) {
      return named;
    }
    String path = System.getenv("PATH") + File.pathSeparator + "/usr/sbin";
    return Stream.of(path.split(File.pathSeparator))
        .map(folder -> Path.of(folder, "nginx"))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst()
        .orElseGet(
            () ->
                Assumptions.<String>abort(
                    "no nginx here: set NGINX_BIN to its binary, or apt-get install nginx-light"));
  }

  private static boolean answers(String url) {
    try {
      return Program.get(url).statusCode() == 200;
    } catch (IllegalStateException notYet) {
      return false;
    }
  }

  @Override
  public void close() {
    process.destroy(); // SIGTERM to the master ends its workers too
    process.onExit().join();
  }
}
