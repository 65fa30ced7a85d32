package dev.atalaya.agent.console;

import dev.atalaya.agent.log.Log;
import dev.atalaya.bridge.Call;
import dev.atalaya.bridge.Tracing;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Serves a {@link Site}: one thread that accepts connections and cuts off those that are too slow,
 * and one for each connection.
 *
 * <p>Connections are bounded. Where there is no room for another, the one that has kept us waiting
 * longest goes, so that clients that send or read slowly are in nobody's way.
 *
 * <p>On plain sockets, one request for each connection. The JDK's own server, which Prometheus'
 * client library builds on, would start java.util.logging before the application has chosen its log
 * manager, read system properties that the application may still set for a server of its own, and
 * be woven like the application's.
 */
public final class HttpServer {
  private static final int FURTHER_PORTS = 10;
  private static final int MAX_WAITING = 50;
  private static final int MAX_CONNECTIONS = 32;

  /**
   * From accepting to closing: more than a request may take to come, so that the response can be
   * read.
   */
  private static final long MAX_OPEN_NANOS = TimeUnit.SECONDS.toNanos(20);

  /**
   * A younger connection is not cut off to make room: honest clients need less for what they send.
   */
  private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private static final int LOOK_MILLIS = 250;

  private final Site site;
  private final ServerSocket socket;
  private final ThreadPoolExecutor threads;
  private final Turns turns = new Turns();
  private final Map<Socket, Long> open = new ConcurrentHashMap<>();

  private HttpServer(Site site, ServerSocket socket) {
    this.site = site;
    this.socket = socket;
    AtomicInteger count = new AtomicInteger();
    threads =
        new ThreadPoolExecutor(
            0,
            2 * MAX_CONNECTIONS, // who was cut off needs a moment to be gone
            90, // longer than most scrape intervals
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            task -> daemon(task, "atalaya-http-" + count.incrementAndGet()));
  }

  /**
   * Opens {@code port} on {@code host}; where it is taken one of the next ten, else any free one.
   * Says in the log where it is. Null, and a line in the log, where the port cannot be opened.
   */
  public static @Nullable HttpServer open(String host, int port, Site site) {
    try {
      InetAddress address = InetAddress.getByName(host);
      ServerSocket socket = bind(address, port);
      site.boundTo(address, host);
      HttpServer opened = new HttpServer(site, socket);
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
          acceptNext();
        } catch (Throwable lost) {
          // In a full heap even the first call of a method may fail.
        }
      }
    } finally {
      Tracing.end(quiet, null);
    }
  }

  private void acceptNext() {
    try {
      if (!makeRoom()) {
        pause(20);
        return;
      }
      // Only this thread adds connections: where none is open, none can become too old.
      socket.setSoTimeout(open.isEmpty() ? 0 : LOOK_MILLIS);
      take(socket.accept());
    } catch (SocketTimeoutException none) {
      // Time to look at the open ones.
    } catch (IOException | RuntimeException | Error failed) {
      if (!socket.isClosed()) pause(100); // out of file descriptors, of memory, of threads
    }
  }

  /**
   * Cuts off connections that are too old, and where that is not enough the oldest. False for no
   * room.
   */
  private boolean makeRoom() {
    long now = System.nanoTime();
    Socket oldest = null;
    long since = now - GRACE_NANOS;
    for (Map.Entry<Socket, Long> one : open.entrySet()) {
      if (now - one.getValue() > MAX_OPEN_NANOS) {
        drop(one.getKey());
      } else if (one.getValue() - since < 0) {
        oldest = one.getKey();
        since = one.getValue();
      }
    }
    if (open.size() < MAX_CONNECTIONS) return true;
    if (oldest == null) return false;
    drop(oldest);
    return true;
  }

  private void take(Socket connection) {
    open.put(connection, System.nanoTime());
    boolean taken = false;
    try {
      threads.execute(() -> serve(connection));
      taken = true;
    } finally {
      if (!taken) drop(connection);
    }
  }

  private void serve(Socket connection) {
    Call quiet = Tracing.quiet();
    try {
      HttpRequest.run(connection, site, turns);
    } catch (Throwable gone) {
      // Mostly the client went away. Nothing may reach the application's handler of uncaught
      // exceptions, which may end the JVM.
    } finally {
      Tracing.end(quiet, null);
      drop(connection);
    }
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

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
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
