package dev.atalaya.it.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.it.App;
import dev.atalaya.it.Metrics;
import dev.atalaya.it.Otlp;
import dev.atalaya.it.RedisProcess;
import dev.atalaya.it.Shop;
import dev.atalaya.it.Visitor;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Two instances of the tuned shop on one PostgreSQL and one Redis, behind nginx. */
@TestMethodOrder(OrderAnnotation.class)
final class TwoInstancesIT {
  private static final List<String> READS =
      List.of(
          "/",
          "/products/31",
          "/api/categories",
          "/api/products?q=oak",
          "/api/products/31",
          "/api/products/31/recommendations",
          "/api/account",
          "/api/cart",
          "/api/orders");
  private static final String ITEM = "{\"product\":31,\"quantity\":1}";

  private static EmbeddedPostgres postgres;
  private static RedisProcess redis;
  private static App first;
  private static App second;
  private static Nginx nginx;

  @BeforeAll
  static void start() throws Exception {
    postgres = EmbeddedPostgres.start();
    redis = new RedisProcess();
    first = instance();
    second = instance();
    nginx = Nginx.before(first.port(), second.port());
  }

  @AfterAll
  static void stop() throws Exception {
    for (AutoCloseable part : new AutoCloseable[] {nginx, first, second, redis, postgres}) {
      if (part != null) {
        part.close();
      }
    }
  }

  private static App instance() {
    return Shop.launch()
        .arguments("--shop.edition=tuned")
        .environment("SHOP_DB_URL", postgres.getJdbcUrl("postgres", "postgres"))
        .environment("SHOP_REDIS_URL", redis.url())
        .agent(null)
        .property("otel.traces.exporter", "none")
        .start();
  }

  @AfterEach
  void no_request_failed() {
    for (App shop : List.of(first, second)) {
      if (ProcessHandle.of(shop.pid()).isEmpty()) {
        continue;
      }
      Metrics metrics = shop.metrics();
      assertEquals(
          0,
          metrics.of("http_server_request_duration_seconds_count").stream()
              .filter(sample -> sample.labels().get("http_response_status_code").startsWith("5"))
              .count(),
          () -> metrics.about("http_server_request") + shop.output());
    }
  }

  @Test
  @Order(1)
  void requests_go_to_both_in_turn_and_both_know_who_is_logged_in() {
    Visitor bruno = new Visitor(nginx.url());
    bruno.login("bruno1@example.com");
    double atFirst = requests(first, "/api/account");
    double atSecond = requests(second, "/api/account");

    for (int i = 0; i < 10; i++) {
      assertEquals("{\"customer\":1,\"name\":\"Bruno Berg\"}", bruno.get("/api/account").body());
    }

    assertEquals(5, requests(first, "/api/account") - atFirst);
    assertEquals(5, requests(second, "/api/account") - atSecond);

    assertEquals(204, bruno.at(address(first)).post("/api/logout", "").statusCode());
    assertEquals(401, bruno.at(address(second)).get("/api/account").statusCode());
    assertEquals(401, bruno.at(address(first)).get("/api/account").statusCode());
  }

  @Test
  @Order(1)
  void review_given_at_one_is_seen_at_the_other_at_once() {
    Visitor carla = new Visitor(nginx.url());
    carla.login("carla2@example.com");

    assertReviewIsSeen(carla, first, second, 21);
    assertReviewIsSeen(carla, second, first, 22);
  }

  @Test
  @Order(1)
  void stock_sold_at_one_is_gone_at_the_other_at_once() {
    Visitor david = new Visitor(nginx.url());
    david.login("david3@example.com");
    int before = stock(first, 23);
    assertEquals(before, stock(second, 23));
    Matcher incart =
        Pattern.compile("\"product\":23,[^}]*\"quantity\":(\\d+)")
            .matcher(david.get("/api/cart").body());
    int already = incart.find() ? Integer.parseInt(incart.group(1)) : 0;

    assertEquals(
        201,
        david
            .at(address(second))
            .post("/api/cart/items", "{\"product\":23,\"quantity\":2}")
            .statusCode());
    assertEquals(201, david.at(address(second)).post("/api/checkout", "").statusCode());

    int after = before - already - 2;
    assertTrue(soon(() -> stock(first, 23) == after), () -> stock(first, 23) + ", not " + after);
    assertEquals(after, stock(second, 23));
    assertTrue(
        soon(() -> visitor(first).get("/api/products?q=").body().contains("\"stock\":" + after)),
        "also in lists");
  }

