package shop;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import javax.imageio.ImageIO;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What the shop answers in either edition, over HTTP, on its own PostgreSQL and Redis.
 *
 * <p>The shop is shared by all tests: each buys as a customer of its own.
 */
abstract class ShopContract {
  @LocalServerPort private int port;
  @Autowired private JdbcTemplate jdbc;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /                                       | 200 | Catalogue
          /products/3                             | 200 |
          /products/999999                        | 404 |
          /api/categories                         | 200 | {"name":"Garden","products":30}
          /api/products                           | 200 | "page":0,"pages":9,"total":200
          /api/products?page=1                    | 200 | "page":1
          /api/products?page=8                    | 200 | "after":null
          /api/products?page=900                  | 200 | "products":[]
          /api/products?q=oak                     | 200 | Oak
          /api/products?q=OAK%20chair             | 200 | Oak Chair
          /api/products?q=sealskin                | 200 | "total":0
          /api/products?category=Desk             | 200 | "pages":2,"total":40
          /api/products?min=100&max=120           | 200 | "total":21
          /api/products?after=1_2_3               | 400 | after must be price_id
          /api/products?page=first                | 400 |
          /api/products/3                         | 200 | "id":3
          /api/products/999999                    | 404 | There is no product 999999.
          /api/products/3/recommendations         | 200 | "id":
          /api/products/999999/recommendations    | 404 | There is no product 999999.
          /images/999999/96                       | 404 |
          /api/account                            | 401 | Log in
          /api/cart                               | 401 | Log in
          /api/orders                             | 401 | Log in
          /api/orders/7                           | 401 | Log in
          /api/reports/sales                      | 200 | "month":"2025-07"
          /api/reports/demand?q=oak               | 200 | Oak
          /api/reports/demand                     | 400 |
          /api/reports/orders                     | 200 | "lines":[{
          /api/async/3                            | 200 | "product":3
          /api/async/999999                       | 404 | There is no product 999999.
          /api/broken                             | 500 | "error":"Internal Server Error"
          /nowhere                                | 404 | "error":"Not Found"
          /health                                 | 200 | UP
          """)
  void stranger_is_answered_and_the_answer_repeats_itself(String path, int status, String part) {
    Visitor stranger = new Visitor(port);

    HttpResponse<String> first = stranger.get(path);

    assertThat(first.statusCode()).isEqualTo(status);
    assertThat(first.body()).contains(part == null ? "" : part);
    assertThat(stranger.get(path).body()).isEqualTo(first.body());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          POST   | /api/products/3/reviews | {"stars":3,"text":"Good."}
          POST   | /api/cart/items         | {"product":3,"quantity":1}
          DELETE | /api/cart/items/3       |
          POST   | /api/checkout           |
          """)
  void stranger_changes_nothing(String method, String path, String json) {
    assertThat(new Visitor(port).send(method, path, json).statusCode()).isEqualTo(401);
  }

  // ---- Login -----------------------------------------------------------------------------------

  @Test
  void customer_is_known_from_login_to_logout() {
    Visitor visitor = new Visitor(port);

    HttpResponse<String> login = visitor.login("bruno1@example.com", "shop");

    assertThat(login.statusCode()).isEqualTo(200);
    assertThat(login.body()).isEqualTo("{\"customer\":1,\"name\":\"Bruno Berg\"}");
    assertThat(login.headers().firstValue("set-cookie").orElseThrow())
        .startsWith("SHOP=")
        .contains("HttpOnly", "SameSite=Lax");
    assertThat(visitor.get("/api/account").body()).isEqualTo(login.body());

    assertThat(visitor.post("/api/logout", null).statusCode()).isEqualTo(204);
    assertThat(visitor.get("/api/account").statusCode()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({"bruno1@example.com,Shop", "bruno1@example.com,''", "nobody@example.com,shop"})
  void wrong_email_or_password_is_turned_away(String email, String password) {
    Visitor visitor = new Visitor(port);

    assertThat(visitor.login(email, password).statusCode()).isEqualTo(401);
    assertThat(visitor.get("/api/account").statusCode()).isEqualTo(401);
  }

  @Test
  void login_that_is_no_json_is_refused() {
    assertThat(new Visitor(port).post("/api/login", "bruno1").statusCode()).isEqualTo(400);
  }

  // ---- The catalogue ---------------------------------------------------------------------------

  @Test
  void pages_follow_each_other_by_number_and_by_the_last_product_seen() {
    Visitor visitor = new Visitor(port);
    String first = visitor.get("/api/products?sort=price").body();
    String after = read(first, "$.after.price") + "_" + read(first, "$.after.id");

    String second = visitor.get("/api/products?sort=price&page=1").body();

    assertThat(visitor.get("/api/products?sort=price&page=1&after=" + after).body())
        .isEqualTo(second);
    List<Double> prices = read(first, "$.products[*].price");
    prices.addAll(read(second, "$.products[*].price"));
    assertThat(prices).hasSize(48).isSorted();
  }

  @Test
  void filters_hold_for_each_product_found() {
    String found =
        new Visitor(port).get("/api/products?q=a&category=Kitchen&min=40&max=90.5&page=0").body();

    assertThat(ShopContract.<List<String>>read(found, "$.products[*].category"))
        .containsOnly("Kitchen");
    List<Double> prices = read(found, "$.products[*].price");
    assertThat(prices).isNotEmpty().allMatch(price -> price >= 40 && price <= 90.5);
    assertThat((int) read(found, "$.total")).isEqualTo(prices.size());
  }

  @Test
  void product_counts_all_reviews_and_shows_the_newest_ten() {
    Visitor visitor = Visitor.customer(port, jdbc, 11);
    for (int i = 1; i <= 4; i++) {
      String review = "{\"stars\":5,\"text\":\"Review " + i + "\"}";
      HttpResponse<String> answer = visitor.post("/api/products/17/reviews", review);
      assertThat(answer.statusCode()).isEqualTo(201);
      assertThat(answer.body())
          .contains("\"customer\":\"Ada Lopez\",\"stars\":5", "\"writtenOn\":\"2026-06-30\"");
    }

    String product = visitor.get("/api/products/17").body();

    // Of the eight it had, with stars 4 5 1 2 3 4 5 1, and the four.
    assertThat((int) read(product, "$.ratings")).isEqualTo(12);
    assertThat((double) read(product, "$.rating")).isEqualTo(3.8);
    List<String> texts = read(product, "$.reviews[*].text");
    assertThat(texts).hasSize(10).startsWith("Review 4", "Review 3", "Review 2", "Review 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          3      | {"stars":0,"text":"Bad."}   | 400
          3      | {"stars":6,"text":"Good."}  | 400
          3      | {"stars":3,"text":" "}      | 400
          3      | {"stars":3}                 | 400
          3      | three stars                 | 400
          999999 | {"stars":3,"text":"Good."}  | 404
          """)
  void review_that_makes_no_sense_is_refused(int product, String review, int status) {
    Visitor visitor = Visitor.customer(port, jdbc, 12);

    assertThat(visitor.post("/api/products/" + product + "/reviews", review).statusCode())
        .isEqualTo(status);
  }

  // ---- Pictures --------------------------------------------------------------------------------

  @Test
  void picture_is_shown_in_three_sizes() throws Exception {
    Visitor visitor = Visitor.customer(port, jdbc, 13);

    HttpResponse<String> answer = visitor.upload("/api/products/21/images", png(900, 450));

    assertThat(answer.statusCode()).isEqualTo(201);
    int id = read(answer.body(), "$.id");
    assertThat(answer.body())
        .isEqualTo(
            ("{\"id\":" + id + ",\"product\":21,\"width\":900,\"height\":450,")
                + "\"sizes\":[96,320,800]}");
    assertThat(ShopContract.<List<?>>read(visitor.get("/api/products/21").body(), "$.images"))
        .hasSize(1);
    for (int size : Images.SIZES) {
      HttpResponse<byte[]> picture = visitor.bytes("/images/" + id + "/" + size);
      assertThat(picture.statusCode()).isEqualTo(200);
      assertThat(picture.headers().firstValue("content-type")).hasValue("image/jpeg");
      BufferedImage thumbnail = ImageIO.read(new ByteArrayInputStream(picture.body()));
      assertThat(thumbnail.getWidth()).isEqualTo(size);
      assertThat(thumbnail.getHeight()).isEqualTo(size / 2);
    }
    assertThat(visitor.get("/images/" + id + "/97").statusCode()).isEqualTo(404);
  }

  @Test
  void what_is_no_picture_is_refused() throws Exception {
    Visitor visitor = Visitor.customer(port, jdbc, 13);
    byte[] text = "Not a picture.".getBytes();
    byte[] picture = png(20, 20);

    assertThat(visitor.upload("/api/products/22/images", text).statusCode()).isEqualTo(422);
    assertThat(visitor.upload("/api/products/22/images", new byte[0]).statusCode()).isEqualTo(422);
    assertThat(visitor.upload("/api/products/22/images", new byte[11 << 20]).statusCode())
        .isEqualTo(413);
    assertThat(visitor.upload("/api/products/999999/images", picture).statusCode()).isEqualTo(404);
    assertThat(new Visitor(port).upload("/api/products/22/images", picture).statusCode())
        .isEqualTo(401);
    assertThat(ShopContract.<List<?>>read(visitor.get("/api/products/22").body(), "$.images"))
        .isEmpty();
  }

  private static byte[] png(int width, int height) throws Exception {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", png);
    return png.toByteArray();
  }

  // ---- Cart, checkout, orders ------------------------------------------------------------------

  @Test
  void cart_is_filled_and_emptied_item_by_item() {
    Visitor visitor = Visitor.customer(port, jdbc, 1);
    String before = visitor.get("/api/cart").body();
    List<Integer> products = read(before, "$.items[*].product");
    assertThat(products).hasSize(9).isSorted();

    HttpResponse<String> added = visitor.post("/api/cart/items", item(199, 2));
    HttpResponse<String> more = visitor.post("/api/cart/items", item(199, 3));

    assertThat(added.statusCode()).isEqualTo(201);
    assertThat(ShopContract.<List<Integer>>read(more.body(), "$.items[?(@.product==199)].quantity"))
        .containsExactly(5);
    assertThat((double) read(more.body(), "$.total"))
        .isEqualTo((double) read(before, "$.total") + 5 * price(visitor, 199));
    // Product 199 costs 90 + 4 * 35 cents to send.
    assertThat((double) read(more.body(), "$.shipping"))
        .isEqualTo((double) read(before, "$.shipping") + 5 * 2.30);

    assertThat(visitor.send("DELETE", "/api/cart/items/199", null).body()).isEqualTo(before);
    assertThat(visitor.send("DELETE", "/api/cart/items/199", null).statusCode()).isEqualTo(200);
    assertThat(visitor.get("/api/cart").body()).isEqualTo(before);
  }

  @Test
  void items_that_make_no_sense_are_refused() {
    Visitor visitor = Visitor.customer(port, jdbc, 6);
    String before = visitor.get("/api/cart").body();

    assertThat(visitor.post("/api/cart/items", item(1, -1)).statusCode()).isEqualTo(400);
    assertThat(visitor.post("/api/cart/items", item(999_999, 1)).statusCode()).isEqualTo(404);
    assertThat(visitor.get("/api/cart").body()).isEqualTo(before);
  }

  @Test
  void checkout_takes_the_cart_from_stock_and_confirms_the_order() {
    Visitor visitor = Visitor.customer(port, jdbc, 10);
    int before = stock(visitor, 42);
    String cart = visitor.post("/api/cart/items", item(42, 3)).body();
    List<Integer> wanted = read(cart, "$.items[*].product");
    assertThat(wanted).hasSize(25);

    HttpResponse<String> receipt = visitor.post("/api/checkout", null);

    assertThat(receipt.statusCode()).isEqualTo(201);
    int order = read(receipt.body(), "$.order");
    assertThat((String) read(receipt.body(), "$.payment")).isEqualTo("PAY-" + order);
    double total = read(cart, "$.total");
    assertThat((double) read(receipt.body(), "$.total"))
        .isEqualTo(total + (double) read(cart, "$.shipping"));
    assertThat((List<?>) read(visitor.get("/api/cart").body(), "$.items")).isEmpty();

    String placed = visitor.get("/api/orders/" + order).body();
    assertThat((List<?>) read(placed, "$.lines[*].product")).isEqualTo(wanted);
    assertThat((double) read(placed, "$.total")).isEqualTo(total);
    assertThat((int) read(visitor.get("/api/orders").body(), "$[0].id")).isEqualTo(order);
    assertThat(visitor.get("/api/reports/orders").body()).contains("\"id\":" + order + ",");
    assertThat(stock(visitor, 42)).isEqualTo(before - 3);
    assertThat(jdbc.queryForObject("select stock from products where id = 42", Integer.class))
        .isEqualTo(before - 3);
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> confirmations(order), count -> count == 1);
  }

  @Test
  void empty_cart_is_refused() {
    Visitor visitor = Visitor.customer(port, jdbc, 3);

    assertThat(visitor.post("/api/checkout", null).statusCode()).isEqualTo(201);
    assertThat(visitor.post("/api/checkout", null).statusCode()).isEqualTo(409);
  }

  @Test
  void checkout_of_more_than_there_is_changes_nothing() {
    Visitor visitor = Visitor.customer(port, jdbc, 4);
    int before = stock(visitor, 43);
    String cart = visitor.post("/api/cart/items", item(43, 100_000)).body();
    String orders = visitor.get("/api/orders").body();

    HttpResponse<String> refused = visitor.post("/api/checkout", null);

    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.body()).contains("Too few left of");
    assertThat(stock(visitor, 43)).isEqualTo(before);
    assertThat(visitor.get("/api/cart").body()).isEqualTo(cart);
    assertThat(visitor.get("/api/orders").body()).isEqualTo(orders);
  }

  @Test
  void customer_sees_own_orders_and_no_one_elses() {
    Visitor visitor = Visitor.customer(port, jdbc, 8);
    String orders = visitor.get("/api/orders").body();
    List<Integer> ids = read(orders, "$[*].id");
    assertThat(ids).hasSize(10).isSortedAccordingTo((a, b) -> b - a);
    assertThat(orders).contains("\"customer\":\"Ines Ito\"");
    assertThat((List<?>) read(visitor.get("/api/orders?page=1").body(), "$")).isEmpty();

    assertThat(visitor.get("/api/orders/" + ids.get(0)).statusCode()).isEqualTo(200);
    assertThat(visitor.get("/api/orders/" + (ids.get(0) + 1)).statusCode()).isEqualTo(404);
    assertThat(visitor.get("/api/orders/999999").statusCode()).isEqualTo(404);
  }

  private static String item(int product, int quantity) {
    return "{\"product\":" + product + ",\"quantity\":" + quantity + "}";
  }

  private static <T> T read(String json, String path) {
    return JsonPath.read(json, path);
  }

  private double price(Visitor visitor, int product) {
    return read(visitor.get("/api/products/" + product).body(), "$.product.price");
  }

  private int stock(Visitor visitor, int product) {
    return read(visitor.get("/api/async/" + product).body(), "$.stock");
  }

  private int confirmations(int order) {
    return jdbc.queryForObject(
        "select count(*) from confirmations where order_id = ?", Integer.class, order);
  }
}
