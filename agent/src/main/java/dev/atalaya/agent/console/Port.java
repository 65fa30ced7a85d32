package dev.atalaya.agent.console;

import dev.atalaya.agent.log.Log;
import dev.atalaya.bridge.Call;
import dev.atalaya.bridge.Tracing;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The port that serves a {@link Site}: one thread that accepts, at most two that answer.
 *
 * <p>On plain sockets, one request a connection. The JDK's own server, which Prometheus' client
 * library builds on, would start java.util.logging before the application has chosen its log
 * manager, read system properties that the application may still set for a server of its own, and
 * be woven like the application's.
 */
public final class Port {
  private static final int FURTHER_PORTS = 10;
  private static final int THREADS = 2;
  private static final int MAX_WAITING = 50;
  private static final long MAX_EXCHANGE_NANOS = 60_000_000_000L;

  private final Site site;
  private final ServerSocket socket;
  private final ThreadPoolExecutor threads;
  private final Map<Socket, Long> open = new ConcurrentHashMap<>();

  private Port(Site site, ServerSocket socket) {
    this.site = site;
    this.socket = socket;
    AtomicInteger count = new AtomicInteger();
    threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            90, // longer than most scrape intervals
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MAX_WAITING),
            task -> daemon(task, "atalaya-http-" + count.incrementAndGet()));
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * Opens {@code port} on {@code host}; where it is taken one of the next ten, else any free one.
   * Says in the log where it is. Null, and a line in the log, where the port cannot be opened.
   */
  public static @Nullable Port open(String host, int port, Site site) {
    try {
      InetAddress address = InetAddress.getByName(host);
      ServerSocket socket = bind(address, port);
      site.boundTo(address, host);
      Port opened = new Port(site, socket);
      daemon(opened::accept, "atalaya-http").start();
      boolean moved = port != 0 && opened.number() != port;
      Log.info((moved ? "port " + port + " is taken; " : "") + "metrics at " + opened.url());
      return opened;
    } catch (IOException | RuntimeException | LinkageError error) {
      Log.warn("no port for metrics on " + host + ":" + port + ", going on without", error);
      return null;
    }
  }

  /** The port's real number. */
  public int number() {
    return socket.getLocalPort();
  }

  /** Where metrics are, e.g. {@code http://127.0.0.1:9464/metrics}. */
  public String url() {
    String host = socket.getInetAddress().getHostAddress();
    if (host.indexOf(':') >= 0) host = "[" + host + "]";
    return "http://" + host + ":" + number() + "/metrics";
  }

  public void close() {
    close(socket);
    threads.shutdownNow();
    for (Socket one : open.keySet()) close(one);
  }

  private static ServerSocket bind(InetAddress address, int port) throws IOException {
    IOException first = null;
    for (int i = 0; i <= FURTHER_PORTS + 1; i++) {
      int candidate = i > FURTHER_PORTS || port + i > 65_535 ? 0 : port + i;
      ServerSocket socket = new ServerSocket();
      try {
        socket.bind(new InetSocketAddress(address, candidate), MAX_WAITING);
        return socket;
      } catch (IOException taken) {
        close(socket);
        if (first == null) first = taken;
      }
    }
    throw first == null ? new IOException("no free port") : first;
  }

  private void accept() {
    Call quiet = Tracing.quiet();
    try {
      while (!socket.isClosed()) {
        try {
          take(socket.accept());
        } catch (IOException | RuntimeException failed) {
          if (!socket.isClosed()) pause(); // e.g. the process is out of file descriptors
        }
      }
    } finally {
      Tracing.end(quiet, null);
    }
  }

  private void take(Socket connection) {
    dropStale();
    open.put(connection, System.nanoTime());
    try {
      threads.execute(() -> serve(connection));
    } catch (RejectedExecutionException full) {
      drop(connection);
    }
  }

  private void serve(Socket connection) {
    Call quiet = Tracing.quiet();
    try {
      Exchange.run(connection, site);
    } catch (IOException | RuntimeException gone) {
      // The client went away; nobody is left to be told.
    } finally {
      Tracing.end(quiet, null);
      drop(connection);
    }
  }

  /** A client that does not read its answer would keep a thread for ever. */
  private void dropStale() {
    long now = System.nanoTime();
    open.forEach(
        (connection, since) -> {
          if (now - since > MAX_EXCHANGE_NANOS) drop(connection);
        });
  }

  private void drop(Socket connection) {
    open.remove(connection);
    close(connection);
  }

  private static void close(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception closed) {
      // As good as closed.
    }
  }

  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(null, task, name, 256 * 1024);
    thread.setDaemon(true);
    thread.setContextClassLoader(null);
    return thread;
  }
}
