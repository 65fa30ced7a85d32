package dev.atalaya.agent.library.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.library.WebServer;
import dev.atalaya.agent.library.Woven;
import dev.atalaya.agent.library.jetty.JettyInstrumentation;
import dev.atalaya.agent.library.undertow.UndertowInstrumentation;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.agent.weave.LibraryInstrumentation;
import dev.atalaya.bridge.Tracing;
import java.io.IOException;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import javax.servlet.AsyncContext;
import javax.servlet.DispatcherType;
import javax.servlet.Filter;
import javax.servlet.ServletContext;
import javax.servlet.ServletException;
import javax.servlet.ServletRegistration;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletRequestWrapper;
import javax.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Each container is woven around its filters and servlets as well. */
final class ServletInstrumentationTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  @Nested
  final class OnTomcat extends Contract {
    @Override
    WebServer start() throws Exception {
      return WebServer.tomcat(ServletInstrumentationTest::register);
    }

    @Test
    void a_redirect_of_its_own_is_a_request() throws Exception {
      Span span = request("", 302);
      assertEquals("GET", span.name());
      assertEquals("/app", span.http().path);
      assertNull(span.failure());
    }

    @Test
    void what_no_servlet_is_mapped_to_is_a_request_without_a_route() throws Exception {
      Span span = request("/nowhere", 404);
      assertEquals("GET", span.name());
      assertEquals("", span.request().route());
      assertNull(span.failure());
    }
  }

  @Nested
  final class OnJetty extends Contract {
    @Override
    WebServer start() throws Exception {
      return WebServer.jetty(ServletInstrumentationTest::register);
    }

    @Override
    LibraryInstrumentation[] instrumentations() {
      return new LibraryInstrumentation[] {
        new ServletInstrumentation(), new JettyInstrumentation()
      };
    }
  }

  @Nested
  final class OnUndertow extends Contract {
    @Override
    WebServer start() throws Exception {
      return WebServer.undertow(ServletInstrumentationTest::register);
    }

    @Override
    LibraryInstrumentation[] instrumentations() {
      return new LibraryInstrumentation[] {
        new ServletInstrumentation(), new UndertowInstrumentation()
      };
    }

    /** No test here: Undertow forwards only on threads that it has given the request to. */
    @Override
    void a_forward_from_another_thread_is_still_that_request() {}
  }

  /** What holds on every container. */
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  abstract static class Contract {
    private WebServer server;
    private Woven woven;
    private int requests;

    abstract WebServer start() throws Exception;

    LibraryInstrumentation[] instrumentations() {
      return new LibraryInstrumentation[] {new ServletInstrumentation()};
    }

    @BeforeAll
    void startServer() throws Exception {
      Woven.with(instrumentations()).close();
      server = start();
    }

    @AfterAll
    void stopServer() throws Exception {
      server.close();
    }

    @BeforeEach
    void begin() {
      woven = Woven.with(instrumentations());
      requests = 0;
    }

    @AfterEach
    void end() {
      woven.close();
    }

    @Test
    void the_route_is_the_servlets_mapping() throws Exception {
      Span exact = request("/exact?a=b", 200);
      assertEquals("GET /app/exact", exact.name());
      assertEquals("/app/exact", exact.http().path);
      assertEquals("a=b", exact.http().query);
      assertEquals("http", exact.http().scheme);
      assertEquals("127.0.0.1", exact.http().host);
      assertEquals(server.port(), exact.http().port);
      assertEquals("GET /app/tree/*", request("/tree/a/b", 200).name());
      assertEquals("GET /app/tree/*", request("/tree", 200).name());
      assertEquals("GET /app/*.action", request("/page.action", 200).name());
    }

    @Test
    void what_no_application_serves_is_a_request_without_a_route() throws Exception {
      server.getAnywhere(
          "/nosuch", 404, Map.of("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01"));
      Span span = WebServer.served(woven, 1).get(0);
      assertEquals("GET", span.name());
      assertEquals("/nosuch", span.http().path);
      assertEquals(404, span.status());
      assertNull(span.failure());
      assertEquals(TRACE, trace(span));
    }

    @Test
    void the_status_is_the_one_that_the_client_saw() throws Exception {
      Span unavailable = request("/status", 503);
      assertEquals("503", unavailable.failure().type);
      assertNull(request("/conflict", 409).failure());
    }

    @Test
    void an_exception_that_leaves_the_servlet_is_a_500() throws Exception {
      Span span = request("/throw", 500);
      assertEquals("javax.servlet.ServletException", span.failure().type);
    }

    @Test
    void an_exception_that_a_filter_makes_an_answer_of_is_no_error() throws Exception {
      assertNull(request("/rescued", 400).failure());
    }

    @Test
    void an_error_page_belongs_to_the_request() throws Exception {
      String answer = server.get("/broken", 500);
      Span span = WebServer.served(woven, 1).get(0);
      assertEquals("GET /app/broken", span.name());
      assertEquals("java.lang.IllegalStateException", span.failure().type);
      assertEquals("error page of " + trace(span), answer);
    }

    @Test
    void a_forward_and_an_include_are_no_requests_of_their_own() throws Exception {
      assertEquals("GET /app/forward", request("/forward", 200).name());
      assertEquals("GET /app/include", request("/include", 200).name());
    }

    @Test
    void an_asynchronous_request_ends_when_it_is_completed() throws Exception {
      Span span = request("/async", 202);
      assertEquals("GET /app/async", span.name());
      assertTrue(span.durationNanos() >= 50_000_000, "until it was completed");
      assertNull(span.failure());
      assertEquals("502", request("/async-error", 502).failure().type);
    }

    @Test
    void an_asynchronous_request_may_complete_at_once() throws Exception {
      assertEquals("GET /app/async-at-once", request("/async-at-once", 202).name());
    }

    @Test
    void an_asynchronous_dispatch_goes_on_with_the_request() throws Exception {
      String answer = server.get("/async-dispatch", 200);
      Span span = WebServer.served(woven, 1).get(0);
      assertEquals("GET /app/async-dispatch", span.name());
      assertEquals("exact in " + trace(span), answer);
      assertTrue(span.durationNanos() >= 50_000_000, "until it was dispatched");
    }

    @Test
    void a_wrapped_request_is_dispatched_as_the_one_it_wraps() throws Exception {
      String answer = server.get("/async-wrapped", 200);
      assertEquals("exact in " + trace(WebServer.served(woven, 1).get(0)), answer);
    }

    @Test
    void a_forward_from_another_thread_is_still_that_request() throws Exception {
      String answer = server.get("/async-forward", 200);
      Span span = WebServer.served(woven, 1).get(0);
      assertEquals("GET /app/async-forward", span.name());
      assertEquals("exact in " + trace(span), answer);
    }

    @Test
    void the_application_sees_no_attribute_that_is_not_its_own() throws Exception {
      assertEquals("own=1 ", server.get("/attributes", 200));
      assertEquals("own=1 ", server.get("/async-attributes", 200));
      assertEquals("own=1 ", server.get("/broken-attributes", 500));
      WebServer.served(woven, 3);
    }

    @Test
    void an_exception_in_an_asynchronous_dispatch_is_a_500() throws Exception {
      Span span = request("/async-dispatch-throw", 500);
      assertEquals("GET /app/async-dispatch-throw", span.name());
      assertEquals("javax.servlet.ServletException", span.failure().type);
    }

    @Test
    void an_asynchronous_request_that_times_out_is_a_500() throws Exception {
      assertNotNull(request("/async-timeout", 500).failure());
    }

    @Test
    void a_dispatch_from_a_thread_of_the_request_is_still_that_request() throws Exception {
      // As an executor does that carries the request's context to the container's own thread.
      String answer = server.get("/async-carried", 200);
      Span span = WebServer.served(woven, 1).get(0);
      assertEquals("exact in " + trace(span), answer);
      assertNull(span.failure());
    }

    @Test
    void the_callers_trace_goes_on() throws Exception {
      server.get("/exact", 200, Map.of("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01"));
      Span span = WebServer.served(woven, 1).get(0);
      assertEquals(TRACE, trace(span));
      assertEquals(0x00f067aa0ba902b7L, span.parentId());
    }

    @Test
    void each_request_of_a_connection_is_a_trace_of_its_own() throws Exception {
      server.get("/exact", 200);
      server.get("/async", 202);
      server.get("/broken", 500);
      server.get("/exact", 200);
      List<Span> spans = WebServer.served(woven, 4);
      assertNotEquals(trace(spans.get(0)), trace(spans.get(3)));
      assertNull(spans.get(3).failure());
    }

    @Test
    void a_filter_alone_may_serve() throws Exception {
      Span span = request("/filtered", 200);
      assertTrue(span.request().route().isEmpty(), span::name);
    }

    @Test
    void a_session_in_the_path_is_not_kept() throws Exception {
      assertEquals("/app/exact", request("/exact;jsessionid=CANARY", 200).http().path);
    }

    @Test
    void answers_are_the_same_when_the_tracer_throws() throws Exception {
      int thrown =
          Woven.whileTracerThrows(
              () -> {
                assertEquals("exact in null", server.get("/exact", 200));
                server.get("/throw", 500);
                server.get("/conflict", 409);
                server.get("/async", 202);
                server.get("/async-dispatch-throw", 500);
                server.get("/forward", 200);
                return null;
              });
      assertTrue(thrown > 0, "the tracer was never asked");
    }

    /** Only for tests that ask the server through this alone. */
    Span request(String path, int status) throws Exception {
      server.get(path, status);
      Span span = WebServer.served(woven, ++requests).get(requests - 1);
      assertEquals(status, span.status());
      return span;
    }
  }

  private static String trace(Span span) {
    return String.format("%016x%016x", span.request().traceIdHigh(), span.request().traceIdLow());
  }

  /** What a servlet does with a request. */
  private interface Work {
    void serve(HttpServletRequest request, HttpServletResponse response) throws Exception;
  }

  private interface Step {
    void run() throws Exception;
  }

  private interface Ending {
    void end(AsyncContext async) throws Exception;
  }

  private static void register(ServletContext context) {
    servlet(
        context, "/exact", (request, response) -> response.getWriter().print("exact in " + here()));
    servlet(context, "/tree/*", (request, response) -> {});
    servlet(context, "*.action", (request, response) -> {});
    servlet(context, "/status", (request, response) -> response.setStatus(503));
    servlet(context, "/conflict", (request, response) -> response.sendError(409));
    servlet(context, "/throw", (request, response) -> fail());
    servlet(context, "/rescued", (request, response) -> fail());
    servlet(
        context,
        "/broken",
        (request, response) -> {
          throw new IllegalStateException("CANARY");
        });
    servlet(
        context,
        "/error-page",
        (request, response) -> {
          if (request.getAttribute("own") != null) attributes(request, response);
          else response.getWriter().print("error page of " + here());
        });
    servlet(context, "/attributes", ServletInstrumentationTest::attributes);
    servlet(
        context,
        "/async-attributes",
        (request, response) -> later(request, async -> async.dispatch("/attributes")));
    servlet(
        context,
        "/broken-attributes",
        (request, response) -> {
          request.setAttribute("own", 1);
          throw new IllegalStateException("CANARY");
        });
    servlet(
        context,
        "/async-wrapped",
        (request, response) -> {
          AsyncContext async = request.startAsync(new HttpServletRequestWrapper(request), response);
          later(() -> async.dispatch("/exact"));
        });
    servlet(
        context,
        "/async-forward",
        (request, response) -> {
          AsyncContext async = request.startAsync();
          later(
              () -> {
                context.getRequestDispatcher("/exact").forward(request, response);
                async.complete();
              });
        });
    servlet(
        context,
        "/forward",
        (request, response) -> request.getRequestDispatcher("/exact").forward(request, response));
    servlet(
        context,
        "/include",
        (request, response) -> request.getRequestDispatcher("/exact").include(request, response));
    servlet(
        context, "/async", (request, response) -> later(request, async -> complete(async, 202)));
    servlet(
        context,
        "/async-error",
        (request, response) -> later(request, async -> complete(async, 502)));
    servlet(context, "/async-at-once", (request, response) -> complete(request.startAsync(), 202));
    servlet(
        context,
        "/async-dispatch",
        (request, response) -> later(request, async -> async.dispatch("/exact")));
    servlet(
        context,
        "/async-dispatch-throw",
        (request, response) -> later(request, async -> async.dispatch("/throw")));
    servlet(context, "/async-timeout", (request, response) -> request.startAsync().setTimeout(100));
    servlet(
        context,
        "/async-carried",
        (request, response) -> {
          AsyncContext async = request.startAsync();
          new Thread(Tracing.carry(() -> async.dispatch("/exact"))).start();
        });
    filter(
        context,
        "/rescued",
        (request, response, chain) -> {
          try {
            chain.doFilter(request, response);
          } catch (ServletException expected) {
            ((HttpServletResponse) response).setStatus(400);
          }
        });
    filter(context, "/exact", (request, response, chain) -> chain.doFilter(request, response));
    servlet(context, "/", (request, response) -> response.sendError(404));
    filter(
        context, "/filtered", (request, response, chain) -> response.getWriter().print("filtered"));
  }

  private static void attributes(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    request.setAttribute("own", 1);
    for (String name : Collections.list(request.getAttributeNames())) {
      boolean containers = name.startsWith("javax.servlet.") || name.startsWith("org.");
      if (!containers) response.getWriter().print(name + "=" + request.getAttribute(name) + " ");
    }
  }

  private static String here() {
    try {
      return Tracing.traceId();
    } catch (IllegalStateException broken) {
      return null;
    }
  }

  private static void fail() throws ServletException {
    throw new ServletException("CANARY");
  }

  private static void complete(AsyncContext async, int status) {
    ((HttpServletResponse) async.getResponse()).setStatus(status);
    async.complete();
  }

  private static void later(HttpServletRequest request, Ending ending) {
    AsyncContext async = request.startAsync();
    later(() -> ending.end(async));
  }

  private static void later(Step step) {
    new Thread(
            () -> {
              try {
                Thread.sleep(60);
                step.run();
              } catch (Exception unexpected) {
                throw new IllegalStateException(unexpected);
              }
            })
        .start();
  }

  private static void servlet(ServletContext context, String mapping, Work work) {
    ServletRegistration.Dynamic servlet =
        context.addServlet(
            mapping,
            new HttpServlet() {
              @Override
              protected void service(HttpServletRequest request, HttpServletResponse response)
                  throws ServletException, IOException {
                try {
                  work.serve(request, response);
                } catch (ServletException | IOException | RuntimeException thrown) {
                  throw thrown;
                } catch (Exception thrown) {
                  throw new ServletException(thrown);
                }
              }
            });
    servlet.setAsyncSupported(true);
    servlet.addMapping(mapping);
  }

  private static void filter(ServletContext context, String mapping, WebServer.Step step) {
    Filter filter = WebServer.filter(step);
    javax.servlet.FilterRegistration.Dynamic registration =
        context.addFilter("filter " + mapping, filter);
    registration.setAsyncSupported(true);
    registration.addMappingForUrlPatterns(
        EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC), false, mapping);
  }
}
