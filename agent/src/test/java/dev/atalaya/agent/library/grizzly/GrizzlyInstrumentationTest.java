package dev.atalaya.agent.library.grizzly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.library.WebServer;
import dev.atalaya.agent.library.Woven;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.bridge.Tracing;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.RequestExecutorProvider;
import org.glassfish.grizzly.http.server.Response;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class GrizzlyInstrumentationTest {
  private static final ExecutorService THREADS = Executors.newCachedThreadPool();
  private static WebServer server;
  private Woven woven;

  private interface Service {
    void service(Request request, Response response) throws Exception;
  }

  @BeforeAll
  static void start() throws Exception {
    Woven.with(new GrizzlyInstrumentation()).close();
    HttpServer grizzly = new HttpServer();
    NetworkListener listener = new NetworkListener("test", "127.0.0.1", 0);
    grizzly.addListener(listener);
    handle(grizzly, "/found", (request, response) -> response.getWriter().write("found"));
    handle(grizzly, "/refused", (request, response) -> response.sendError(422));
    handle(grizzly, "/broken", GrizzlyInstrumentationTest::fail);
    handle(grizzly, "/named", (request, response) -> response.getWriter().write(traceOf()));
    handle(grizzly, "/later", GrizzlyInstrumentationTest::later);
    handle(grizzly, "/never", GrizzlyInstrumentationTest::never);
    grizzly
        .getServerConfiguration()
        .addHttpHandler(
            new HttpHandler() {
              @Override
              public void service(Request request, Response response) throws Exception {
                response.getWriter().write(traceOf());
              }

              @Override
              public RequestExecutorProvider getRequestExecutorProvider() {
                return request -> THREADS;
              }
            },
            "/elsewhere");
    grizzly.start();
    server = WebServer.at(listener.getPort(), grizzly::shutdownNow);
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
    THREADS.shutdownNow();
  }

  @BeforeEach
  void begin() {
    woven = Woven.with(new GrizzlyInstrumentation());
  }

  @AfterEach
  void end() {
    woven.close();
  }

  @Test
  void a_request_is_one_span_with_the_answers_status() throws Exception {
    assertNull(request("/found", 200).failure());
    assertNull(request("/refused", 422).failure());
  }

  @Test
  void what_no_handler_is_for_is_a_span_too() throws Exception {
    Span span = request("/nowhere/CANARY", 404);
    assertEquals("GET", span.name());
    assertNull(span.failure());
  }

  @Test
  void an_exception_of_a_handler_is_a_500_with_the_exception() throws Exception {
    assertEquals("java.lang.ArithmeticException", request("/broken", 500).failure().type);
  }

  @Test
  void a_suspended_answer_ends_when_it_is_resumed() throws Exception {
    Span span = request("/later", 202);
    assertTrue(span.endNanos() - span.startNanos() >= TimeUnit.MILLISECONDS.toNanos(50));
  }

  @Test
  void a_handler_works_for_its_request_on_whatever_thread() throws Exception {
    for (String path : new String[] {"/named", "/elsewhere"}) {
      int before = woven.spans().size();
      String trace = server.getAnywhere(path, 200, Map.of());
      Span span = WebServer.served(woven, before + 1).get(before);
      assertEquals(span.request().traceId(), trace, path);
    }
  }

  @Test
  void a_thread_keeps_nothing_of_a_request() throws Exception {
    String first = server.getAnywhere("/named", 200, Map.of());
    assertNotEquals(first, server.getAnywhere("/named", 200, Map.of()));
    WebServer.served(woven, 2);
  }

  @Test
  void a_suspended_answer_whose_time_is_over_has_ended() throws Exception {
    try (Socket client = new Socket("127.0.0.1", server.port())) {
      client.getOutputStream().write("GET /never HTTP/1.1\r\nHost: a\r\n\r\n".getBytes());
      assertEquals("GET", WebServer.served(woven, 1).get(0).name());
    }
  }

  @Test
  void answers_are_the_same_when_the_tracer_throws() throws Exception {
    Woven.whileTracerThrows(
        () -> {
          server.getAnywhere("/broken", 500, Map.of());
          server.getAnywhere("/later", 202, Map.of());
          assertEquals("found", server.getAnywhere("/found", 200, Map.of()));
          return null;
        });
  }

  private Span request(String path, int status) throws Exception {
    int before = woven.spans().size();
    server.getAnywhere(path, status, Map.of());
    Span span = WebServer.served(woven, before + 1).get(before);
    assertEquals(status, span.status());
    return span;
  }

  private static void handle(HttpServer grizzly, String path, Service service) {
    HttpHandler handler =
        new HttpHandler() {
          @Override
          public void service(Request request, Response response) throws Exception {
            service.service(request, response);
          }
        };
    grizzly.getServerConfiguration().addHttpHandler(handler, path);
  }

  private static void fail(Request request, Response response) {
    throw new ArithmeticException("CANARY");
  }

  private static void later(Request request, Response response) {
    response.suspend();
    THREADS.execute(
        () -> {
          try {
            Thread.sleep(60);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          response.setStatus(202);
          response.resume();
        });
  }

  private static void never(Request request, Response response) {
    response.suspend(50, TimeUnit.MILLISECONDS, null);
  }

  private static String traceOf() {
    return String.valueOf(Tracing.traceId());
  }
}
