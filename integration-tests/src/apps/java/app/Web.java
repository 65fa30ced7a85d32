package app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;

/** The JDK's HTTP server on a free port: a path and a scenario each. */
public final class Web {
  private final HttpServer server;

  /** What a request asks for. */
  public interface Scenario {
    String run(String query) throws Exception;
  }

  public Web(int threads) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 64);
    server.setExecutor(
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, "web");
              thread.setDaemon(false);
              return thread;
            }));
  }

  public Web on(String path, final Scenario scenario) {
    server.createContext(
        path,
        new HttpHandler() {
          @Override
          public void handle(HttpExchange exchange) throws IOException {
            String body;
            int status = 200;
            try {
              String query = exchange.getRequestURI().getRawQuery();
              body = String.valueOf(scenario.run(query == null ? "" : query));
            } catch (Throwable e) {
              status = 500;
              StringWriter trace = new StringWriter();
              e.printStackTrace(new PrintWriter(trace));
              body = trace.toString();
            }
            byte[] bytes = body.getBytes("UTF-8");
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            if (bytes.length > 0) {
              exchange.getResponseBody().write(bytes);
            }
            exchange.close();
          }
        });
    return this;
  }

  /** Answers with a header of the request, or with that status where the query names one. */
  public Web echo(String path, final String header) {
    server.createContext(
        path,
        exchange -> {
          String query = "" + exchange.getRequestURI().getRawQuery();
          int at = query.indexOf("status=");
          int status = at < 0 ? 200 : Integer.parseInt(query.substring(at + 7, at + 10));
          byte[] bytes = ("" + exchange.getRequestHeaders().get(header)).getBytes("UTF-8");
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    return this;
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /** Starts without a word, beside the one that is asked. */
  public void open() {
    server.start();
  }

  public void start() {
    open();
    System.out.println("READY " + port());
  }
}
