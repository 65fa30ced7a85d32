package dev.atalaya.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo shop's sins, the table in its README, as the agent tells them: all, and no other. */
final class ShopFindingsIT {

  private static final String FIND_ALL_BY_ID = "findAllById(ids) once instead of findById ";
  private static final String JOIN_FETCH = "JOIN FETCH o.lines or @EntityGraph";
  private static final String MULTI_GET = "opsForValue().multiGet(keys)";

  @TempDir Path folder;

  /** What is expected: a finding as {@link Findings#told} tells it, and words of its suggestion. */
  private final Map<String, String> sins = new TreeMap<>();

  @Test
  void every_sin_of_the_shop_is_found_with_its_cause_and_line_and_nothing_else() throws Exception {
    Path config = folder.resolve("atalaya.properties");
    Files.write(
        config,
        List.of(
            "atalaya.alert.min_severity=info",
            // Slow comes later: a first request on a slow machine is not meant.
            "atalaya.slow.query.threshold=30s",
            "atalaya.slow.request.threshold=60s"));
    try (Otlp otlp = Otlp.http();
        App shop =
            Shop.launch("medium")
                .agent(otlp)
                .property("atalaya.config", config.toString())
                .property("atalaya.explain", "on")
                .start()) {
      pagesWithoutSin(shop);
      carts(shop);
      checkouts(shop);
      orders(shop);
      catalogue(shop);
      assertFindings(shop);

      Files.write(
          config,
          List.of(
              "atalaya.alert.min_severity=info",
              "atalaya.slow.query.threshold=5ms",
              "atalaya.slow.request.threshold=60s",
              "atalaya.slow.request.threshold.GET\\ /api/reports/search=20ms",
              // The stock report comes between, and takes a millisecond or two.
              "atalaya.ignore.routes=JOB *"));
      reports(shop);
      assertFindings(shop);

      for (JsonNode finding : Told.of(shop)) {
        Told.assertLogged(shop, finding);
        Told.assertTraced(otlp, finding);
      }
      assertNothingOnCleanTraces(otlp);
    }
  }

  // ---- The walk, and what is to be found on it -------------------------------------------------

  private static void pagesWithoutSin(App shop) {
    Shop.walk(
        shop,
        List.of(
            get("/products/7"),
            get("/api/products/12"),
            get("/api/products/999999", 404),
            get("/api/products?q=sealskin"), // none is found
            get("/api/orders/77"), // of three lines
            get("/api/async/11"),
            get("/api/broken", 500),
            get("/health")));
  }

  private void carts(App shop) throws IOException {
    int items = 0;
    for (int product = 201; product <= 225; product++) {
      String item = "{\"product\":" + product + ",\"quantity\":1}";
      items = size(shop, new Shop.Visit("POST", "/api/cart/4/items", item, "", 201), "/items");
      String more = "/cart?customer=6&product=" + product;
      Shop.walk(shop, List.of(new Shop.Visit("POST", more, "", "", 302)));
    }
    assertTrue(items > 25);
    assertEquals(items, size(shop, get("/api/cart/4"), "/items"));
    Shop.walk(shop, List.of(get("/cart?customer=4")));
    for (String where :
        List.of("POST /api/cart/{customer}/items", "GET /api/cart/{customer}", "GET /cart")) {
      sins.put(
          ("n_plus_one " + where + ": SELECT products x" + items)
              + (" after cart_items (" + items + " rows) at shop.CartService.cart")
              + Shop.line("CartService", "products.findById("),
          FIND_ALL_BY_ID);
    }
  }

  private void checkouts(App shop) throws IOException {
    for (String where : List.of("/api/checkout/4", "/checkout?customer=6")) {
      boolean api = where.startsWith("/api");
      // The seeder's nine items for customer 6, and the new ones.
      int items = api ? size(shop, get("/api/cart/4"), "/items") : 9 + 25;
      Shop.walk(shop, List.of(new Shop.Visit("POST", where, "", "", api ? 201 : 302)));
      String loop = " at shop.CheckoutService.checkout";
      String flush = loop + Shop.line("CheckoutService", "orders.saveAndFlush(");
      sins.put(
          "n_plus_one POST "
              + (api ? "/api/checkout/{customer}" : "/checkout")
              + (": SELECT products x" + items + " after cart_items (" + items + " rows)")
              + loop
              + Shop.line("CheckoutService", "products.findById(")
              + ("; UPDATE products x" + items + loop)
              + Shop.line("CheckoutService", "products.takeFromStock(")
              + ("; INSERT order_lines x" + items + flush)
              + ("; DELETE cart_items x" + items + flush)
              + ("; DECRBY stock:{} x" + items + loop)
              + Shop.line("CheckoutService", "redis.opsForValue().decrement("),
          FIND_ALL_BY_ID
              + (items + " times. Beside that, send UPDATE products, INSERT order_lines,")
              + " DELETE cart_items as batches, DECRBY stock:{} in a pipeline.");
    }
    // The partner is called once: that it happens in the transaction is seen in the trace alone.
  }

