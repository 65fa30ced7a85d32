package dev.atalaya.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * What must be told of each way in which the servlets at /shop end a request: as the client saw.
 */
public final class WaysToEnd {
  private WaysToEnd() {}

  public static void check(Otlp otlp, App app) {
    Span exact = server(otlp, app, "/shop/exact", 200, "/shop/exact");
    assertEquals("GET /shop/exact", exact.name());
    assertEquals("GET", exact.get("http.request.method"));
    assertEquals("/shop/exact", exact.get("url.path"));
    assertEquals("http", exact.get("url.scheme"));
    assertFalse(exact.error());
    server(otlp, app, "/shop/tree/a/CANARY-path", 200, "/shop/tree/*");
    server(otlp, app, "/shop/CANARY-page.action", 200, "/shop/*.action");

    Span status = server(otlp, app, "/shop/status", 503, "/shop/status");
    assertTrue(status.error());
    assertEquals("503", status.get("error.type"));
    Span conflict = server(otlp, app, "/shop/send-error", 409, "/shop/send-error");
    assertFalse(conflict.error(), "a client error is none of the server's");
    Span thrown = server(otlp, app, "/shop/throw", 500, "/shop/throw");
    assertTrue(thrown.error());
    assertNotNull(thrown.get("error.type"));

    server(otlp, app, "/shop/forward", 200, "/shop/forward");
    server(otlp, app, "/shop/include", 200, "/shop/include");

    Span async = server(otlp, app, "/shop/async", 202, "/shop/async");
    assertTrue(async.end() - async.start() >= 90_000_000, "until it was completed");
    assertTrue(server(otlp, app, "/shop/async-error", 502, "/shop/async-error").error());
    server(otlp, app, "/shop/async-dispatch", 200, "/shop/async-dispatch");
    assertTrue(server(otlp, app, "/shop/async-timeout", 500, "/shop/async-timeout").error());

    Span filtered = span(otlp, app, "/shop/filtered", 200);
    assertTrue(
        filtered.get("http.route") == null || filtered.get("http.route").equals("/shop/filtered"),
        filtered::toString);
    assertTrue(span(otlp, app, "/shop/filtered-throw", 500).error());
    Span missing = span(otlp, app, "/shop/nowhere/CANARY-path", 404);
    assertFalse(missing.error());
    Span outside = span(otlp, app, "/CANARY-nosuch", 404);
    assertEquals("GET", outside.name());
    assertNull(outside.get("http.route"));
    assertFalse(missing.name().contains("nowhere"), missing::toString);
    assertFalse(("" + missing.get("http.route")).contains("nowhere"), missing::toString);

    Metrics metrics = app.metrics();
    assertFalse(metrics.text().contains("CANARY"), "a path is a label");
    double unmapped =
        metrics.value(
            "http_server_request_duration_seconds_count",
            "http_route",
            "",
            "http_response_status_code",
            "404");
    assertTrue(unmapped >= 1, () -> metrics.about("http_server_request_duration_seconds_count"));
    assertEquals(
        1,
        metrics.value(
            "http_server_request_duration_seconds_count",
            "http_route",
            "/shop/async",
            "http_request_method",
            "GET",
            "http_response_status_code",
            "202",
            "url_scheme",
            "http"),
        () -> metrics.about("http_server_request_duration_seconds_count"));
    assertEquals(
        1,
        metrics.value(
            "http_server_request_duration_seconds_count",
            "http_route",
            "/shop/throw",
            "http_response_status_code",
            "500"));
    assertNull(exact.get("user_agent.original"));
  }

  public static Span server(Otlp otlp, App app, String path, int status, String route) {
    Span span = span(otlp, app, path, status);
    assertEquals(route, span.get("http.route"), span::toString);
    assertEquals("GET " + route, span.name());
    return span;
  }

  /** The only server span of a request whose status is that, for the client as in the span. */
  public static Span span(Otlp otlp, App app, String path, int status) {
    App.Answer answer = app.get(path);
    assertEquals(status, answer.status(), () -> path + "\n" + answer.body() + app.errors());
    Span span = otlp.trace(answer.traceId()).server();
    assertEquals((long) status, span.get("http.response.status_code"), span::toString);
    return span;
  }
}
