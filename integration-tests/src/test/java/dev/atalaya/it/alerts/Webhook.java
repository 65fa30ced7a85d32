package dev.atalaya.it.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.atalaya.it.App;
import dev.atalaya.it.Otlp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** A receiver of alerts on a port that nobody listens on until it is {@link #up}. */
final class Webhook implements AutoCloseable {
  /** An alert as it came in. */
  record Alert(byte[] body, String signature, JsonNode finding) {}

  private final int port = App.freePort();
  private final List<Alert> alerts = new CopyOnWriteArrayList<>();
  private HttpServer server;

  String url() {
    return "http://127.0.0.1:" + port + "/in";
  }

  /** As the agent may show it: a path may be a secret. */
  String shown() {
    return "http://127.0.0.1:" + port + "/...";
  }

  Webhook up() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/in", this::receive);
    server.start();
    return this;
  }

  List<Alert> alerts() {
    return List.copyOf(alerts);
  }

  /** {@code firing warning x20, resolved warning x20}. */
  String told() {
    return alerts.stream()
        .map(Alert::finding)
        .map(
            one ->
                one.get("status").asText()
                    + " "
                    + one.get("severity").asText()
                    + " x"
                    + one.at("/operation/count_typical").asInt())
        .collect(Collectors.joining(", "));
  }

  /** Whether so many alerts are there within so many seconds. */
  boolean await(int count, int seconds) {
    for (int i = 0; i < 20 * seconds && alerts.size() < count; i++) Otlp.sleep(50);
    return alerts.size() >= count;
  }

  private void receive(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String signature = exchange.getRequestHeaders().getFirst("X-Atalaya-Signature");
    alerts.add(new Alert(body, signature, new ObjectMapper().readTree(body)));
    exchange.sendResponseHeaders(204, -1);
    exchange.close();
  }

  @Override
  public void close() {
    if (server != null) server.stop(0);
  }
}
