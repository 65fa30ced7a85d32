package dev.atalaya.agent.library.vertx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.atalaya.agent.library.WebServer;
import dev.atalaya.agent.library.Woven;
import dev.atalaya.agent.library.executors.ExecutorInstrumentation;
import dev.atalaya.agent.library.netty.NettyInstrumentation;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.bridge.Tracing;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Routes of Vert.x Web, those of the newest version; others are woven alike. */
final class VertxWebInstrumentationTest {
  private static WebServer server;
  private static Vertx vertx;
  private Woven woven;
  private int asked;

  @BeforeAll
  static void start() throws Exception {
    weave().close();
    vertx = Vertx.vertx();
    Router orders = Router.router(vertx);
    orders.get("/:id").handler(VertxWebInstrumentationTest::answerTrace);
    orders.get("/:id/refused").handler(context -> refuse());
    orders.get("/:id/broken").handler(context -> fail());
    orders
        .get("/:id/later")
        .handler(context -> vertx.setTimer(10, timer -> context.fail(new ArithmeticException())));
    orders
        .get("/:id/elsewhere")
        .handler(
            context -> vertx.executeBlocking(() -> traceId()).onSuccess(context.response()::end));
    orders.route("/:id/*").handler(RoutingContext::next);
    orders.getWithRegex("/by-name/([a-z]+)").handler(VertxWebInstrumentationTest::answerTrace);
    orders
        .route()
        .failureHandler(
            context -> {
              boolean refused = context.failure() instanceof IllegalArgumentException;
              if (refused) context.response().setStatusCode(422).end();
              else context.next();
            });
    Router shops = Router.router(vertx);
    shops.get("/files/*").handler(VertxWebInstrumentationTest::answerTrace);
    shops.get("/moved").handler(context -> context.reroute("/app/files/new"));
    shops.get("/empty/*").subRouter(answering("/app/empty/inner"));
    Router router = answering("/app/any");
    router.route("/app/shops/:shop/orders/*").subRouter(orders);
    router.route("/app/*").subRouter(shops);
    HttpServer listening =
        vertx
            .createHttpServer()
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS);
    server = WebServer.at(listening.actualPort(), () -> vertx.close());
  }

  /** Whose route is for all paths, and which passes on all but one. */
  private static Router answering(String path) {
    Router router = Router.router(vertx);
    router
        .get()
        .handler(
            context -> {
              if (context.normalizedPath().equals(path)) answerTrace(context);
              else context.next();
            });
    return router;
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  private static Woven weave() {
    return Woven.with(
        new ExecutorInstrumentation(),
        new NettyInstrumentation(),
        new VertxInstrumentation(),
        new VertxWebInstrumentation());
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
  void the_route_is_that_of_the_mount_and_of_the_route_in_it() throws Exception {
    assertEquals(
        "GET /app/shops/:shop/orders/:id", request("/shops/CANARY/orders/CANARY", 200).name());
  }

  @Test
  void a_route_for_all_below_it_says_so() throws Exception {
    assertEquals("GET /app/files/*", request("/files/CANARY", 200).name());
  }

  @Test
  void a_regular_expression_is_its_own_template() throws Exception {
    assertEquals(
        "GET /app/shops/:shop/orders/by-name/([a-z]+)",
        request("/shops/1/orders/by-name/canary", 200).name());
  }

  @Test
  void where_a_request_is_sent_on_to_counts() throws Exception {
    assertEquals("GET /app/files/*", request("/moved", 200).name());
  }

  @Test
  void a_route_for_all_paths_is_none_and_where_it_is_mounted_that() throws Exception {
    assertEquals("GET", request("/any", 200).name());
    assertEquals("GET /app/empty/*", request("/empty/inner", 200).name());
  }

  @Test
  void handlers_that_pass_a_request_on_until_nobody_has_it_are_no_route() throws Exception {
    assertEquals("GET", request("/shops/CANARY/orders/CANARY/nothing", 404).name());
  }

  @Test
  void an_exception_that_a_failure_handler_answers_is_none_of_the_servers() throws Exception {
    assertNull(request("/shops/1/orders/1/refused", 422).failure());
  }

  @Test
  void an_exception_that_nobody_answers_is_a_500_of_its_own_type() throws Exception {
    Span span = request("/shops/1/orders/1/broken", 500);
    assertEquals("GET /app/shops/:shop/orders/:id/broken", span.name());
    assertEquals("java.lang.ArithmeticException", span.failure().type);
  }

  @Test
  void what_fails_later_is_its_requests() throws Exception {
    Span span = request("/shops/1/orders/1/later", 500);
    assertEquals("GET /app/shops/:shop/orders/:id/later", span.name());
    assertEquals("java.lang.ArithmeticException", span.failure().type);
  }

  @Test
  void what_is_done_elsewhere_is_its_requests() throws Exception {
    String trace = server.get("/shops/1/orders/1/elsewhere", 200);
    assertEquals(WebServer.served(woven, 1).get(0).request().traceId(), trace);
  }

  @Test
  void answers_are_the_same_when_the_tracer_throws() throws Exception {
    Woven.whileTracerThrows(
        () -> {
          server.get("/shops/1/orders/1", 200);
          server.get("/shops/1/orders/1/refused", 422);
          server.get("/shops/1/orders/1/elsewhere", 200);
          return server.get("/shops/1/orders/1/nothing", 404);
        });
  }

  private Span request(String path, int status) throws Exception {
    server.get(path, status);
    asked++;
    Span span = WebServer.served(woven, asked).get(asked - 1);
    assertEquals(status, span.status());
    return span;
  }

  private static void answerTrace(RoutingContext context) {
    context.response().end(traceId());
  }

  private static String traceId() {
    try {
      return String.valueOf(Tracing.traceId());
    } catch (IllegalStateException broken) {
      return "none";
    }
  }

  private static void refuse() {
    throw new IllegalArgumentException("CANARY");
  }

  private static void fail() {
    throw new ArithmeticException("CANARY");
  }
}
