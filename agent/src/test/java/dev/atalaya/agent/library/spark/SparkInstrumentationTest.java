package dev.atalaya.agent.library.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.atalaya.agent.library.WebServer;
import dev.atalaya.agent.library.Woven;
import dev.atalaya.agent.library.jetty.JettyInstrumentation;
import dev.atalaya.agent.library.servlet.ServletInstrumentation;
import dev.atalaya.agent.trace.Span;
import java.util.EnumSet;
import java.util.Map;
import javax.servlet.DispatcherType;
import javax.servlet.FilterRegistration;
import javax.servlet.ServletContext;
import javax.servlet.http.HttpServlet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import spark.Service;
import spark.Spark;
import spark.servlet.SparkApplication;
import spark.servlet.SparkFilter;

final class SparkInstrumentationTest {
  private static WebServer spark;
  private static WebServer tomcat;
  private Woven woven;

  @BeforeAll
  static void start() throws Exception {
    weave().close();
    Service service = Service.ignite().ipAddress("127.0.0.1").port(0);
    register(service);
    service.awaitInitialization();
    spark =
        WebServer.at(
            service.port(),
            () -> {
              service.stop();
              service.awaitStop();
            });
    // Spark serves on no port of its own in a JVM that has had it as a filter.
    tomcat = WebServer.tomcat(SparkInstrumentationTest::register);
  }

  @AfterAll
  static void stop() throws Exception {
    tomcat.close();
    spark.close();
  }

  @BeforeEach
  void begin() {
    woven = weave();
  }

  @AfterEach
  void end() {
    woven.close();
  }

  @Test
  void a_request_is_named_by_the_route_that_answered_it() throws Exception {
    Span span = request("/orders/CANARY", 200);
    assertEquals("GET /orders/:id", span.name());
    assertNull(span.failure());
  }

  @Test
  void the_path_of_a_group_is_part_of_the_route() throws Exception {
    assertEquals("GET /shelf/books/*", request("/shelf/books/CANARY/1", 200).name());
  }

  @Test
  void a_sessions_id_in_the_path_changes_no_route() throws Exception {
    assertEquals("GET /orders/:id", request("/orders/7;jsessionid=CANARY", 200).name());
  }

  @Test
  void the_path_of_a_filter_is_no_route() throws Exception {
    assertEquals("GET", request("/nowhere/CANARY", 404).name());
    assertEquals("GET", request("/locked/CANARY", 401).name());
  }

  @Test
  void an_exception_that_was_mapped_is_an_error_only_with_a_servers_status() throws Exception {
    assertNull(request("/orders/1/refused", 422).failure());
    assertEquals(
        "java.lang.UnsupportedOperationException",
        request("/orders/1/unavailable", 503).failure().type);
  }

  @Test
  void an_exception_that_nobody_mapped_is_a_500_of_its_own_type() throws Exception {
    Span span = request("/orders/1/broken", 500);
    assertEquals("GET /orders/:id/broken", span.name());
    assertEquals("java.lang.ArithmeticException", span.failure().type);
  }

  @Test
  void in_a_container_the_route_begins_where_the_application_does() throws Exception {
    tomcat.get("/api/filtered/CANARY", 200);
    assertEquals("GET /app/api/filtered/:id", WebServer.served(woven, 1).get(0).name());
  }

  @Test
  void in_a_container_an_escaped_path_has_the_containers_mapping() throws Exception {
    tomcat.get("/api/filtered/CANARY%20CANARY", 200);
    assertEquals("GET /app/api/*", WebServer.served(woven, 1).get(0).name());
  }

  @Test
  void answers_are_the_same_when_the_tracer_throws() throws Exception {
    Woven.whileTracerThrows(
        () -> {
          spark.getAnywhere("/orders/1/broken", 500, Map.of());
          assertEquals("order 1", spark.getAnywhere("/orders/1", 200, Map.of()));
          return null;
        });
  }

  private static Woven weave() {
    return Woven.with(
        new ServletInstrumentation(), new JettyInstrumentation(), new SparkInstrumentation());
  }

  private Span request(String path, int status) throws Exception {
    int before = woven.spans().size();
    spark.getAnywhere(path, status, Map.of());
    Span span = WebServer.served(woven, before + 1).get(before);
    assertEquals(status, span.status());
    return span;
  }

  private static void register(Service spark) {
    spark.before("/locked/*", (request, response) -> spark.halt(401));
    spark.get("/orders/:id", (request, response) -> "order " + number(request.params("id")));
    spark.get(
        "/orders/:id/refused",
        (request, response) -> {
          throw new IllegalArgumentException("CANARY");
        });
    spark.get(
        "/orders/:id/unavailable",
        (request, response) -> {
          throw new UnsupportedOperationException("CANARY");
        });
    spark.get(
        "/orders/:id/broken",
        (request, response) -> {
          throw new ArithmeticException("CANARY");
        });
    spark.path("/shelf", () -> spark.get("/books/*", (request, response) -> "a book"));
    answer(spark, IllegalArgumentException.class, 422);
    answer(spark, UnsupportedOperationException.class, 503);
  }

  private static void answer(Service spark, Class<? extends Exception> type, int status) {
    spark.exception(
        type,
        (error, request, response) -> {
          response.status(status);
          response.body("answered");
        });
  }

  private static String number(String id) {
    return id.replaceFirst(";.*", "");
  }

  private static void register(ServletContext context) {
    // Tomcat asks no filter where nothing is mapped.
    context.addServlet("none", new HttpServlet() {}).addMapping("/api/*");
    FilterRegistration.Dynamic filter = context.addFilter("spark", new SparkFilter());
    filter.setInitParameter(SparkFilter.APPLICATION_CLASS_PARAM, Filtered.class.getName());
    filter.setInitParameter("filterMappingUrlPattern", "/api/*");
    filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/api/*");
  }

  /** What the filter serves. */
  public static final class Filtered implements SparkApplication {
    @Override
    public void init() {
      Spark.get("/filtered/:id", (request, response) -> "filtered");
    }
  }
}
