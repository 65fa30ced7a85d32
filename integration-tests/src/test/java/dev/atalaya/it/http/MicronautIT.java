package dev.atalaya.it.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.atalaya.it.App;
import dev.atalaya.it.MatrixSource;
import dev.atalaya.it.ServerContract;
import dev.atalaya.it.Span;
import dev.atalaya.it.WaysToRoute;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Micronaut on Netty. */
final class MicronautIT {
  @ParameterizedTest
  @CsvSource({
    "io.micronaut:micronaut-http-server-netty:3.0.0, io.micronaut:micronaut-runtime:3.0.0,"
        + " io.micronaut:micronaut-inject-java:3.0.0",
    "io.micronaut:micronaut-http-server-netty:4.10.37,"
        + " io.micronaut:micronaut-jackson-databind:4.10.37,"
        + " io.micronaut:micronaut-inject-java:4.10.37",
  })
  @MatrixSource({
    "io.micronaut:micronaut-http-server-netty:3.10.19, io.micronaut:micronaut-runtime:3.10.19,"
        + " io.micronaut:micronaut-inject-java:3.10.19",
    "io.micronaut:micronaut-http-server-netty:4.0.0,"
        + " io.micronaut:micronaut-jackson-databind:4.0.0,"
        + " io.micronaut:micronaut-inject-java:4.0.0",
  })
  void a_request_has_its_route_and_the_exception_of_its_controller(
      String server, String json, String processor) throws Exception {
    WaysToRoute.check(
        () ->
            App.main("app.MicronautApp")
                .libraries(server, json, "org.slf4j:slf4j-simple:2.0.17", ServerContract.H2)
                .processors(processor)
                .release(11),
        "/shop",
        null,
        ways -> {
          ways.all();
          ways.found("/orders/CANARY-19?verbose=1", 200, "/orders/{id}");
          ways.atTheSameTime("/orders/20/lines/2"); // on threads of its own, not the event loop's
          ways.atTheSameTime("/orders/21/reactive");
          ways.failed(
              "/orders/22/reactive-broken", 500, "/orders/{id}/reactive-broken", "IllegalState");
          if (!server.contains(":3.10.")) { // which answers first what is ready first
            ways.pipelined("/orders/25/later", "/orders/26", "/orders/27/lines/3");
          }
          ways.posted("/orders/28", "three");
          Span head = ways.asked("HEAD", "/orders/23");
          assertEquals("/shop/orders/{id}", head.get("http.route"), head::toString);
          Span below = ways.asked("GET", "/orders/24/nowhere");
          assertNull(below.get("http.route"), below::toString);
          ways.repeats("/orders/17/repeated", "/orders/{id}/repeated", 12);
        });
  }
}
