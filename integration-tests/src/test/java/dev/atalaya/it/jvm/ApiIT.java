package dev.atalaya.it.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.it.App;
import dev.atalaya.it.Otlp;
import dev.atalaya.it.Span;
import dev.atalaya.it.Trace;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What applications may call. */
final class ApiIT {

  @Test
  void without_the_agent_nothing_happens() {
    try (App app = api().start()) {
      assertEquals("null null", app.plain("/api?ids").body());
      assertEquals("set", app.plain("/api?attribute").body());
      assertEquals("handled", app.plain("/api?exception").body());
      assertEquals("priced null", app.plain("/api?span").body());
      assertEquals("thrown on", app.plain("/api?failing_span").body());
      assertEquals("traced", app.plain("/api?traced").body());
    }
  }

  @Test
  void with_the_agent_it_speaks_of_the_open_span() {
    try (Otlp otlp = Otlp.http();
        App app = api().agent(otlp).start()) {
      App.Answer ids = app.get("/api?ids");
      Span server = otlp.trace(ids.traceId()).server();
      assertEquals(server.traceId() + " " + server.spanId(), ids.body());

      Span attributes = otlp.trace(app.get("/api?attribute").traceId()).server();
      assertEquals(4711L, attributes.get("order.id"));
      assertEquals("express", attributes.get("order.kind"));
      assertFalse(otlp.trace(app.get("/api?exception").traceId()).server().error(), "was handled");

      App.Answer price = app.get("/api?span");
      Trace trace = otlp.trace(price.traceId());
      Span span = trace.named("price");
      assertEquals(trace.server().spanId(), span.parentId());
      assertEquals("priced " + span.spanId(), price.body());

      App.Answer failing = app.get("/api?failing_span");
      assertEquals("thrown on", failing.body());
      assertTrue(otlp.trace(failing.traceId()).named("price").error());

      Trace traced = otlp.trace(app.get("/api?traced").traceId());
      assertEquals(2, traced.spans().size(), traced::toString);
      assertEquals(
          traced.server().spanId(),
          traced.where(s -> s.kind() != Span.Kind.SERVER).get(0).parentId());
    }
  }

  private static App.Launch api() {
    Path jar =
        Path.of(System.getProperty("atalaya.api.jar", "../agent-api/target/atalaya-api.jar"));
    return App.main("app.ApiApp").classPath(jar.toAbsolutePath().normalize());
  }
}
