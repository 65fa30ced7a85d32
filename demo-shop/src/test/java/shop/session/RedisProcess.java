package shop.session;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.springframework.util.FileSystemUtils;
import redis.embedded.core.ExecutableProvider;

/** A Redis to kill, to hold up, and to start again on the same port; it remembers nothing. */
final class RedisProcess implements AutoCloseable {
  private final Path folder = Files.createTempDirectory("redis");
  private final Path binary =
      ExecutableProvider.newJarResourceProvider(folder.toFile()).get().toPath();
  private final int port = freePort();
  private Process process;

  RedisProcess() throws IOException {
    start();
  }

  int port() {
    return port;
  }

  void start() throws IOException {
    process =
        new ProcessBuilder(
                binary.toString(),
                "--port " + port,
                "--bind 127.0.0.1",
                "--save ''",
                "--dir " + folder)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("redis.log").toFile())
            .start();
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(this::listens);
  }

  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** It keeps its connections and what it knows, but answers nobody. */
  void hang() throws IOException, InterruptedException {
    signal("STOP");
  }

  void goOn() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  private boolean listens() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() throws IOException {
    kill();
    FileSystemUtils.deleteRecursively(folder);
  }
}
