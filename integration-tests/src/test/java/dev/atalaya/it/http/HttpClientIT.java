package dev.atalaya.it.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.it.App;
import dev.atalaya.it.Jvms;
import dev.atalaya.it.MatrixSource;
import dev.atalaya.it.Metrics;
import dev.atalaya.it.Otlp;
import dev.atalaya.it.Span;
import dev.atalaya.it.Trace;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Outgoing requests through the oldest and newest clients. */
final class HttpClientIT {
  private static Otlp otlp;

  @BeforeAll
  static void start() {
    otlp = Otlp.http();
  }

  @AfterAll
  static void stop() {
    otlp.close();
  }

  @ParameterizedTest
  @CsvSource({
    "app.UrlConnectionApp, 8, ''",
    "app.UrlConnectionApp, 8, JDK:8",
    "app.UrlConnectionApp, 8, JDK:25",
    "app.JdkClientApp, 11, ''",
    "app.JdkClientApp, 11, JDK:11",
    "app.JdkClientApp, 11, JDK:25",
    "app.Apache42App, 8, org.apache.httpcomponents:httpclient:4.2.6",
    "app.Apache4App, 8, org.apache.httpcomponents:httpclient:4.3.6",
    "app.Apache4App, 8, org.apache.httpcomponents:httpclient:4.5.14",
    "app.Apache5App, 8, org.apache.httpcomponents.client5:httpclient5:5.0.4",
    "app.Apache5App, 8, org.apache.httpcomponents.client5:httpclient5:5.6.5",
    "app.Apache4AsyncApp, 8, org.apache.httpcomponents:httpasyncclient:4.0.2",
    "app.Apache4AsyncApp, 8, org.apache.httpcomponents:httpasyncclient:4.1.5",
    "app.Apache5MinimalApp, 8, org.apache.httpcomponents.client5:httpclient5:5.0.4",
    "app.Apache5MinimalApp, 8, org.apache.httpcomponents.client5:httpclient5:5.6.5",
    "app.JettyClientApp, 8, org.eclipse.jetty:jetty-client:9.4.58.v20250814",
    "app.JettyClient12App, 17, org.eclipse.jetty:jetty-client:12.1.14",
    "app.OkHttpApp, 8, com.squareup.okhttp3:okhttp:3.0.1",
    "app.OkHttpApp, 8, com.squareup.okhttp3:okhttp-jvm:5.5.1",
  })
  @MatrixSource({
    "app.JettyClientApp, 11, org.eclipse.jetty:jetty-client:10.0.26",
    "app.JettyClientApp, 11, org.eclipse.jetty:jetty-client:11.0.26",
  })
  void a_request_is_a_span_whose_context_the_other_side_continues(
      String main, int release, String library) {
    App.Launch launch = App.main(main).release(release).agent(otlp);
    if (library.startsWith("JDK:")) {
      launch.jvm(Jvms.of(Integer.parseInt(library.substring("JDK:".length()))));
    } else if (!library.isEmpty()) {
      launch.libraries(library);
    }
    try (App app = launch.start()) {
      Span span = continued(app, "ok");
      assertEquals("GET " + span.text("url.template"), span.name());
      assertEquals("GET", span.get("http.request.method"));
      assertEquals("localhost", span.get("server.address"));
      assertEquals((long) app.port(), span.get("server.port"));
      assertEquals(200L, span.get("http.response.status_code"));
      String url = span.text("url.full");
      assertTrue(url.contains("page=2") && url.contains("token=REDACTED"), url);
      assertFalse(span.error());
      continued(app, "async");

      Span missing = only(trace(app, "not_found"));
      assertTrue(missing.error());
      assertEquals("404", missing.get("error.type"));
      Span refused = only(trace(app, "refused"));
      assertTrue(refused.error());
      assertNotNull(refused.get("error.type"));
      assertNull(refused.get("http.response.status_code"));

      App.Answer preset = app.get("/client?preset");
      assertEquals(
          "[00-11111111111111111111111111111111-2222222222222222-01]",
          preset.body(),
          "an own trace header stays");
      assertEquals(List.of(), clients(trace(app, "nothing")));

      Metrics metrics = app.metrics();
      assertEquals(
          1,
          metrics.value(
              "http_client_request_duration_seconds_count",
              "http_request_method",
              "GET",
              "server_address",
              "localhost",
              "server_port",
              "" + app.port(),
              "http_response_status_code",
              "404",
              "error_type",
              "404"),
          () -> metrics.about("http_client"));
      assertFalse(otlp.received("CANARY"), "a secret left the process in a trace");
      assertFalse(metrics.text().contains("CANARY"));
    }
  }

  /** The client's span, which the called server's span names as its parent. */
  private static Span continued(App app, String scenario) {
    App.Answer answer = app.get("/client?" + scenario);
    assertEquals(200, answer.status(), answer.body());
    Trace trace =
        otlp.trace(
            answer.traceId(), t -> t.where(span -> span.kind() == Span.Kind.SERVER).size() == 2);
    Span client = only(trace);
    Span caller = trace.named("GET /client");
    Span called = trace.served("GET /target");
    assertEquals(caller.spanId(), client.parentId());
    assertEquals(client.spanId(), called.parentId());
    assertTrue(client.within(caller) && called.start() >= client.start(), trace::toString);
    assertEquals("[00-" + answer.traceId() + "-" + client.spanId() + "-01]", answer.body());
    return client;
  }

  private static Trace trace(App app, String scenario) {
    App.Answer answer = app.get("/client?" + scenario);
    assertEquals(200, answer.status(), answer.body());
    return otlp.trace(
        answer.traceId(), t -> !t.where(span -> span.name().equals("GET /client")).isEmpty());
  }

  private static Span only(Trace trace) {
    assertEquals(1, clients(trace).size(), trace::toString);
    return clients(trace).get(0);
  }

  private static List<Span> clients(Trace trace) {
    return trace.where(span -> span.kind() == Span.Kind.CLIENT);
  }
}
