package dev.atalaya.it.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.atalaya.it.App;
import dev.atalaya.it.MatrixSource;
import dev.atalaya.it.ServerContract;
import dev.atalaya.it.Span;
import dev.atalaya.it.WaysToRoute;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Javalin, which brings its own Jetty. */
final class JavalinIT {
  @ParameterizedTest
  @CsvSource({
    "app.JavalinApp, io.javalin:javalin:5.0.1, routing, 11",
    "app.Javalin7App, io.javalin:javalin:7.2.3, '', 17",
  })
  @MatrixSource("app.JavalinApp, io.javalin:javalin:6.7.0, router, 11")
  void a_request_has_its_route_and_the_exception_of_its_handler(
      String main, String library, String argument, int release) throws Exception {
    WaysToRoute.check(
        () ->
            App.main(main)
                .libraries(library, ServerContract.H2)
                .release(release)
                .arguments(argument),
        "/shop",
        "/shop/*",
        ways -> {
          ways.all();
          Span locked = ways.asked("GET", "/locked/CANARY-5");
          assertEquals("/shop/*", locked.get("http.route"), "a handler before is no route");
        });
  }
}
