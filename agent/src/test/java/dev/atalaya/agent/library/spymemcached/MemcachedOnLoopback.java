package dev.atalaya.agent.library.spymemcached;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** A real Memcached on a free port, for one test class; without one the tests are skipped. */
final class MemcachedOnLoopback implements AutoCloseable {
  final int port;
  private final Process process;

  private MemcachedOnLoopback(int port, Process process) {
    this.port = port;
    this.process = process;
  }

  static MemcachedOnLoopback start() throws Exception {
    String named = System.getenv("MEMCACHED_BIN");
    String program = named == null || named.isEmpty() ? "/usr/bin/memcached" : named;
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of(program)), "neither MEMCACHED_BIN nor " + program);
    int port = freePort();
    Process process =
        new ProcessBuilder(program, "-u", "nobody", "-l", "127.0.0.1", "-U", "0", "-p", "" + port)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    MemcachedOnLoopback server = new MemcachedOnLoopback(port, process);
    server.awaitStart();
    return server;
  }

  static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private void awaitStart() throws Exception {
    for (int i = 0; ; i++) {
      try (Socket socket = new Socket("127.0.0.1", port)) {
        return;
      } catch (IOException notYet) {
        if (i == 500) throw notYet;
        Thread.sleep(20);
      }
    }
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
