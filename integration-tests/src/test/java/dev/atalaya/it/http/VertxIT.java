package dev.atalaya.it.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.atalaya.it.App;
import dev.atalaya.it.Concurrently;
import dev.atalaya.it.MatrixSource;
import dev.atalaya.it.Otlp;
import dev.atalaya.it.ServerContract;
import dev.atalaya.it.Told;
import dev.atalaya.it.WaysToRoute;
import java.io.IOException;
import java.net.http.HttpClient;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Vert.x Web on its own server: event loops, workers, timers and messages. */
final class VertxIT {
  @ParameterizedTest
  @CsvSource({
    "app.Vertx3App, io.vertx:vertx-web:3.9.16",
    "app.VertxApp, io.vertx:vertx-web:5.1.6",
  })
  @MatrixSource({
    "app.Vertx3App, io.vertx:vertx-web:4.0.3",
    "app.VertxApp, io.vertx:vertx-web:4.5.32",
  })
  void a_request_has_its_route_its_calls_and_what_its_handler_threw(String main, String library)
      throws Exception {
    WaysToRoute.check(
        () -> app(main, library),
        "/shop",
        null,
        ways -> {
          ways.writtenAs(":$1").all();
          ways.found("/shelves/1/books/CANARY-5", 200, "/shelves/:shelf/books/:book");
          ways.found("/shelves/1/pages/6", 200, "/shelves/:shelf/\\/pages\\/(\\d+)");
          assertEquals(null, ways.asked("GET", "/shelves/CANARY-7/nowhere").get("http.route"));
          ways.asked("GET", "/orders/8/nowhere");
          ways.byHttp2();
        });
  }

  @ParameterizedTest
  @CsvSource({
    "app.Vertx3App, io.vertx:vertx-web:3.9.16",
    "app.VertxApp, io.vertx:vertx-web:5.1.6",
  })
  @MatrixSource({
    "app.Vertx3App, io.vertx:vertx-web:4.0.3",
    "app.VertxApp, io.vertx:vertx-web:4.5.32",
  })
  void a_loop_is_its_requests_wherever_it_runs(String main, String library) throws IOException {
    try (Otlp otlp = Otlp.http();
        App app = app(main, library).agent(otlp).start()) {
      for (String way : List.of("loop", "asked")) {
        assertEquals("1 has 12", app.get("/shop/orders/1/" + way).body());
        JsonNode loop =
            Told.awaitKind(
                app,
                "n_plus_one",
                "GET /shop/orders/:id/" + way,
                one -> one.at("/operation/count_max").asInt() == 12);
        assertEquals("app.VertxRoutes.line", loop.at("/call_site/function").asText());
      }
      Concurrently.check(otlp, app, 40, List.of("/shop/orders/2/loop", "/shop/orders/3/asked"), 12);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "app.Vertx3App, io.vertx:vertx-web:3.9.16",
    "app.VertxApp, io.vertx:vertx-web:5.1.6",
  })
  @MatrixSource({
    "app.Vertx3App, io.vertx:vertx-web:4.0.3",
    "app.VertxApp, io.vertx:vertx-web:4.5.32",
  })
  void what_its_client_sends_is_of_the_request_that_asks(String main, String library)
      throws IOException {
    try (Otlp otlp = Otlp.http();
        App app = app(main, library).agent(otlp).start()) {
      String path = "/shop/orders/1/called";
      String asking = "GET /shop/orders/:id/called";
      String asked = "GET /shop/orders/:id/later";
      Concurrently.checkCalls(otlp, app, path, asking, asked);
      app.by(HttpClient.Version.HTTP_2); // and so does its client
      assertEquals(HttpClient.Version.HTTP_2, app.get("/shop/orders/1").response().version());
      Concurrently.checkCalls(otlp, app, path, asking, asked);
    }
  }

  static App.Launch app(String main, String library) {
    return App.main(main)
        .libraries(library, library.replace("vertx-web", "vertx-web-client"), ServerContract.H2)
        .release(11);
  }
}
