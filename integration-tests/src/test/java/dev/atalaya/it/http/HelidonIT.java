package dev.atalaya.it.http;

import dev.atalaya.it.App;
import dev.atalaya.it.Jvm;
import dev.atalaya.it.Jvms;
import dev.atalaya.it.ServerContract;
import dev.atalaya.it.WaysToRoute;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Helidon 4, whose server has a virtual thread a request. */
final class HelidonIT {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "io.helidon.webserver:helidon-webserver:4.0.0",
        "io.helidon.webserver:helidon-webserver:4.5.0"
      })
  void a_request_has_the_path_of_its_route_and_the_exception_of_its_handler(String library)
      throws Exception {
    Jvm jvm = Jvms.of(25);
    WaysToRoute.check(
        () -> App.main("app.HelidonApp").libraries(library, ServerContract.H2).release(21).jvm(jvm),
        "/shop",
        null,
        ways -> {
          ways.all();
          ways.found("/shelves/CANARY-20/books", 200, "/shelves/*");
          ways.repeats("/orders/17/repeated", "/orders/{id}/repeated", 12);
        });
  }
}
