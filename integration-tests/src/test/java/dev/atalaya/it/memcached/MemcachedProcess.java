package dev.atalaya.it.memcached;

import dev.atalaya.it.App;
import dev.atalaya.it.Checker;
import dev.atalaya.it.Otlp;
import java.io.IOException;
import java.net.Socket;

/** A Memcached on a free port. */
public record MemcachedProcess(int port, Process process) implements AutoCloseable {
  public static MemcachedProcess start() throws IOException {
    String program = Checker.installed("MEMCACHED_BIN", "/usr/bin/memcached").program();
    int port = App.freePort();
    Process process =
        new ProcessBuilder(program, "-u", "nobody", "-l", "127.0.0.1", "-U", "0", "-p", "" + port)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    MemcachedProcess memcached = new MemcachedProcess(port, process);
    if (!Otlp.await(memcached::listens)) {
      memcached.close();
      throw new IOException(program + " does not listen");
    }
    return memcached;
  }

  private boolean listens() {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
