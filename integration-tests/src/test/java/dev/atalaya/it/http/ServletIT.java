package dev.atalaya.it.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.it.App;
import dev.atalaya.it.MatrixSource;
import dev.atalaya.it.Otlp;
import dev.atalaya.it.Span;
import dev.atalaya.it.WaysToEnd;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servlet containers and frameworks: routes, statuses and errors as the client saw them. */
final class ServletIT {
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
    "app.TomcatApp, org.apache.tomcat.embed:tomcat-embed-core:7.0.109"
        + "+org.apache.tomcat.embed:tomcat-embed-logging-juli:7.0.109, false, ''",
    "app.TomcatApp, org.apache.tomcat.embed:tomcat-embed-core:11.0.27, true, ''",
    "app.JettyApp, org.eclipse.jetty:jetty-servlet:9.4.58.v20250814, false,"
        + " org.eclipse.jetty.servlet.ServletContextHandler",
    "app.JettyApp, org.eclipse.jetty.ee11:jetty-ee11-servlet:12.1.14, true,"
        + " org.eclipse.jetty.ee11.servlet.ServletContextHandler",
    "app.UndertowApp, io.undertow:undertow-servlet:2.2.38.Final, false, ''",
    "app.UndertowApp, io.undertow:undertow-servlet:2.3.20.Final, true, ''",
  })
  @MatrixSource({
    "app.TomcatApp, org.apache.tomcat.embed:tomcat-embed-core:9.0.123, false, ''",
    "app.TomcatApp, org.apache.tomcat.embed:tomcat-embed-core:10.1.59, true, ''",
    "app.JettyApp, org.eclipse.jetty:jetty-servlet:10.0.26, false,"
        + " org.eclipse.jetty.servlet.ServletContextHandler",
    "app.JettyApp, org.eclipse.jetty:jetty-servlet:11.0.26, true,"
        + " org.eclipse.jetty.servlet.ServletContextHandler",
  })
  void each_way_to_end_a_request(String main, String library, boolean jakarta, String argument) {
    try (App app =
        App.main(main)
            .libraries(library.split("[+]"))
            .jakarta(jakarta)
            .arguments(argument)
            .agent(otlp)
            .start()) {
      WaysToEnd.check(otlp, app);
      if (main.equals("app.UndertowApp")) {
        assertEquals("GET", WaysToEnd.span(otlp, app, "/core", 202).name());
      }
    }
  }

  @Test
  void a_container_of_which_nothing_is_known_is_woven_at_filters_and_servlets() {
    try (App app =
        App.main("app.JettyApp")
            .libraries("org.eclipse.jetty:jetty-servlet:9.4.58.v20250814")
            .arguments("org.eclipse.jetty.servlet.ServletContextHandler")
            .property("atalaya.instrumentation.jetty.enabled", "false")
            .agent(otlp)
            .start()) {
      server(app, "/exact", 200, "/shop/exact");
      server(app, "/status", 503, "/shop/status");
      assertTrue(server(app, "/throw", 500, "/shop/throw").error());
      server(app, "/async", 202, "/shop/async");
      server(app, "/async-dispatch", 200, "/shop/async-dispatch");
      assertTrue(server(app, "/async-timeout", 500, "/shop/async-timeout").error());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "app.SpringMvcApp, org.springframework:spring-webmvc:4.3.30.RELEASE, 9.0.123, false",
    "app.SpringMvcApp, org.springframework:spring-webmvc:7.0.10, 11.0.27, true",
    "app.JerseyApp, org.glassfish.jersey.containers:jersey-container-servlet:2.25.1, 9.0.123,"
        + " false",
    "app.JerseyApp, org.glassfish.jersey.containers:jersey-container-servlet:4.0.3"
        + "+org.glassfish.jersey.inject:jersey-hk2:4.0.3, 11.0.27, true",
    "app.ResteasyApp, org.jboss.resteasy:resteasy-jaxrs:3.15.6.Final, 9.0.123, false",
    "app.ResteasyApp, org.jboss.resteasy:resteasy-servlet-initializer:7.0.1.Final, 11.0.27, true",
  })
  @MatrixSource("app.SpringMvcApp, org.springframework:spring-webmvc:5.3.39, 9.0.123, false")
  void a_frameworks_own_template_is_the_route(
      String main, String library, String tomcat, boolean jakarta) {
    String prefix = main.equals("app.SpringMvcApp") ? "/shop" : "/shop/api";
    String path = prefix.substring("/shop".length());
    try (App app =
        App.main(main)
            .libraries(library.split("[+]"))
            .libraries("org.apache.tomcat.embed:tomcat-embed-core:" + tomcat)
            .release(jakarta ? 17 : 8)
            .jakarta(jakarta)
            .agent(otlp)
            .start()) {
      assertEquals(
          "GET " + prefix + "/orders/{id}",
          server(app, path + "/orders/CANARY-1", 200, prefix + "/orders/{id}").name());
      server(app, path + "/orders/2/async", 200, prefix + "/orders/{id}/async");
      assertFalse(
          server(app, path + "/orders/3/handled", 422, prefix + "/orders/{id}/handled").error());
      Span broken = server(app, path + "/orders/4/broken", 500, prefix + "/orders/{id}/broken");
      assertTrue(broken.error());
      if (main.equals("app.SpringMvcApp")) {
        server(app, path + "/orders/5/future", 200, prefix + "/orders/{id}/future");
      } else {
        server(app, path + "/orders/5/lines/6", 200, prefix + "/orders/{id}/lines/{line}");
      }
      Span missing = span(app, path + "/nowhere/CANARY-path", 404);
      assertFalse(("" + missing.get("http.route")).contains("nowhere"), missing::toString);
      assertFalse(app.metrics().text().contains("CANARY"), "a path is a label");
    }
  }

  private static Span server(App app, String path, int status, String route) {
    return WaysToEnd.server(otlp, app, "/shop" + path, status, route);
  }

  private static Span span(App app, String path, int status) {
    return WaysToEnd.span(otlp, app, "/shop" + path, status);
  }
}
