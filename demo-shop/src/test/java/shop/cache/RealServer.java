package shop.cache;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import redis.embedded.core.ExecutableProvider;

/** A Redis or Memcached process of a test, that dies, hangs and comes back as the test wants. */
final class RealServer implements AutoCloseable {
  private final int port = freePort();
  private final List<String> command;
  private Process process;

  private RealServer(List<String> command) throws IOException {
    this.command = new ArrayList<>(command);
    this.command.add(Integer.toString(port));
    start();
  }

  static RealServer redis() throws IOException {
    Path directory = Files.createTempDirectory("cache-test");
    String binary = ExecutableProvider.newJarResourceProvider(directory.toFile()).get().getPath();
    return new RealServer(List.of(binary, "--bind", "127.0.0.1", "--save", "", "--port"));
  }

  static boolean memcachedIsInstalled() {
    return Files.isExecutable(Path.of("/usr/bin/memcached"));
  }

  static RealServer memcached() throws IOException {
    return new RealServer(List.of("/usr/bin/memcached", "-u", "nobody", "-l", "127.0.0.1", "-p"));
  }

  int port() {
    return port;
  }

  void start() throws IOException {
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    Awaitility.await().ignoreExceptions().until(this::listens);
  }

  private boolean listens() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    }
  }

  /** Sends Redis a command and waits for its answer. */
  void send(String line) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
      if (socket.getInputStream().read() == '-') {
        throw new IOException("Redis refuses " + line);
      }
    }
  }

  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor(5, TimeUnit.SECONDS);
  }

  /** It takes connections and answers nothing. */
  void hang() throws Exception {
    signal("-STOP");
  }

  void goOn() throws Exception {
    signal("-CONT");
  }

  private void signal(String name) throws Exception {
    new ProcessBuilder("kill", name, Long.toString(process.pid())).start().waitFor();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() throws Exception {
    goOn();
    kill();
  }
}
