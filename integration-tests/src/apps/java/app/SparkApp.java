package app;

import java.net.ServerSocket;
import spark.Spark;

/** Spark on the Jetty that it brings. */
public final class SparkApp {
  private SparkApp() {}

  public static void main(String[] args) throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Spark.ipAddress("127.0.0.1");
    Spark.port(port);
    Spark.before("/locked/*", (request, response) -> Spark.halt(401));
    Spark.get("/orders/:id", (request, response) -> "order " + request.params("id"));
    Spark.get(
        "/orders/:id/handled",
        (request, response) -> {
          throw new IllegalArgumentException("CANARY");
        });
    Spark.get(
        "/orders/:id/broken",
        (request, response) -> {
          throw new IllegalStateException("CANARY");
        });
    Spark.exception(
        IllegalArgumentException.class,
        (error, request, response) -> {
          response.status(422);
          response.body("handled");
        });
    Spark.awaitInitialization();
    System.out.println("READY " + port);
  }
}
