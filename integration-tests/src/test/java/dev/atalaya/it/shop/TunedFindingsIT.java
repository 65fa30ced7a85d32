package dev.atalaya.it.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.atalaya.it.App;
import dev.atalaya.it.Metrics;
import dev.atalaya.it.Shop;
import dev.atalaya.it.Told;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The tuned edition of the shop, on the walk that has all the sins of the naive one: there is
 * nothing that one has to look at.
 */
final class TunedFindingsIT {
  private static final int WALKS = 3;

  @Test
  void no_finding_of_the_tuned_shop_is_a_warning() throws Exception {
    try (App shop =
        Shop.launch("medium")
            .arguments("--shop.edition=tuned")
            .agent(null)
            .property("atalaya.alert.min_severity", "info")
            .start()) {
      // Carts of 24 items: what the naive edition does for each is most to be seen in them.
      List<String> customers =
          List.of("klara10@example.com", "jonas20@example.com", "ines30@example.com");
      assertEquals(WALKS, customers.size());
      List<Shop.Visit> visits = visits();
      for (String customer : customers) {
        String cookie = Shop.login(shop, customer);
        Shop.walk(shop, cookie, visits);
        pageThrough(shop);
      }
      long expected = WALKS * visits.stream().filter(v -> v.path().startsWith("/api/cart")).count();
      Metrics metrics = shop.metrics(m -> carts(m) >= expected);
      assertEquals(expected, carts(metrics), () -> metrics.about("http_server_request"));

      // A finding is there within three seconds of the request's end.
      Thread.sleep(3_500);
      List<JsonNode> bad = new ArrayList<>(Told.of(shop));
      bad.removeIf(finding -> finding.get("severity").asText().equals("info"));
      assertEquals(List.of(), bad, shop::agentLines);
    }
  }

  private static List<Shop.Visit> visits() {
    return List.of(
        get("/"),
        get("/products/17"),
        get("/api/categories"),
        get("/api/products?q=oak&category=Kitchen"),
        get("/api/products?sort=price&page=100"),
        get("/api/products?sort=price&min=20&max=40"),
        get("/api/products/17"),
        get("/api/products/17/recommendations"),
        post("/api/products/17/reviews", "{\"stars\":4,\"text\":\"Good.\"}"),
        get("/orders"),
        get("/api/orders"),
        get("/cart"),
        get("/api/cart"),
        post("/api/cart/items", "{\"product\":4999,\"quantity\":1}"),
        new Shop.Visit("DELETE", "/api/cart/items/4999", null, "", 200),
        post("/api/checkout", ""),
        get("/analytics"),
        get("/api/reports/sales"),
        get("/api/reports/demand?q=oak"),
        get("/api/reports/orders?page=2"),
        get("/api/async/11"));
  }

  /** As somebody does who goes on and on: each page says where the next one begins. */
  private static void pageThrough(App shop) throws Exception {
    String next = "/api/products?sort=price";
    for (int page = 1; page <= 5; page++) {
      HttpResponse<String> answer = Shop.visit(shop, get(next));
      JsonNode after = new ObjectMapper().readTree(answer.body()).get("after");
      assertTrue(after.isObject(), answer::body);
      String place = after.get("price").asText() + "_" + after.get("id").asText();
      next = URI.create("/api/products?sort=price&page=" + page + "&after=" + place).toString();
    }
  }

  private static double carts(Metrics metrics) {
    return metrics.of("http_server_request_duration_seconds_count").stream()
        .filter(sample -> sample.labels().get("http_route").startsWith("/api/cart"))
        .mapToDouble(Metrics.Sample::value)
        .sum();
  }

  private static Shop.Visit get(String path) {
    return new Shop.Visit("GET", path, null, "", 200);
  }

  private static Shop.Visit post(String path, String body) {
    return new Shop.Visit("POST", path, body, "", 201);
  }
}
