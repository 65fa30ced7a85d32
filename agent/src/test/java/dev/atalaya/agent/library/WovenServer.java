package dev.atalaya.agent.library;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An HTTP server for clients to call: {@code /<status>} answers with that status, {@code /302} goes
 * on to {@code /200}. Its own side is not recorded.
 */
public final class WovenServer implements AutoCloseable {
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private final List<Map<String, List<String>>> received = new CopyOnWriteArrayList<>();

  public WovenServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
    server.createContext(
        "/",
        exchange -> {
          received.add(Map.copyOf(exchange.getRequestHeaders()));
          exchange.getRequestBody().readAllBytes();
          int status = Integer.parseInt(exchange.getRequestURI().getPath().substring(1));
          if (status == 302) exchange.getResponseHeaders().add("Location", url("/200"));
          byte[] body = ("answer " + status).getBytes(java.nio.charset.StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.setExecutor(threads);
    server.start();
  }

  public String url(String path) {
    return "http://localhost:" + port() + path;
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /** The values of a header in the last request. */
  public List<String> header(String name) {
    Map<String, List<String>> last = received.get(received.size() - 1);
    for (Map.Entry<String, List<String>> each : last.entrySet()) {
      if (each.getKey().equalsIgnoreCase(name)) return each.getValue();
    }
    return List.of();
  }

  /** A URL that nobody answers at. */
  public static String refusing() {
    try (ServerSocket free = new ServerSocket(0)) {
      return "http://localhost:" + free.getLocalPort() + "/";
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
