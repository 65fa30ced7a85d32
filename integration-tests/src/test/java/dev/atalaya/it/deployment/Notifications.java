package dev.atalaya.it.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands for all receivers of an Alertmanager, each with an address of its own. */
final class Notifications implements AutoCloseable {
  private final HttpServer server;
  private final List<JsonNode> received = new CopyOnWriteArrayList<>();

  Notifications() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::receive);
    server.start();
  }

  String url(String receiver) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + receiver;
  }

  /** Those to that receiver, each with its {@code groupLabels} and {@code alerts}. */
  List<JsonNode> to(String receiver) {
    return received.stream().filter(n -> n.get("receiver").asText().equals(receiver)).toList();
  }

  private void receive(HttpExchange exchange) throws IOException {
    JsonNode notification = new ObjectMapper().readTree(exchange.getRequestBody().readAllBytes());
    boolean here =
        exchange.getRequestURI().getPath().equals("/" + notification.get("receiver").asText());
    if (here) received.add(notification);
    exchange.sendResponseHeaders(here ? 204 : 400, -1);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