  @Test
  @Order(1)
  void answers_are_cacheable_behind_nginx_whichever_instance_gave_them() {
    HttpResponse<String> answer = new Visitor(nginx.url()).get("/api/products/30");
    String tag = answer.headers().firstValue("ETag").orElseThrow();
    assertFalse(tag.startsWith("W/"), tag);

    for (int i = 0; i < 2; i++) {
      HttpResponse<String> again =
          new Visitor(nginx.url()).get("/api/products/30", "If-None-Match", tag);
      assertEquals(304, again.statusCode());
    }
  }

  @Test
  @Order(1)
  void without_redis_all_goes_on_and_with_it_again_all_is_back() throws Exception {
    Visitor elena = new Visitor(nginx.url());
    elena.login("elena4@example.com");
    assertTrue(redis.command("KEYS session:*").contains("session:"), "a session in Redis");

    redis.kill();

    for (App shop : List.of(first, second, first)) {
      Visitor known = elena.at(address(shop));
      for (String path : READS) {
        assertEquals(200, known.get(path).statusCode(), path);
      }
      assertEquals(201, known.post("/api/cart/items", ITEM).statusCode());
      assertEquals(201, known.post("/api/checkout", "").statusCode());
    }
    Visitor felix = new Visitor(nginx.url());
    felix.login("felix5@example.com");
    for (int i = 0; i < 4; i++) {
      assertEquals(200, felix.get("/api/account").statusCode());
    }

    redis.start();

    assertTrue(
        Otlp.await(
            () ->
                elena.get("/api/account").statusCode() == 200
                    && felix.get("/api/account").statusCode() == 200
                    && redis.command("KEYS session:*").startsWith("*2")),
        () -> "both sessions in Redis: " + redis.command("KEYS *"));
    double hits = hits(second);
    assertEquals(200, visitor(first).get("/api/products/33").statusCode());
    assertEquals(200, visitor(second).get("/api/products/33").statusCode());
    assertTrue(hits(second) > hits, () -> second.metrics().about("cache_"));
    assertReviewIsSeen(elena, first, second, 34);
    assertReviewIsSeen(elena, second, first, 35);
  }

  @Test
  @Order(2)
  void session_survives_the_instance_that_began_it() {
    Visitor grete = visitor(first);
    grete.login("grete6@example.com");

    first.close();

    Visitor behindNginx = grete.at(nginx.url());
    for (int i = 0; i < 6; i++) {
      assertEquals(200, behindNginx.get("/api/account").statusCode());
      assertEquals(201, behindNginx.post("/api/cart/items", ITEM).statusCode());
    }
  }

  /** Both instances know the product already, so that one of them has to be told. */
  private static void assertReviewIsSeen(Visitor author, App at, App elsewhere, int product) {
    String path = "/api/products/" + product;
    String text = "Seen from " + at.port() + " and " + elsewhere.port();
    for (App shop : List.of(at, elsewhere)) {
      assertFalse(visitor(shop).get(path).body().contains(text));
      assertFalse(visitor(shop).get(path).body().contains(text));
    }

    HttpResponse<String> review =
        author.at(address(at)).post(path + "/reviews", "{\"stars\":5,\"text\":\"" + text + "\"}");

    assertEquals(201, review.statusCode(), review::body);
    assertTrue(visitor(at).get(path).body().contains(text));
    assertTrue(soon(() -> visitor(elsewhere).get(path).body().contains(text)), path);
  }

  /** Once a message has arrived; without one, what is cached is kept for half a minute. */
  private static boolean soon(BooleanSupplier condition) {
    long deadline = System.nanoTime() + 5_000_000_000L;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
      Otlp.sleep(10);
    }
    return true;
  }

  private static Visitor visitor(App shop) {
    return new Visitor(address(shop));
  }

  private static String address(App shop) {
    return "http://127.0.0.1:" + shop.port();
  }

  private static int stock(App shop, int product) {
    String body = visitor(shop).get("/api/products/" + product).body();
    Matcher stock = Pattern.compile("\"stock\":(\\d+)").matcher(body);
    assertTrue(stock.find(), body);
    return Integer.parseInt(stock.group(1));
  }

  private static double requests(App shop, String route) {
    return shop.metrics().value("http_server_request_duration_seconds_count", "http_route", route);
  }

  private static double hits(App shop) {
    return shop.metrics()
        .value("cache_requests_total", "cache_system", "redis", "cache_result", "hit");
  }
}
