package dev.atalaya.agent.library.jersey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.atalaya.agent.library.WebServer;
import dev.atalaya.agent.library.Woven;
import dev.atalaya.agent.library.servlet.ServletInstrumentation;
import dev.atalaya.agent.trace.Span;
import javax.servlet.ServletContext;
import javax.servlet.ServletRegistration;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.WebApplicationException;
import javax.ws.rs.container.AsyncResponse;
import javax.ws.rs.container.Suspended;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.servlet.ServletContainer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class JerseyInstrumentationTest {
  private static WebServer server;
  private Woven woven;

  @BeforeAll
  static void startServer() throws Exception {
    Woven.with(new ServletInstrumentation(), new JerseyInstrumentation()).close();
    server = WebServer.tomcat(JerseyInstrumentationTest::register);
  }

  @AfterAll
  static void stopServer() throws Exception {
    server.close();
  }

  @BeforeEach
  void begin() {
    woven = Woven.with(new ServletInstrumentation(), new JerseyInstrumentation());
  }

  @AfterEach
  void end() {
    woven.close();
  }

  @Test
  void the_route_is_made_of_the_resources_and_the_methods_path() throws Exception {
    assertEquals("GET /app/api/orders/{id}", request("/orders/CANARY", 200).name());
  }

  @Test
  void a_locators_path_is_part_of_the_route() throws Exception {
    assertEquals(
        "GET /app/api/orders/{id}/lines/{line}", request("/orders/1/lines/CANARY", 200).name());
  }

  @Test
  void an_answer_may_come_later() throws Exception {
    Span span = request("/orders/1/later", 200);
    assertEquals("GET /app/api/orders/{id}/later", span.name());
    assertNull(span.failure());
  }

  @Test
  void an_exception_that_was_mapped_is_an_error_only_with_a_servers_status() throws Exception {
    assertNull(request("/orders/1/refused", 422).failure());
  }

  @Test
  void a_servers_error_has_the_exception_that_was_mapped() throws Exception {
    assertEquals(
        "javax.ws.rs.WebApplicationException",
        request("/orders/1/unavailable", 503).failure().type);
  }

  @Test
  void an_exception_that_nobody_mapped_is_a_500_of_its_own_type() throws Exception {
    Span span = request("/orders/1/broken", 500);
    assertEquals("GET /app/api/orders/{id}/broken", span.name());
    assertEquals("java.lang.ArithmeticException", span.failure().type);
  }

  @Test
  void what_no_resource_is_for_has_the_servlets_mapping() throws Exception {
    assertEquals("GET /app/api/*", request("/nowhere/CANARY", 404).name());
  }

  @Test
  void answers_are_the_same_when_the_tracer_throws() throws Exception {
    Woven.whileTracerThrows(
        () -> {
          server.get("/api/orders/1/broken", 500);
          assertEquals("order 1", server.get("/api/orders/1", 200));
          return null;
        });
  }

  private Span request(String path, int status) throws Exception {
    server.get("/api" + path, status);
    Span span = WebServer.served(woven, 1).get(0);
    assertEquals(status, span.status());
    return span;
  }

  private static void register(ServletContext context) {
    ServletRegistration.Dynamic servlet =
        context.addServlet(
            "jersey", new ServletContainer(new ResourceConfig().register(Orders.class)));
    servlet.setAsyncSupported(true);
    servlet.addMapping("/api/*");
  }

  /** A resource with a locator. */
  @Path("/orders")
  public static final class Orders {
    @GET
    @Path("{id}")
    public String order(@PathParam("id") String id) {
      return "order " + id;
    }

    @Path("{id}/lines")
    public Lines lines() {
      return new Lines();
    }

    @GET
    @Path("{id}/later")
    public void later(@Suspended AsyncResponse response) {
      new Thread(() -> response.resume("later")).start();
    }

    @GET
    @Path("{id}/refused")
    public String refused() {
      throw new WebApplicationException(422);
    }

    @GET
    @Path("{id}/unavailable")
    public String unavailable() {
      throw new WebApplicationException(503);
    }

    @GET
    @Path("{id}/broken")
    public String broken() {
      throw new ArithmeticException("CANARY");
    }
  }

  /** What the locator locates. */
  public static final class Lines {
    @GET
    @Path("{line}")
    public String line(@PathParam("line") String line) {
      return "line " + line;
    }
  }
}