  private void orders(App shop) throws IOException {
    String view = " at shop.OrderService.view";
    String lines = Shop.line("OrderService", "order.getLines()");
    String product =
        "; SELECT products xPRODUCTS" + view + Shop.line("OrderService", "getName(), line");
    String customer = view + Shop.line("OrderService", "order.getCustomer().getName()");

    JsonNode newest = answer(shop, get("/api/orders"));
    sins.put(
        "n_plus_one GET /api/orders: SELECT order_lines x20 after orders (20 rows)"
            + (view + lines + product.replace("PRODUCTS", "" + products(newest)))
            + ("; SELECT customers x" + 20 + customer),
        JOIN_FETCH);
    // Another statement leads to it here, one customer's orders: a finding of its own.
    JsonNode own = answer(shop, get("/api/orders?customer=3"));
    Shop.walk(shop, List.of(get("/orders?customer=3")));
    for (String where : List.of("/api/orders", "/orders")) {
      sins.put(
          ("n_plus_one GET " + where + ": SELECT order_lines x" + own.size())
              + (" after orders (" + own.size() + " rows)")
              + (view + lines + product.replace("PRODUCTS", "" + products(own))),
          JOIN_FETCH);
    }
    // Five products of one order: just enough.
    assertEquals(5, size(shop, get("/api/orders/79"), "/lines"));
    sins.put(
        "n_plus_one GET /api/orders/{id}: SELECT products x5 after order_lines (5 rows)"
            + (view + Shop.line("OrderService", "getName(), line")),
        "Fetch Product in the query that reads order_lines: JOIN FETCH");
  }

  private void catalogue(App shop) throws IOException {
    Shop.walk(shop, List.of(get("/"), get("/api/products")));
    String view = " at shop.Catalogue.view";
    for (String where : List.of("GET /", "GET /api/products")) {
      sins.put(
          ("n_plus_one_cache " + where + ": GET price:{} x24 after products (24 rows)")
              + (view + Shop.line("Catalogue", "redis.opsForValue().get(\"price:\""))
              + ("; GET stock:{} x24" + view)
              + Shop.line("Catalogue", "redis.opsForValue().get(\"stock:\" + product"),
          MULTI_GET);
    }
  }

  private void reports(App shop) throws IOException {
    // The file is looked at every 5 s.
    Otlp.await(
        () -> {
          Shop.walk(shop, List.of(get("/api/reports/sales")));
          return !Told.of(shop, "GET /api/reports/sales").isEmpty();
        });
    Shop.walk(shop, List.of(get("/api/reports/search?q=oak")));
    Otlp.await(() -> Told.of(shop).toString().contains("Seq Scan on order_lines")); // its plan
    String at = " at shop.ReportService.";
    String search = at + "search" + Shop.line("ReportService", "search(String", "jdbc.query(");
    String sales = at + "sales" + Shop.line("ReportService", "sales()", "jdbc.query(");
    sins.put(
        "slow_query GET /api/reports/sales: SELECT order_lines orders products x1" + sales,
        "EXPLAIN");
    sins.put(
        "slow_query GET /api/reports/search: SELECT SELECT order_lines orders"
            + " SELECT order_lines products x1"
            + search,
        "CREATE INDEX ON order_lines (product_id)");
    sins.put("slow_request GET /api/reports/search", "Begin with SELECT");
  }

  // ---- Assertions ------------------------------------------------------------------------------

  private void assertFindings(App shop) {
    String expected = String.join("\n", sins.keySet());
    boolean same = Otlp.await(() -> expected.equals(Told.told(Told.of(shop))));
    if (!same) assertEquals(expected, Told.told(Told.of(shop)), shop::agentLines);
    for (JsonNode finding : Told.of(shop)) {
      String suggestion = finding.get("suggestion").asText();
      String words = sins.get(Told.told(finding));
      assertTrue(suggestion.contains(words), () -> words + " in " + finding);
      assertTrue(finding.get("confidence").asDouble() >= 0.7, finding::toString);
    }
  }

  private static void assertNothingOnCleanTraces(Otlp otlp) {
    List<Span> clean =
        otlp.spans().stream()
            .filter(span -> span.isRoot() && span.kind() == Span.Kind.SERVER)
            .filter(span -> span.events().stream().noneMatch(e -> e.name().contains("finding")))
            .toList();
    List<String> names = clean.stream().map(Span::name).toList();
    for (String name : List.of("GET /health", "GET /products/{id}", "GET /api/broken")) {
      assertTrue(names.contains(name), names::toString);
    }
    clean.forEach(span -> assertEquals(0L, span.get("atalaya.findings.count"), span::toString));
  }

  // ---- The shop's answers and source -----------------------------------------------------------

  private static Shop.Visit get(String path) {
    return get(path, 200);
  }

  private static Shop.Visit get(String path, int status) {
    return new Shop.Visit("GET", path, null, "", status);
  }

  private static JsonNode answer(App shop, Shop.Visit visit) throws IOException {
    HttpResponse<String> answer = Shop.visit(shop, visit);
    assertEquals(visit.status(), answer.statusCode(), answer::body);
    return new ObjectMapper().readTree(answer.body());
  }

  private static int size(App shop, Shop.Visit visit, String list) throws IOException {
    return answer(shop, visit).at(list).size();
  }

  /** Each product is read once in a session. */
  private static int products(JsonNode orders) {
    return new HashSet<>(orders.findValuesAsText("product")).size();
  }
}
