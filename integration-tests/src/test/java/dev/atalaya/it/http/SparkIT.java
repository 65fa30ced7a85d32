package dev.atalaya.it.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.it.App;
import dev.atalaya.it.Otlp;
import dev.atalaya.it.Span;
import dev.atalaya.it.WaysToEnd;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Spark, which brings its own Jetty. */
final class SparkIT {
  @ParameterizedTest
  @ValueSource(strings = {"com.sparkjava:spark-core:2.5", "com.sparkjava:spark-core:2.9.4"})
  void a_request_has_its_route_and_the_exception_of_its_handler(String library) {
    try (Otlp otlp = Otlp.http();
        App app = App.main("app.SparkApp").libraries(library).agent(otlp).start()) {
      Span found = WaysToEnd.server(otlp, app, "/orders/CANARY-1", 200, "/orders/:id");
      assertEquals("GET /orders/:id", found.name());
      assertFalse(
          WaysToEnd.server(otlp, app, "/orders/2/handled", 422, "/orders/:id/handled").error());
      Span broken = WaysToEnd.server(otlp, app, "/orders/3/broken", 500, "/orders/:id/broken");
      assertTrue(broken.error());
      assertEquals("java.lang.IllegalStateException", broken.get("error.type"));
      assertNull(WaysToEnd.span(otlp, app, "/locked/CANARY-2", 401).get("http.route"));
      assertNull(WaysToEnd.span(otlp, app, "/nowhere/CANARY-3", 404).get("http.route"));
      assertFalse(app.metrics().text().contains("CANARY"), "a path is a label");
    }
  }
}
