package dev.atalaya.agent.library.springmvc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.atalaya.agent.library.WebServer;
import dev.atalaya.agent.library.Woven;
import dev.atalaya.agent.library.servlet.ServletInstrumentation;
import dev.atalaya.agent.trace.Span;
import java.util.concurrent.Callable;
import javax.servlet.ServletContext;
import javax.servlet.ServletRegistration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

final class SpringMvcInstrumentationTest {
  private static WebServer server;
  private Woven woven;

  @BeforeAll
  static void startServer() throws Exception {
    Woven.with(new ServletInstrumentation(), new SpringMvcInstrumentation()).close();
    server = WebServer.tomcat(SpringMvcInstrumentationTest::register);
  }

  @AfterAll
  static void stopServer() throws Exception {
    server.close();
  }

  @BeforeEach
  void begin() {
    woven = Woven.with(new ServletInstrumentation(), new SpringMvcInstrumentation());
  }

  @AfterEach
  void end() {
    woven.close();
  }

  @Test
  void the_route_is_the_handlers_template() throws Exception {
    assertEquals("GET /app/orders/{id}", request("/orders/CANARY", 200).name());
  }

  @Test
  void a_template_counts_from_the_dispatcher_servlets_mapping() throws Exception {
    assertEquals("GET /app/rest/orders/{id}", request("/rest/orders/CANARY", 200).name());
  }

  @Test
  void a_functional_route_has_its_pattern() throws Exception {
    assertEquals("GET /app/functional/{id}", request("/functional/CANARY", 200).name());
  }

  @Test
  void an_exception_that_a_router_answers_is_its_errors_type() throws Exception {
    Span span = request("/functional/1/unavailable", 503);
    assertEquals("java.lang.UnsupportedOperationException", span.failure().type);
  }

  @Test
  void a_handlers_answer_may_come_later() throws Exception {
    Span span = request("/orders/1/later", 200);
    assertEquals("GET /app/orders/{id}/later", span.name());
    assertNull(span.failure());
  }

  @Test
  void an_exception_that_was_handled_is_an_error_only_with_a_servers_status() throws Exception {
    assertNull(request("/orders/1/refused", 422).failure());
  }

  @Test
  void a_servers_error_has_the_exception_that_was_handled() throws Exception {
    assertEquals(
        "java.lang.UnsupportedOperationException",
        request("/orders/1/unavailable", 503).failure().type);
  }

  @Test
  void an_exception_that_nobody_handled_is_a_500_of_its_own_type() throws Exception {
    Span span = request("/orders/1/broken", 500);
    assertEquals("GET /app/orders/{id}/broken", span.name());
    assertEquals("java.lang.ArithmeticException", span.failure().type);
  }

  @Test
  void what_no_handler_is_for_has_no_route() throws Exception {
    Span span = request("/nowhere/CANARY", 404);
    assertEquals("GET", span.name());
    assertEquals("", span.request().route());
  }

  @Test
  void answers_are_the_same_when_the_tracer_throws() throws Exception {
    Woven.whileTracerThrows(
        () -> {
          assertEquals("order 1", server.get("/orders/1", 200));
          server.get("/orders/1/refused", 422);
          return server.get("/orders/1/later", 200);
        });
  }

  private Span request(String path, int status) throws Exception {
    server.get(path, status);
    Span span = WebServer.served(woven, 1).get(0);
    assertEquals(status, span.status());
    return span;
  }

  private static void register(ServletContext servlets) {
    dispatcher(servlets, "root", "/");
    dispatcher(servlets, "rest", "/rest/*");
  }

  private static void dispatcher(ServletContext servlets, String name, String mapping) {
    AnnotationConfigWebApplicationContext spring = new AnnotationConfigWebApplicationContext();
    spring.register(Web.class, Orders.class);
    ServletRegistration.Dynamic servlet = servlets.addServlet(name, new DispatcherServlet(spring));
    servlet.setAsyncSupported(true);
    servlet.setLoadOnStartup(1);
    servlet.addMapping(mapping);
  }

  @Configuration
  @EnableWebMvc
  static class Web {
    @Bean
    RouterFunction<ServerResponse> functional() {
      return RouterFunctions.route()
          .GET("/functional/{id}", request -> ServerResponse.ok().build())
          .GET(
              "/functional/{id}/unavailable",
              request -> {
                throw new UnsupportedOperationException("CANARY");
              })
          .onError(
              UnsupportedOperationException.class,
              (error, request) -> ServerResponse.status(503).build())
          .build();
    }
  }

  @RestController
  @RequestMapping("/orders/{id}")
  static class Orders {
    @GetMapping
    String order(@PathVariable("id") String id) {
      return "order " + id;
    }

    @GetMapping("/later")
    Callable<String> later() {
      return () -> "later";
    }

    @GetMapping("/refused")
    String refused() {
      throw new IllegalArgumentException("CANARY");
    }

    @GetMapping("/unavailable")
    String unavailable() {
      throw new UnsupportedOperationException("CANARY");
    }

    @GetMapping("/broken")
    String broken() {
      throw new ArithmeticException("CANARY");
    }

    @ExceptionHandler(IllegalArgumentException.class)
    @ResponseStatus(HttpStatus.UNPROCESSABLE_ENTITY)
    String refuse() {
      return "refused";
    }

    @ExceptionHandler(UnsupportedOperationException.class)
    @ResponseStatus(HttpStatus.SERVICE_UNAVAILABLE)
    String apologise() {
      return "unavailable";
    }
  }
}
