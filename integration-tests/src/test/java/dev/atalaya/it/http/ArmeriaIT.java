package dev.atalaya.it.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.atalaya.it.App;
import dev.atalaya.it.Concurrently;
import dev.atalaya.it.Otlp;
import dev.atalaya.it.ServerContract;
import dev.atalaya.it.Span;
import dev.atalaya.it.WaysToRoute;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Armeria, on Netty with handlers of its own, by HTTP/1.1 and by HTTP/2 in clear text. */
final class ArmeriaIT {
  @ParameterizedTest
  @ValueSource(
      strings = {"com.linecorp.armeria:armeria:1.0.0", "com.linecorp.armeria:armeria:1.40.0"})
  void a_request_has_its_route_and_the_exception_of_its_service(String library) throws Exception {
    WaysToRoute.check(
        () -> App.main("app.ArmeriaApp").libraries(library, ServerContract.H2),
        "/shop",
        null,
        ways -> {
          ways.writtenAs(":$1").all();
          ways.found("/orders/18/loop", 200, "/orders/{id}/loop");
          ways.found("/shelves/CANARY-20/books", 200, "/shelves/*");
          Span added = ways.asked("POST", "/orders/19/lines");
          assertEquals("/shop/orders/:id/lines", added.get("http.route"));
          ways.repeats("/orders/17/repeated", "/orders/{id}/repeated", 12);
          ways.byHttp2();
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"com.linecorp.armeria:armeria:1.0.0", "com.linecorp.armeria:armeria:1.40.0"})
  void what_its_client_sends_is_of_the_request_that_asks(String library) throws Exception {
    try (Otlp otlp = Otlp.http();
        App app =
            App.main("app.ArmeriaApp")
                .libraries(library, ServerContract.H2)
                .nothingIsSlow()
                .agent(otlp)
                .start()) {
      Concurrently.checkCalls(
          otlp,
          app,
          "/shop/orders/1/called",
          "GET /shop/orders/:id/called",
          "GET /shop/orders/:id/later");
    }
  }
}
