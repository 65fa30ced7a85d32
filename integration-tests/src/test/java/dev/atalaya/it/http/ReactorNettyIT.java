package dev.atalaya.it.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.it.App;
import dev.atalaya.it.ServerContract;
import dev.atalaya.it.Span;
import dev.atalaya.it.WaysToRoute;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reactor Netty without Spring's DispatcherHandler above it. */
final class ReactorNettyIT {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "io.projectreactor.netty:reactor-netty:0.9.25.RELEASE",
        "io.projectreactor.netty:reactor-netty-http:1.3.6",
      })
  void a_request_has_the_template_of_its_route_and_the_exception_of_its_handler(String library)
      throws Exception {
    WaysToRoute.check(
        () -> App.main("app.ReactorNettyApp").libraries(library, ServerContract.H2),
        "/shop",
        null,
        ways -> {
          assertFalse(ways.found("/orders/CANARY-1", 200, "/orders/{id}").error());
          ways.found("/orders/CANARY-2?verbose=1", 200, "/orders/{id}");
          ways.found("/orders/2/lines/CANARY-3", 200, "/orders/{id}/lines/{line}");
          assertFalse(ways.found("/orders/4/refused", 422, "/orders/{id}/refused").error());
          ways.failed("/orders/6/broken", 500, "/orders/{id}/broken", "IllegalState");
          Span stream = ways.found("/orders/9/stream", 200, "/orders/{id}/stream");
          assertTrue(stream.end() - stream.start() >= 90_000_000, "until all was written");
          ways.found("/pages/page.txt", 200, "/pages/*");
          ways.found("/pages/CANARY-5", 404, "/pages/*");
          assertNull(ways.asked("GET", "/shelves/CANARY-6").get("http.route"));
          assertNull(ways.asked("GET", "/nowhere/CANARY-7").get("http.route"));
          ways.asked("HEAD", "/orders/10");
          assertEquals("_OTHER", ways.asked("BREW", "/orders/12").get("http.request.method"));
          ways.later();
          ways.whoHangsUpIsOneRequest("/orders/15/stream");
          ways.whoHangsUpIsOneRequest("/orders/16/later");
          ways.pipelined("/orders/25/later", "/orders/26", "/orders/27/lines/3");
          ways.posted("/orders/28", "three");
          ways.repeats("/orders/17/repeated", "/orders/{id}/repeated", 12);
        });
  }

  @ParameterizedTest
  @CsvSource({
    "org.springframework:spring-webflux:5.2.25.RELEASE,"
        + " io.projectreactor.netty:reactor-netty:0.9.25.RELEASE",
    "org.springframework:spring-webflux:7.0.10, io.projectreactor.netty:reactor-netty-http:1.3.6",
  })
  void a_request_has_the_pattern_of_its_function_and_the_exception_of_its_handler(
      String webFlux, String netty) throws Exception {
    WaysToRoute.check(
        () ->
            App.main("app.WebFluxRoutesApp")
                .libraries(
                    webFlux, webFlux.replace("webflux", "context"), netty, ServerContract.H2),
        "/shop",
        null,
        ways -> {
          ways.all();
          ways.pipelined("/orders/25/later", "/orders/26", "/orders/27/lines/3");
          ways.repeats("/orders/17/repeated", "/orders/{id}/repeated", 12);
        });
  }
}
