package dev.atalaya.agent.library.undertow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.atalaya.agent.library.WebServer;
import dev.atalaya.agent.library.Woven;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.bridge.Tracing;
import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Handlers of Undertow's own; its servlets are tested with those of other containers. */
final class UndertowInstrumentationTest {
  private static WebServer server;
  private Woven woven;

  @BeforeAll
  static void start() {
    Woven.with(new UndertowInstrumentation()).close();
    HttpHandler routes =
        Handlers.routing()
            .get("/orders/{id}", UndertowInstrumentationTest::answerTrace)
            .get("/orders/{id}/refused", exchange -> refuse())
            .get("/orders/{id}/broken", exchange -> fail())
            .get("/orders/{id}/dispatched", exchange -> exchange.dispatch(task(exchange)))
            .get(
                "/shelves/*",
                Handlers.pathTemplate()
                    .add("/shelves/{shelf}", UndertowInstrumentationTest::answerTrace));
    HttpHandler mapped =
        Handlers.exceptionHandler(Handlers.path().addPrefixPath("/app", routes))
            .addExceptionHandler(
                IllegalArgumentException.class, exchange -> exchange.setStatusCode(503));
    Undertow undertow = Undertow.builder().addHttpListener(0, "127.0.0.1", mapped).build();
    undertow.start();
    InetSocketAddress address = (InetSocketAddress) undertow.getListenerInfo().get(0).getAddress();
    server = WebServer.at(address.getPort(), undertow::stop);
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @BeforeEach
  void begin() {
    woven = Woven.with(new UndertowInstrumentation());
  }

  @AfterEach
  void end() {
    woven.close();
  }

  @Test
  void the_route_is_the_path_before_the_router_and_its_template() throws Exception {
    assertEquals("GET /app/orders/{id}", request("/orders/CANARY", 200).name());
  }

  @Test
  void the_innermost_template_counts() throws Exception {
    assertEquals("GET /app/shelves/{shelf}", request("/shelves/CANARY", 200).name());
  }

  @Test
  void what_no_template_is_for_has_no_route() throws Exception {
    assertEquals("GET", request("/nowhere/CANARY", 404).name());
  }

  @Test
  void an_exception_that_a_handler_answers_is_its_errors_type() throws Exception {
    assertEquals(
        "java.lang.IllegalArgumentException", request("/orders/1/refused", 503).failure().type);
  }

  @Test
  void an_exception_that_nobody_answers_is_a_500_of_its_own_type() throws Exception {
    Span span = request("/orders/1/broken", 500);
    assertEquals("GET /app/orders/{id}/broken", span.name());
    assertEquals("java.lang.ArithmeticException", span.failure().type);
  }

  @Test
  void a_task_that_is_dispatched_works_for_its_request() throws Exception {
    String trace = server.get("/orders/1/dispatched", 200);
    Span span = WebServer.served(woven, 1).get(0);
    assertEquals(span.request().traceId(), trace);
    assertNull(span.failure());
  }

  @Test
  void answers_are_the_same_when_the_tracer_throws() throws Exception {
    Woven.whileTracerThrows(
        () -> {
          server.get("/orders/1", 200);
          server.get("/orders/1/dispatched", 200);
          return server.get("/orders/1/broken", 500);
        });
  }

  private Span request(String path, int status) throws Exception {
    server.get(path, status);
    Span span = WebServer.served(woven, 1).get(0);
    assertEquals(status, span.status());
    return span;
  }

  private static void answerTrace(HttpServerExchange exchange) {
    exchange.getResponseSender().send(traceId());
  }

  private static String traceId() {
    try {
      return String.valueOf(Tracing.traceId());
    } catch (IllegalStateException broken) {
      return "none";
    }
  }

  private static Runnable task(HttpServerExchange exchange) {
    return () -> answerTrace(exchange);
  }

  private static void refuse() {
    throw new IllegalArgumentException("CANARY");
  }

  private static void fail() {
    throw new ArithmeticException("CANARY");
  }
}
