package dev.atalaya.it.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.atalaya.it.App;
import dev.atalaya.it.Otlp;
import dev.atalaya.it.Shop;
import dev.atalaya.it.Told;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * The naive shop's sins that take time: missing indexes, unbounded results, a partner that is asked
 * in turn with a connection in hand, and too few connections.
 */
final class ShopSlownessIT {
  /** Of customers with 24 items in their carts: the partner takes 30 ms for each. */
  private static final List<String> FULL_CARTS =
      List.of(
          "klara10@example.com",
          "jonas20@example.com",
          "ines30@example.com",
          "hugo40@example.com",
          "grete50@example.com",
          "felix60@example.com",
          "elena70@example.com",
          "david80@example.com");

  /**
   * A slow statement.
   *
   * @param plan a part of it
   */
  private record Sin(String entryPoint, String site, String suggestion, String plan) {
    boolean is(JsonNode finding) {
      return finding.get("kind").asText().equals("slow_query")
          && finding.get("entry_point").asText().equals(entryPoint)
          && !finding.get("call_site").isNull()
          && Told.place(finding.get("call_site")).equals(site)
          && finding.get("suggestion").asText().contains(suggestion)
          && finding.at("/slow/plan").asText().contains(plan);
    }
  }

  @Test
  void statements_that_miss_an_index_or_read_too_much_are_told_with_their_plans() throws Exception {
    try (App shop =
        Shop.launch("medium")
            .agent(null)
            // So low that no machine is too fast; others may take as long now and then.
            .property("atalaya.slow.query.threshold", "1ms")
            .property("atalaya.explain", "on")
            .start()) {
      Set<Sin> sins = sins();
      List<Shop.Visit> visits =
          List.of(
              get("/api/categories"),
              get("/api/products?sort=price&page=100"),
              get("/api/products?min=20&max=40"),
              get("/api/products/12"),
              get("/api/products/17/recommendations"),
              get("/api/orders"),
              get("/api/reports/sales"),
              get("/api/reports/demand?q=oak"));
      // Plans come some seconds later.
      Otlp.await(
          () -> {
            Shop.walk(shop, visits);
            return missing(shop, sins).isEmpty();
          });
      assertEquals(Set.of(), missing(shop, sins), () -> Told.of(shop).toString());

      String filter = Shop.line("naive/NaiveCatalogue", "products.searchAll(");
      JsonNode all =
          Told.of(shop, "GET /api/products").stream()
              .filter(f -> !f.get("call_site").isNull())
              .filter(f -> Told.place(f.get("call_site")).endsWith(filter))
              .findAny()
              .orElseThrow();
      assertEquals(5_000, all.at("/slow/rows").asInt(), all::toString); // for a page of 24
    }
  }

  private static Set<Sin> sins() throws IOException {
    return Set.of(
        new Sin(
            "GET /api/categories",
            site("NaiveCatalogue", "categories", "products.countByCategory("),
            "is there an index on category of products?",
            "Seq Scan on products"),
        new Sin(
            "GET /api/products",
            site("NaiveCatalogue", "oneOf", "products.searchByPrice("),
            "is there an index",
            "Sort Key: price, id"),
        new Sin(
            "GET /api/products",
            site("NaiveCatalogue", "filtered", "products.searchAll("),
            "is there an index",
            "Seq Scan on products"),
        new Sin(
            "GET /api/products/{id}",
            site("NaiveCatalogue", "product", "reviews.findByProductIdOrderByIdDesc("),
            "CREATE INDEX ON reviews (product_id, id)",
            "Seq Scan on reviews"),
        new Sin(
            "GET /api/products/{id}/recommendations",
            site("NaiveRecommendations", "boughtWith", "jdbc.queryForList("),
            "CREATE INDEX ON order_lines (product_id)",
            "Seq Scan on order_lines"),
        new Sin(
            "GET /api/orders",
            site("NaiveOrderHistory", "ofCustomer", "orders.findByCustomerId"),
            "CREATE INDEX ON orders (customer_id, placed_on)",
            "Seq Scan on orders"),
        new Sin(
            "GET /api/reports/sales",
            site("NaiveAnalytics", "sales", "sales()", "jdbc.query("),
            "EXPLAIN",
            "Seq Scan on order_lines"),
        new Sin(
            "GET /api/reports/demand",
            site("NaiveAnalytics", "demand", "demand(String", "jdbc.query("),
            "EXPLAIN",
            "Seq Scan on order_lines"));
  }

  private static String site(String type, String method, String... line) throws IOException {
    return "shop.naive." + type + "." + method + Shop.line("naive/" + type, line);
  }

  private static Set<String> missing(App shop, Set<Sin> sins) {
    List<JsonNode> found = Told.of(shop);
    Set<String> missing = new TreeSet<>();
    for (Sin sin : sins) {
      if (found.stream().noneMatch(sin::is)) missing.add(sin.toString());
    }
    return missing;
  }

  @Test
  void partner_that_is_asked_within_the_transaction_makes_others_wait() throws Exception {
    try (App shop =
        Shop.launch("medium")
            .agent(null)
            .property("atalaya.slow.request.threshold", "60s")
            .property("atalaya.slow.request.threshold.GET /api/cart", "300ms")
            .property("atalaya.slow.request.threshold.POST /api/checkout", "300ms")
            .start()) {
      List<String> cookies = new ArrayList<>();
      for (String email : FULL_CARTS) {
        cookies.add(Shop.login(shop, email));
      }
      ExecutorService visitors = Executors.newFixedThreadPool(cookies.size());
      List<Future<?>> visits = new ArrayList<>();
      for (String cookie : cookies) {
        List<Shop.Visit> cart = List.of(get("/api/cart"));
        visits.add(visitors.submit(() -> Shop.walk(shop, cookie, cart)));
      }
      for (Future<?> visit : visits) {
        visit.get();
      }
      visitors.shutdown();
      // Of five connections, eight visitors: the last to be answered has waited.
      JsonNode cart = slowRequest(shop, "GET /api/cart", cookies.size());
      assertTrue(cart.at("/slow/pool_wait_ms").asDouble() > 300, cart::toString);
      assertSuggests(cart, "ms for a connection of its pool: give connections back sooner");

      Shop.Visit checkout = new Shop.Visit("POST", "/api/checkout", "", "", 201);
      Shop.walk(shop, cookies.get(0), List.of(checkout));
      JsonNode paid = slowRequest(shop, "POST /api/checkout", 1);
      assertSuggests(paid, "Begin with GET http://localhost:");
      assertSuggests(paid, " in 24 calls at " + site("NaiveCheckout", "shipping", "partner.ship"));
      assertSuggests(paid, "ms were sent with a transaction open, which holds a connection");
    }
  }

  /** The finding once it has occurred so often. */
  private static JsonNode slowRequest(App shop, String entryPoint, int occurrences) {
    List<JsonNode> found = new ArrayList<>();
    Otlp.await(
        () -> {
          found.clear();
          found.addAll(Told.of(shop, entryPoint));
          found.removeIf(one -> !one.get("kind").asText().equals("slow_request"));
          found.removeIf(one -> one.get("occurrences").asInt() < occurrences);
          return !found.isEmpty();
        });
    assertEquals(1, found.size(), () -> Told.of(shop).toString());
    return found.get(0);
  }

  private static void assertSuggests(JsonNode finding, String words) {
    String suggestion = finding.get("suggestion").asText();
    assertTrue(suggestion.contains(words), () -> words + " in " + finding);
  }

  private static Shop.Visit get(String path) {
    return new Shop.Visit("GET", path, null, "", 200);
  }
}
