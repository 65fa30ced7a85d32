package dev.atalaya.it;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import redis.embedded.core.ExecutableProvider;

/** A Redis to kill and to start again on the same port; it remembers nothing. */
final class RedisProcess implements AutoCloseable {
  private final Path folder = Files.createTempDirectory("redis");
  private final Path binary =
      ExecutableProvider.newJarResourceProvider(folder.toFile()).get().toPath();
  private final int port = App.freePort();
  private Process process;

  RedisProcess() throws IOException {
    start();
  }

  int port() {
    return port;
  }

  String url() {
    return "redis://127.0.0.1:" + port;
  }

  void start() throws IOException {
    Path log = folder.resolve("redis.log");
    process =
        new ProcessBuilder(binary.toString(), "--port " + port, "--bind 127.0.0.1", "--save ''")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (!Otlp.await(() -> command("PING").startsWith("+PONG"))) {
      throw new IllegalStateException("Redis does not answer: " + Files.readString(log));
    }
  }

  /** SIGKILL. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** The beginning of the reply as Redis sends it; empty where it is away. */
  String command(String command) {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
      byte[] reply = new byte[65_536];
      int length = socket.getInputStream().read(reply);
      return new String(reply, 0, Math.max(length, 0), StandardCharsets.US_ASCII);
    } catch (IOException away) {
      return "";
    }
  }

  @Override
  public void close() {
    kill();
  }
}
