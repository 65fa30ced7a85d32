package dev.atalaya.it;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import redis.embedded.core.ExecutableProvider;

/** A Redis to kill and to start again on the same port; it remembers nothing. */
public final class RedisProcess implements AutoCloseable {
  private final Path folder = Files.createTempDirectory("redis");
  private final Path binary =
      ExecutableProvider.newJarResourceProvider(folder.toFile()).get().toPath();
  private final int port = busPort();
  private final List<String> options;
  private Process process;

  /** With options besides, each as on the command line: {@code --cluster-enabled yes}. */
  public RedisProcess(String... more) throws IOException {
    options = List.of(more);
    start();
  }

  public static RedisProcess sentinel() throws IOException {
    Path file = Files.createTempFile("sentinel", ".conf"); // which it writes to
    return new RedisProcess(file.toString(), "--sentinel");
  }

  /** A node's bus has the port 10,000 above. */
  private static int busPort() {
    int port = App.freePort();
    return port > 55_000 ? port - 10_000 : port;
  }

  public int port() {
    return port;
  }

  public String url() {
    return "redis://127.0.0.1:" + port;
  }

  public void start() throws IOException {
    Path log = folder.resolve("redis.log");
    List<String> command = new ArrayList<>();
    command.add(binary.toString());
    if (!options.isEmpty() && options.get(0).endsWith(".conf")) {
      command.add(options.get(0));
    }
    command.addAll(List.of("--port " + port, "--bind 127.0.0.1"));
    if (!options.contains("--sentinel")) {
      command.add("--save ''");
    }
    for (String option : options) {
      if (option.startsWith("--")) {
        command.add(option);
      }
    }
    process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (!Otlp.await(() -> command("PING").startsWith("+PONG"))) {
      throw new IllegalStateException("Redis does not answer: " + Files.readString(log));
    }
  }

  /** SIGKILL. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** The beginning of the reply as Redis sends it; empty where it is away. */
  public String command(String command) {
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
