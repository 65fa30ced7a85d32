package dev.atalaya.it.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.it.App;
import dev.atalaya.it.Finding;
import dev.atalaya.it.Findings;
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
    "app.AsyncHttpClientApp, 8, org.asynchttpclient:async-http-client:2.1.0",
    "app.AsyncHttpClientApp, 11, org.asynchttpclient:async-http-client:3.0.14",
    "app.PekkoClientApp, 8, org.apache.pekko:pekko-http_2.13:1.0.0"
        + "+org.apache.pekko:pekko-stream_2.13:1.0.1",
    "app.PekkoClientApp, 8, org.apache.pekko:pekko-http_2.13:1.3.0"
        + "+org.apache.pekko:pekko-stream_2.13:1.7.0",
    "app.ArmeriaClientApp, 8, com.linecorp.armeria:armeria:1.0.0",
    "app.ArmeriaClientApp, 8, com.linecorp.armeria:armeria:1.40.0",
  })
  @MatrixSource({
    "app.AsyncHttpClientApp, 8, org.asynchttpclient:async-http-client:2.15.0",
    "app.JettyClientApp, 11, org.eclipse.jetty:jetty-client:10.0.26",
    "app.JettyClientApp, 11, org.eclipse.jetty:jetty-client:11.0.26",
  })
  void a_request_is_a_span_whose_context_the_other_side_continues(
      String main, int release, String library) {
    App.Launch launch = App.main(main).release(release).agent(otlp);
    if (library.startsWith("JDK:")) {
      launch.jvm(Jvms.of(Integer.parseInt(library.substring("JDK:".length()))));
    } else if (!library.isEmpty()) {
      launch.libraries(library.split("\\+"));
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

  @ParameterizedTest(name = "{0} {2}")
  @CsvSource({
    "app.RestTemplateApp, 17, org.springframework:spring-web:7.0.10, ''",
    "app.RestClientApp, 17, org.springframework:spring-web:7.0.10, ''",
    "app.HttpInterfaceApp, 17, org.springframework:spring-web:7.0.10"
        + "+org.springframework:spring-context:7.0.10, ''",
    "app.FeignApp, 8, io.github.openfeign:feign-core:13.6, ''",
    "app.PekkoClientApp, 8, org.apache.pekko:pekko-http_2.13:1.3.0"
        + "+org.apache.pekko:pekko-stream_2.13:1.7.0, ''",
    "app.AsyncHttpClientApp, 11, org.asynchttpclient:async-http-client:3.0.14, ''",
    "app.RetrofitApp, 8, com.squareup.retrofit2:retrofit:3.0.0, ''",
    "app.ArmeriaClientApp, 8, com.linecorp.armeria:armeria:1.40.0, ''",
    "app.JaxRsClientApp, 17, org.glassfish.jersey.core:jersey-client:4.0.3"
        + "+org.glassfish.jersey.inject:jersey-hk2:4.0.3, ''",
    "app.JaxRsClientApp, 17, org.glassfish.jersey.core:jersey-client:3.1.10"
        + "+org.glassfish.jersey.inject:jersey-hk2:3.1.10"
        + "+org.glassfish.jersey.connectors:jersey-jetty-connector:3.1.10"
        + "+org.slf4j:slf4j-api:2.0.17,"
        + " org.glassfish.jersey.jetty.connector.JettyConnectorProvider",
    "app.JaxRsClientApp, 17, org.jboss.resteasy:resteasy-client:7.0.1.Final, ''",
    "app.MicroProfileApp, 17, org.glassfish.jersey.ext.microprofile:jersey-mp-rest-client:3.1.10"
        + "+org.glassfish.jersey.inject:jersey-hk2:3.1.10"
        + "+jakarta.interceptor:jakarta.interceptor-api:2.1.0"
        + "+io.smallrye.config:smallrye-config:3.8.3, ''",
    "app.MicroProfileApp, 17,"
        + " org.jboss.resteasy.microprofile:microprofile-rest-client:3.0.1.Final"
        + "+io.smallrye.config:smallrye-config:3.8.3, ''",
  })
  @MatrixSource({
    "app.RestTemplateApp, 8, org.springframework:spring-web:4.3.30.RELEASE, ''",
    "app.RestClientApp, 17, org.springframework:spring-web:6.1.0, ''",
    "app.HttpInterfaceApp, 17, org.springframework:spring-web:6.1.0"
        + "+org.springframework:spring-context:6.1.0, ''",
    "app.FeignApp, 8, io.github.openfeign:feign-core:10.12, ''",
    "app.RetrofitApp, 8, com.squareup.retrofit2:retrofit:2.0.2"
        + "+com.squareup.okhttp3:okhttp:3.14.9, ''",
    "app.JaxRsClientApp, 8, org.glassfish.jersey.core:jersey-client:2.25.1, ''",
    "app.JaxRsClientApp, 8, org.glassfish.jersey.core:jersey-client:2.25.1"
        + "+org.glassfish.jersey.connectors:jersey-apache-connector:2.25.1,"
        + " org.glassfish.jersey.apache.connector.ApacheConnectorProvider",
    "app.JaxRsClientApp, 8, org.jboss.resteasy:resteasy-client:3.15.6.Final, ''",
  })
  void what_sends_through_a_client_is_one_span_at_the_applications_line(
      String main, int release, String libraries, String argument) {
    try (App plain = builtOn(main, release, libraries, argument).start();
        App app = builtOn(main, release, libraries, argument).agent(otlp).start()) {
      continued(app, "ok");
      continued(app, "async");
      assertEquals("404", only(trace(app, "not_found")).get("error.type"));
      assertTrue(only(trace(app, "refused")).error());

      Finding finding =
          Findings.twice(app, "built-on", "/basket")
              .has("kind", "n_plus_one_http", "operation.system", "http")
              .has("operation.text", "GET http://localhost:" + app.port() + "/stock/{}")
              .counts(12)
              .distinct(1)
              .calledFrom(main + ".get", "get");
      assertTrue(
          finding.at("call_site.stack").toString().contains("app.Client.basket"),
          finding::toString);
      for (String path :
          List.of("/basket", "/small_basket", "/missing_articles", "/client?preset")) {
        assertEquals(plain.get(path).body(), app.get(path).body());
      }
    }
  }

  private static App.Launch builtOn(String main, int release, String libraries, String argument) {
    App.Launch launch =
        App.main(main)
            .release(release)
            .jakarta(release == 17)
            .libraries(libraries.split("\\+"))
            .property("otel.service.name", "built-on");
    return argument.isEmpty() ? launch : launch.arguments(argument);
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
    // Who waits for an asynchronous answer may go on while the client's span is still ending.
    boolean within =
        scenario.equals("async") ? client.start() >= caller.start() : client.within(caller);
    assertTrue(within && called.start() >= client.start(), trace::toString);
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
