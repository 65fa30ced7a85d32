package shop;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** A partner that is quick, and refuses what a test wants to be refused. */
public final class TestPartner implements AutoCloseable {
  private static final String JSON = "application/json";

  static {
    // Else head and body of an answer wait 40 ms for each other on a connection that stays open.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  public volatile boolean trusting = true;
  public volatile boolean taking = true;

  public TestPartner() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  public String url() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String path = exchange.getRequestURI().getPath();
    String query = String.valueOf(exchange.getRequestURI().getQuery()).replaceAll("^.*=", "");
    if (path.startsWith("/risk")) {
      send(exchange, 200, JSON, Boolean.toString(trusting));
    } else if (path.startsWith("/payments")) {
      send(
          exchange,
          taking ? 201 : 402,
          "text/plain",
          taking ? "PAY-" + body.replaceAll(".*order=(\\d+).*", "$1") : "no money");
    } else if (path.equals("/shipping")) {
      String prices =
          Arrays.stream(query.split(","))
              .map(item -> price(item.split("x")[0], item.split("x")[1]))
              .collect(Collectors.joining(",", "[", "]"));
      send(exchange, 200, JSON, prices);
    } else {
      send(exchange, 200, JSON, price(path.replaceAll("^/shipping/", ""), query));
    }
  }

  private static String price(String product, String quantity) {
    BigDecimal each = BigDecimal.valueOf(100 + Long.parseLong(product) % 7 * 10, 2);
    return each.multiply(new BigDecimal(quantity)).toString();
  }

  private static void send(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
