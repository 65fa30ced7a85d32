package shop.payment;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.stereotype.Component;

/** Stands in for a payment company: an HTTP service on a free loopback port. */
@Component
final class PaymentPartner implements AutoCloseable {
  private static final int THINKING_MS = 20;

  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  private final HttpServer server;

  PaymentPartner() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/payments", this::accept);
    server.setExecutor(threads);
    server.start();
  }

  URI address() {
    return URI.create("http://localhost:" + server.getAddress().getPort() + "/payments");
  }

  /** Accepts whatever it is asked to pay: the body is the order's number, so is the reference. */
  private void accept(HttpExchange exchange) throws IOException {
    try (exchange) {
      String order =
          new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)
              .replaceAll(".*order=(\\d+).*", "$1");
      Thread.sleep(THINKING_MS);
      byte[] reference = ("PAY-" + order).getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(201, reference.length);
      exchange.getResponseBody().write(reference);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
