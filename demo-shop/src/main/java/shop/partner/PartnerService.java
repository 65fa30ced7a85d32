package shop.partner;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * A company that ships, knows whom to trust, and takes payments: an HTTP service, slow as such
 * services are. It runs inside of the shop, or on its own: {@code java -jar demo-shop.jar
 * --partner=8090}.
 *
 * <p>{@code GET /shipping/{product}?quantity=2} and, for many at once, {@code GET
 * /shipping?items=7x2,9x1}; {@code GET /risk/{customer}}; {@code POST /payments}.
 */
public final class PartnerService implements AutoCloseable {
  private static final int SHIPPING_MS = 30;
  private static final int RISK_MS = 60;
  private static final int PAYMENT_MS = 80;

  static {
    // Else an answer's second packet waits for the first one's receipt: 40 ms, on a kept
    // connection.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private static final String JSON = "application/json";
  private static final String TEXT = "text/plain";

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;

  /**
   * @param slow false for who cannot wait
   */
  PartnerService(InetSocketAddress address, boolean slow) throws IOException {
    int unit = slow ? 1 : 0;
    server = HttpServer.create(address, 0);
    server.createContext(
        "/shipping", after(unit * SHIPPING_MS, 200, JSON, PartnerService::shipping));
    server.createContext("/risk", after(unit * RISK_MS, 200, JSON, exchange -> "true"));
    server.createContext("/payments", after(unit * PAYMENT_MS, 201, TEXT, PartnerService::payment));
    server.setExecutor(threads);
    server.start();
  }

  /**
   * Runs until it is stopped.
   *
   * @param where a port of this machine's own, or 0.0.0.0:8090 where others are to reach it
   */
  public static void main(String where) throws IOException {
    int colon = where.lastIndexOf(':');
    String host = colon < 0 ? "localhost" : where.substring(0, colon);
    int port = Integer.parseInt(where.substring(colon + 1));
    PartnerService service = new PartnerService(new InetSocketAddress(host, port), true);
    System.out.println("The partner listens at " + service.address());
  }

  URI address() {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }

  private interface Answer {
    String to(HttpExchange exchange) throws IOException;
  }

  private static HttpHandler after(int milliseconds, int status, String type, Answer answer) {
    return exchange -> {
      try (exchange) {
        byte[] body = answer.to(exchange).getBytes(StandardCharsets.UTF_8);
        Thread.sleep(milliseconds);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
    };
  }

  private static String shipping(HttpExchange exchange) {
    String path = exchange.getRequestURI().getPath();
    String value = exchange.getRequestURI().getQuery().replaceAll(".*=", "");
    if (path.matches("/shipping/\\d+")) {
      return price(Long.parseLong(path.substring(10)), Integer.parseInt(value)).toString();
    }
    return Arrays.stream(value.split(","))
        .map(item -> item.split("x"))
        .map(item -> price(Long.parseLong(item[0]), Integer.parseInt(item[1])).toString())
        .collect(Collectors.joining(",", "[", "]"));
  }

  /** Heavier things cost more to send. */
  private static BigDecimal price(long product, int quantity) {
    return BigDecimal.valueOf(90 + product % 5 * 35, 2).multiply(BigDecimal.valueOf(quantity));
  }

  /** Accepts whatever it is asked to pay: the body is the order's number, so is the reference. */
  private static String payment(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    return "PAY-" + body.replaceAll(".*order=(\\d+).*", "$1");
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
