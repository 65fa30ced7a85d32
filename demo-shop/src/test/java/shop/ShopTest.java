package shop;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

/** The whole shop over HTTP, on its own PostgreSQL and Redis. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "shop.size=small")
class ShopTest {
  private static final HttpClient http = HttpClient.newHttpClient();

  @LocalServerPort private int port;
  @Autowired private JdbcTemplate jdbc;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /                            | 200 | <h1>Catalogue</h1>
          /?q=oak                      | 200 | Results for
          /products/3                  | 200 | Add to cart
          /cart?customer=5             | 200 | Check out
          /orders                      | 200 | The newest of all customers
          /api/products?page=1         | 200 | "page":1
          /api/products?q=oak          | 200 | Oak
          /api/products/3              | 200 | "id":3
          /api/products/999999         | 404 | There is no product 999999.
          /api/orders                  | 200 | "lines":[{
          /api/orders?customer=3       | 200 | "lines":[{
          /api/orders/7                | 200 | "id":7
          /api/orders/999999           | 404 | There is no order 999999.
          /api/cart/5                  | 200 | "customer":5
          /api/reports/sales           | 200 | "month":"2025-07"
          /api/reports/search?q=oak    | 200 | Oak
          /api/async/3                 | 200 | "product":3
          /api/async/999999            | 404 | There is no product 999999.
          /api/broken                  | 500 | "error":"Internal Server Error"
          /nowhere                     | 404 | "error":"Not Found"
          /health                      | 200 | UP
          """)
  void endpoint_answers_and_repeats_itself(String path, int status, String part) throws Exception {
    HttpResponse<String> first = get(path);

    assertThat(first.statusCode()).isEqualTo(status);
    assertThat(first.body()).contains(part);
    assertThat(get(path).body()).isEqualTo(first.body());
  }

  @Test
  void checkout_takes_the_cart_from_stock_and_confirms_the_order() throws Exception {
    int before = stock(42);
    assertThat(post("/api/cart/2/items", "{\"product\":42,\"quantity\":3}").statusCode())
        .isEqualTo(201);
    List<Integer> wanted = JsonPath.read(get("/api/cart/2").body(), "$.items[*].product");

    HttpResponse<String> receipt = post("/api/checkout/2", "");

    assertThat(receipt.statusCode()).isEqualTo(201);
    int order = JsonPath.read(receipt.body(), "$.order");
    assertThat(JsonPath.<String>read(receipt.body(), "$.payment")).isEqualTo("PAY-" + order);
    String placed = get("/api/orders/" + order).body();
    assertThat(JsonPath.<List<Integer>>read(placed, "$.lines[*].product")).isEqualTo(wanted);
    assertThat(stock(42)).isEqualTo(before - 3);
    assertThat(jdbc.queryForObject("select stock from products where id = 42", Integer.class))
        .isEqualTo(before - 3);
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> confirmations(order), count -> count == 1);
  }

  @Test
  void empty_cart_is_refused() throws Exception {
    post("/api/checkout/3", "");

    assertThat(post("/api/checkout/3", "").statusCode()).isEqualTo(409);
  }

  @Test
  void checkout_of_more_than_there_is_changes_nothing() throws Exception {
    int before = stock(43);
    post("/api/cart/4/items", "{\"product\":43,\"quantity\":100000}");

    assertThat(post("/api/checkout/4", "").statusCode()).isEqualTo(409);
    assertThat(stock(43)).isEqualTo(before);
    assertThat(get("/api/cart/4").body()).contains("100000");
  }

  @Test
  void items_that_make_no_sense_are_refused() throws Exception {
    assertThat(post("/api/cart/6/items", "{\"product\":1,\"quantity\":-1}").statusCode())
        .isEqualTo(400);
    assertThat(post("/api/cart/6/items", "{\"product\":999999,\"quantity\":1}").statusCode())
        .isEqualTo(404);
    assertThat(post("/api/cart/999999/items", "{\"product\":1,\"quantity\":1}").statusCode())
        .isEqualTo(404);
  }

  private int stock(int product) throws Exception {
    return JsonPath.read(get("/api/async/" + product).body(), "$.stock");
  }

  private int confirmations(int order) {
    return jdbc.queryForObject(
        "select count(*) from confirmations where order_id = ?", Integer.class, order);
  }

  private HttpResponse<String> get(String path) throws Exception {
    return http.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String json) throws Exception {
    return http.send(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json))
            .build(),
        BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://localhost:" + port + path);
  }
}
