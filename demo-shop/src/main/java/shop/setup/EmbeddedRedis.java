package shop.setup;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.springframework.util.FileSystemUtils;
import redis.embedded.core.ExecutableProvider;

/**
 * A Redis process on a free loopback port, in a temporary directory.
 *
 * <p>Only the binary is taken from embedded-redis: its RedisServer would stop in a shutdown hook
 * beside Spring's, while requests are still being answered. As a daemon it hears no Ctrl-C either.
 */
final class EmbeddedRedis implements AutoCloseable {
  private final Path directory = Files.createTempDirectory("shop-redis");
  private final Path log = directory.resolve("redis.log");
  private final Path pidFile = directory.resolve("redis.pid");
  private final int port = freePort();

  EmbeddedRedis() throws IOException, InterruptedException {
    Process launcher =
        new ProcessBuilder(
                ExecutableProvider.newJarResourceProvider(directory.toFile()).get().getPath(),
                "--port " + port,
                "--bind 127.0.0.1",
                "--save ''",
                "--dir " + directory,
                "--daemonize yes",
                "--pidfile " + pidFile,
                "--logfile " + log)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!answers()) {
      boolean failed = !launcher.isAlive() && launcher.exitValue() != 0;
      if (failed || System.nanoTime() - deadline > 0) {
        throw new IOException(
            "Redis does not start; name another by SHOP_REDIS_URL. It says: "
                + Files.readString(log));
      }
      Thread.sleep(20);
    }
    Guard.watch(pidFile, directory);
  }

  int port() {
    return port;
  }

  /** Redis listens before it writes its pid: both have to be there. */
  private boolean answers() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected() && Files.exists(pidFile) && Files.size(pidFile) > 0;
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
    long pid = Long.parseLong(Files.readString(pidFile).trim());
    ProcessHandle.of(pid).ifPresent(EmbeddedRedis::stop);
    FileSystemUtils.deleteRecursively(directory);
  }

  private static void stop(ProcessHandle process) {
    process.destroy();
    try {
      process.onExit().orTimeout(5, TimeUnit.SECONDS).join();
    } catch (CompletionException stillThere) {
      process.destroyForcibly();
    }
  }
}
