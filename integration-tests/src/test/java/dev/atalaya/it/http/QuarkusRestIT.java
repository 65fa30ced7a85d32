package dev.atalaya.it.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.it.App;
import dev.atalaya.it.Concurrently;
import dev.atalaya.it.Findings;
import dev.atalaya.it.Otlp;
import dev.atalaya.it.Span;
import dev.atalaya.it.WaysToEnd;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Quarkus REST on Vert.x, without servlets: io.quarkus.resteasy.reactive:resteasy-reactive:3.33.2.
 */
final class QuarkusRestIT {
  @TempDir static Path project;

  private static Otlp otlp;
  private static App app;
  private static App bare;

  @BeforeAll
  static void build() throws IOException {
    App.Launch launch = QuarkusApplication.build(project, "com.acme.stock.Shelves", "rest");
    bare = launch.start();
    app = launch.agent(otlp = Otlp.http()).start();
  }

  @AfterAll
  static void stop() {
    if (bare != null) bare.close();
    if (app != null) app.close();
    if (otlp != null) otlp.close();
  }

  @Test
  void the_route_is_the_template_of_the_resource() {
    WaysToEnd.server(otlp, app, "/shelves", 200, "/shelves");
    WaysToEnd.server(otlp, app, "/shelves/1/books/CANARY", 200, "/shelves/{shelf}/books/{book}");
    WaysToEnd.server(otlp, app, "/shelves/1/boxes/CANARY", 200, "/shelves/{shelf}/boxes/{box}");
    Span later = WaysToEnd.server(otlp, app, "/shelves/1/later", 200, "/shelves/{shelf}/later");
    assertTrue(later.end() - later.start() >= 90_000_000, "until it was answered");
    assertNull(WaysToEnd.span(otlp, app, "/shelves/CANARY/nowhere", 404).get("http.route"));
    assertNull(WaysToEnd.span(otlp, app, "/nowhere/CANARY", 404).get("http.route"));
    assertFalse(app.metrics().text().contains("CANARY"), "a path is a label");
  }

  @Test
  void what_a_resource_throws_is_told_of_its_request() {
    assertFalse(
        WaysToEnd.server(otlp, app, "/shelves/1/refused", 422, "/shelves/{shelf}/refused").error());
    for (String way : List.of("broken", "later-broken")) {
      String path = "/shelves/1/" + way;
      Span broken = WaysToEnd.server(otlp, app, path, 500, "/shelves/{shelf}/" + way);
      assertEquals("java.lang.IllegalStateException", broken.get("error.type"));
    }
  }

  @Test
  void a_loop_has_the_applications_line_and_each_call_its_own_request() {
    Findings.twice(app, "stock", "/stock/lazy")
        .has("kind", "n_plus_one")
        .counts(12)
        .calledFrom("com.acme.stock.Stock.lazy", "lazy");
    Concurrently.check(
        otlp, app, 40, List.of("/stock/lazy", "/shelves/1/books/2", "/stock/active"), 14);
  }

  @Test
  void answers_are_the_same_with_and_without_the_agent() {
    for (String path :
        List.of("/shelves", "/shelves/1/refused", "/shelves/1/later", "/stock/lazy", "/nowhere")) {
      App.Answer expected = bare.get(path);
      App.Answer actual = app.get(path);
      assertEquals(expected.status(), actual.status(), path);
      assertEquals(expected.body(), actual.body(), path);
      assertEquals(expected.response().headers().map(), actual.response().headers().map(), path);
    }
    assertFalse(app.errors().contains("an error in instrumentation"), app::agentLines);
  }
}
