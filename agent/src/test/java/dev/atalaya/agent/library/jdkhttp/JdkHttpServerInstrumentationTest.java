package dev.atalaya.agent.library.jdkhttp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.atalaya.agent.library.WebServer;
import dev.atalaya.agent.library.Woven;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.bridge.Call;
import dev.atalaya.bridge.Tracing;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class JdkHttpServerInstrumentationTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  private static WebServer server;
  private Woven woven;

  @BeforeAll
  static void startServer() throws Exception {
    Woven.with(new JdkHttpServerInstrumentation()).close();
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    http.setExecutor(threads);
    on(http, "/app/orders", exchange -> answer(exchange, 200));
    on(http, "/app/status", exchange -> answer(exchange, 503));
    on(http, "/app/empty", exchange -> exchange.sendResponseHeaders(404, -1));
    on(http, "/app/later", exchange -> later(() -> answer(exchange, 202)));
    on(http, "/app/later-empty", exchange -> later(() -> exchange.sendResponseHeaders(503, -1)));
    on(
        http,
        "/app/broken",
        exchange -> {
          throw new IllegalStateException("CANARY");
        });
    on(
        http,
        "/app/quiet",
        exchange -> {
          Call quiet = Tracing.quiet();
          answer(exchange, 200);
          Tracing.end(quiet, null);
        });
    http.start();
    server =
        WebServer.at(
            http.getAddress().getPort(),
            () -> {
              http.stop(0);
              threads.shutdown();
            });
  }

  @AfterAll
  static void stopServer() throws Exception {
    server.close();
  }

  @BeforeEach
  void begin() {
    woven = Woven.with(new JdkHttpServerInstrumentation());
  }

  @AfterEach
  void end() {
    woven.close();
  }

  @Test
  void the_route_is_the_contexts_path() throws Exception {
    String answer = server.get("/orders/CANARY?a=b", 200);
    Span span = served();
    assertEquals("GET /app/orders", span.name());
    assertEquals(200, span.status());
    assertEquals("/app/orders/CANARY", span.http().path);
    assertEquals("a=b", span.http().query);
    assertEquals("http", span.http().scheme);
    assertEquals("127.0.0.1", span.http().host);
    assertEquals(server.port(), span.http().port);
    assertEquals(trace(span), answer);
    assertNull(span.failure());
  }

  @Test
  void the_status_is_the_one_that_was_sent() throws Exception {
    server.get("/status", 503);
    assertEquals("503", served().failure().type);
  }

  @Test
  void an_answer_without_a_body_is_an_answer() throws Exception {
    server.get("/empty", 404);
    assertEquals(404, served().status());
  }

  @Test
  void an_answer_that_comes_after_the_handler_returned_ends_the_request() throws Exception {
    server.get("/later", 202);
    Span span = served();
    assertEquals(202, span.status());
    assertTrue(span.durationNanos() >= 50_000_000);
  }

  @Test
  void so_does_one_without_a_body() throws Exception {
    server.get("/later-empty", 503);
    assertEquals("503", served().failure().type);
  }

  @Test
  void an_exception_before_an_answer_is_an_error_without_a_status() throws Exception {
    assertThrows(IOException.class, () -> server.get("/broken", 500));
    // HttpURLConnection asks again where a connection it had was closed.
    List<Span> spans = woven.spans();
    for (int i = 0; spans.isEmpty() && i < 500; i++) {
      Thread.sleep(10);
      spans = woven.spans();
    }
    assertEquals(0, spans.get(0).status());
    assertEquals("java.lang.IllegalStateException", spans.get(0).failure().type);
  }

  @Test
  void the_callers_trace_goes_on() throws Exception {
    server.get("/orders", 200, Map.of("Traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01"));
    assertEquals(TRACE, trace(served()));
  }

  @Test
  void each_request_of_a_connection_is_a_trace_of_its_own() throws Exception {
    server.get("/orders", 200);
    server.get("/later", 202);
    String last = server.get("/orders", 200);
    List<Span> spans = WebServer.served(woven, 3);
    assertNotEquals(trace(spans.get(0)), trace(spans.get(2)));
    assertEquals(trace(spans.get(2)), last);
  }

  @Test
  void a_quiet_handler_may_end_its_stretch() throws Exception {
    server.get("/quiet", 200);
    assertEquals("GET /app/quiet", served().name());
  }

  @Test
  void answers_are_the_same_when_the_tracer_throws() throws Exception {
    int thrown =
        Woven.whileTracerThrows(
            () -> {
              server.get("/status", 503);
              server.get("/empty", 404);
              return server.get("/later-empty", 503);
            });
    assertTrue(thrown > 0, "the tracer was never asked");
  }

  private Span served() throws InterruptedException {
    return WebServer.served(woven, 1).get(0);
  }

  private static String trace(Span span) {
    return String.format("%016x%016x", span.request().traceIdHigh(), span.request().traceIdLow());
  }

  private static void on(HttpServer http, String path, HttpHandler handler) {
    http.createContext(path, handler);
  }

  /** Answers with the trace's id, without closing the exchange: the body's end is enough. */
  private static void answer(HttpExchange exchange, int status) throws IOException {
    byte[] body = here().getBytes();
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.getResponseBody().close();
  }

  private static String here() {
    try {
      return String.valueOf(Tracing.traceId());
    } catch (IllegalStateException broken) {
      return "broken";
    }
  }

  private interface Answer {
    void give() throws IOException;
  }

  private static void later(Answer answer) {
    new Thread(
            () -> {
              try {
                Thread.sleep(60);
                answer.give();
              } catch (Exception unexpected) {
                throw new IllegalStateException(unexpected);
              }
            })
        .start();
  }
}
