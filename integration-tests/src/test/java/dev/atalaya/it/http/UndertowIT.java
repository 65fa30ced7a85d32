package dev.atalaya.it.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.atalaya.it.App;
import dev.atalaya.it.ServerContract;
import dev.atalaya.it.WaysToRoute;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Undertow's own handlers, without servlets. */
final class UndertowIT {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "io.undertow:undertow-core:2.2.38.Final",
        "io.undertow:undertow-core:2.3.20.Final"
      })
  void a_request_has_the_template_of_its_router_and_the_exception_of_its_handler(String library)
      throws Exception {
    WaysToRoute.check(
        () -> App.main("app.UndertowRoutesApp").libraries(library, ServerContract.H2),
        "/shop",
        null,
        ways -> {
          ways.all();
          ways.found("/shelves/1/books/CANARY-5", 200, "/shelves/{shelf}/books/{book}");
          assertEquals(
              "/shop/shelves/{shelf}/*",
              ways.asked("GET", "/shelves/1/CANARY-6").get("http.route"),
              "no further than that is known");
          ways.found("/inner/pages/CANARY-7", 200, "/inner/pages/{page}");
          ways.found("/inner/tasks/8", 200, "/inner/tasks/{task}");
          ways.asked("DELETE", "/inner/tasks/CANARY-9");
        });
  }
}
