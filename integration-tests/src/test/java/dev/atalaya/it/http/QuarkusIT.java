package dev.atalaya.it.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.atalaya.it.App;
import dev.atalaya.it.Findings;
import dev.atalaya.it.Otlp;
import dev.atalaya.it.Span;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An application as Quarkus builds it, of which most classes are changed or generated. */
final class QuarkusIT {
  @TempDir static Path project;

  private static Otlp otlp;
  private static App app;

  @BeforeAll
  static void build() throws IOException {
    app =
        QuarkusApplication.build(project, "com.acme.stock.Stock", "resteasy", "undertow")
            .agent(otlp = Otlp.http())
            .start();
  }

  @AfterAll
  static void stop() {
    if (app != null) app.close();
    if (otlp != null) otlp.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"lazy", "generated", "active"})
  void line_and_cause_are_the_applications_below_what_quarkus_generates(String way) {
    Findings.twice(app, "stock", "/stock/" + way)
        .has("kind", "n_plus_one")
        .counts(12)
        .cause("select i1_0.id,i1_0.maker_id,i1_0.name from Item i1_0", 12)
        .calledFrom("com.acme.stock.Stock." + way, way);
    // Its fork of Undertow has classes of the same names and other methods.
    assertFalse(app.errors().contains("an error in instrumentation"), app::agentLines);
    // Its servlets are on Vert.x, and that is on Netty: the request is one span.
    Span served = otlp.trace(app.get("/stock/" + way).traceId()).server();
    assertEquals(200L, served.get("http.response.status_code"), served::toString);
    assertEquals("/stock/" + way, served.get("url.path"));
  }
}
