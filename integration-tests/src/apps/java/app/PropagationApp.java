package app;

import com.sun.net.httpserver.HttpServer;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.Scanner;

/** A server that calls itself and answers with the headers that arrived there. */
public final class PropagationApp {
  private PropagationApp() {}

  public static void main(String[] args) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    server.setExecutor(java.util.concurrent.Executors.newFixedThreadPool(4));
    final int port = server.getAddress().getPort();
    server.createContext(
        "/headers",
        exchange -> {
          StringBuilder headers = new StringBuilder();
          for (Map.Entry<String, List<String>> header : exchange.getRequestHeaders().entrySet()) {
            headers.append(header.getKey()).append(": ");
            headers.append(String.join(",", header.getValue())).append('\n');
          }
          answer(exchange, headers.toString());
        });
    server.createContext(
        "/call",
        exchange -> {
          HttpURLConnection connection =
              (HttpURLConnection) new URL("http://localhost:" + port + "/headers").openConnection();
          answer(
              exchange,
              new Scanner(connection.getInputStream(), "UTF-8").useDelimiter("\\A").next());
        });
    server.start();
    System.out.println("READY " + port);
  }

  private static void answer(com.sun.net.httpserver.HttpExchange exchange, String text)
      throws java.io.IOException {
    byte[] bytes = text.getBytes("UTF-8");
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
