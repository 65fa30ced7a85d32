package dev.atalaya.it.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.atalaya.it.App;
import dev.atalaya.it.Otlp;
import dev.atalaya.it.Shop;
import dev.atalaya.it.Span;
import dev.atalaya.it.Told;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The sins of the shop's naive edition, the table in its README, as the agent tells them. */
final class ShopFindingsIT {
  private static final String FIND_ALL_BY_ID = "findAllById(ids) once instead of findById ";
  private static final String BATCH_SIZE =
      "Load Order.lines of many at once: @BatchSize(size = 100) on it";
  private static final String MULTI_GET = "opsForValue().multiGet(keys)";

  /** Every tenth customer has so many in the cart: enough that writes count. */
  private static final int CART = 24;

  /** What is expected: findings as {@link Told#told} tells them, and words of their suggestions. */
  private final List<String> sins = new ArrayList<>();

  private final Map<String, String> words = new HashMap<>();

  @Test
  void every_repetition_is_found_with_its_cause_and_line_and_nothing_else() throws Exception {
    try (Otlp otlp = Otlp.http();
        App shop =
            Shop.launch("medium")
                .agent(otlp)
                .property("atalaya.alert.min_severity", "info")
                // ShopSlownessIT's: a first request on a slow machine is not meant.
                .property("atalaya.slow.query.threshold", "30s")
                .property("atalaya.slow.request.threshold", "60s")
                .start()) {
      String klara = Shop.login(shop, "klara10@example.com");
      pagesWithoutSin(shop, klara);
      catalogue(shop);
      product(shop);
      orders(shop, klara);
      carts(shop, klara);
      checkouts(shop, klara);
      assertFindings(shop);
      assertProblems(shop);
      for (JsonNode finding : Told.of(shop)) Told.assertTraced(otlp, finding);
      assertNothingOnCleanTraces(otlp);
    }
  }

  // ---- The walk, and what is to be found on it -------------------------------------------------

  private static void pagesWithoutSin(App shop, String klara) {
    String review = "{\"stars\":4,\"text\":\"Good.\"}";
    Shop.walk(
        shop,
        klara,
        List.of(
            get("/api/account"),
            get("/api/products/12"), // of three reviews
            get("/api/products/999999", 404),
            get("/api/products?q=sealskin"), // none is found
            get("/api/orders/757"), // of three lines
            new Shop.Visit("POST", "/api/products/12/reviews", review, "", 201),
            get("/api/async/11"),
            get("/api/broken", 500),
            get("/health")));
  }

  private void catalogue(App shop) throws IOException {
    for (String path : List.of("/", "/api/categories")) {
      Shop.visit(shop, get(path));
      sin(
          "n_plus_one GET " + path + ": SELECT products x5 after products (5 rows)",
          " at shop.naive.NaiveCatalogue.categories"
              + Shop.line("naive/NaiveCatalogue", "products.countByCategory("),
          "a join with products, instead of countByCategory 5 times");
    }
    // By price and by a range of prices it is read by other statements: one finding all the same.
    answer(shop, get("/api/products"));
    answer(shop, get("/api/products?sort=price"));
    answer(shop, get("/api/products?min=20&max=40"));
    String view = " at shop.naive.NaiveCatalogue.view";
    String gets =
        view
            + Shop.line("naive/NaiveCatalogue", "redis.opsForValue().get(\"price:\"")
            + ("; GET stock:{} x24" + view)
            + Shop.line("naive/NaiveCatalogue", "redis.opsForValue().get(\"stock:\" + product");
    for (String where : List.of("/", "/api/products")) {
      String first =
          "n_plus_one_cache GET " + where + ": GET price:{} x24 after products (24 rows)";
      sin(first, gets, MULTI_GET);
    }
  }

  private void product(App shop) throws IOException {
    answer(shop, get("/api/products/17"));
    answer(shop, get("/api/products/17/recommendations"));
    Shop.visit(shop, get("/products/17"));
    String eager =
        " at shop.naive.NaiveCatalogue.product"
            + Shop.line("naive/NaiveCatalogue", "reviews.findByProductIdOrderByIdDesc(");
    String others =
        " at shop.naive.NaiveRecommendations.boughtWith"
            + Shop.line("naive/NaiveRecommendations", "products.findById(");
    for (String where : List.of("/api/products/{id}", "/products/{id}")) {
      sin(
          "n_plus_one GET " + where + ": SELECT customers x8 after reviews (8 rows)",
          eager,
          "Review.customer is EAGER and read by a select of its own each time");
    }
    sin(
        "n_plus_one GET /api/products/{id}/recommendations: SELECT products x6"
            + " after order_lines (6 rows)",
        others,
        FIND_ALL_BY_ID);
    // The page reads its own product in the same way before: that is none of the six.
    sin(
        "n_plus_one GET /products/{id}: SELECT products x7 after order_lines (6 rows)",
        others,
        FIND_ALL_BY_ID);
  }

  private void orders(App shop, String klara) throws IOException {
    String view = " at shop.naive.NaiveOrderHistory.view";
    String lines = view + Shop.line("naive/NaiveOrderHistory", "order.getLines()");
    String product = view + Shop.line("naive/NaiveOrderHistory", "getName(), line");
    String customer =
        "; SELECT customers x20"
            + view
            + Shop.line("naive/NaiveOrderHistory", "order.getCustomer().getName()");

    JsonNode newest = answer(shop, get("/api/reports/orders"));
    Shop.visit(shop, get("/analytics"));
    for (String where : List.of("/api/reports/orders", "/analytics")) {
      sin(
          "n_plus_one GET " + where + ": SELECT order_lines x20 after orders (20 rows)",
          lines + "; SELECT products x" + products(newest) + product + customer,
          BATCH_SIZE);
    }
    JsonNode own = answer(shop, get("/api/orders"), "Cookie", klara);
    Shop.walk(shop, klara, List.of(get("/orders")));
    for (String where : List.of("/api/orders", "/orders")) {
      sin(
          "n_plus_one GET " + where + ": SELECT order_lines x20 after orders (20 rows)",
          lines + "; SELECT products x" + products(own) + product,
          BATCH_SIZE);
    }
    // Five products of one order: just enough.
    String elena = Shop.login(shop, "elena4@example.com");
    Shop.walk(shop, elena, List.of(get("/api/orders/919"), get("/orders/919")));
    for (String where : List.of("/api/orders/{id}", "/orders/{id}")) {
      sin(
          "n_plus_one GET " + where + ": SELECT products x5 after order_lines (5 rows)",
          product,
          "Load Product for many at once: @BatchSize(size = 100) on class Product");
    }
  }

  private void carts(App shop, String klara) throws IOException {
    String more = "{\"product\":4999,\"quantity\":1}";
    Shop.walk(
        shop,
        klara,
        List.of(
            get("/api/cart"),
            get("/cart"),
            new Shop.Visit("POST", "/api/cart/items", more, "", 201),
            new Shop.Visit("DELETE", "/api/cart/items/4999", null, "", 200)));
    cart("GET /api/cart", CART);
    cart("GET /cart", CART);
    cart("POST /api/cart/items", CART + 1);
    cart("DELETE /api/cart/items/{product}", CART);
  }

  private void cart(String where, int items) throws IOException {
    String cause = " x" + items + " after cart_items (" + items + " rows)";
    sin(
        "n_plus_one " + where + ": SELECT products" + cause,
        " at shop.naive.NaiveCarts.cart" + Shop.line("naive/NaiveCarts", "products.findById("),
        FIND_ALL_BY_ID);
    sin(
        "n_plus_one_http " + where + ": GET http://localhost/shipping/{}?quantity" + cause,
        " at shop.naive.NaiveCarts.shipping" + Shop.line("naive/NaiveCarts", "partner.shipping("),
        "if there is a bulk endpoint beside /shipping/{}");
  }

  private void checkouts(App shop, String klara) throws IOException {
    Shop.walk(shop, klara, List.of(new Shop.Visit("POST", "/api/checkout", "", "", 201)));
    String jonas = Shop.login(shop, "jonas20@example.com");
    Shop.walk(shop, jonas, List.of(new Shop.Visit("POST", "/checkout", "", "", 302)));
    String cause = " x" + CART + " after cart_items (" + CART + " rows)";
    String loop = " at shop.naive.NaiveCheckout.checkout";
    String file = "naive/NaiveCheckout";
    String flush = " x" + CART + loop + Shop.line(file, "orders.saveAndFlush(");
    for (String where : List.of("/api/checkout", "/checkout")) {
      sin(
          "n_plus_one POST " + where + ": SELECT products" + cause,
          (loop + Shop.line(file, "products.findById("))
              + ("; UPDATE products x" + CART + loop + Shop.line(file, "products.takeFromStock("))
              + ("; INSERT order_lines" + flush)
              + ("; DELETE cart_items" + flush)
              + ("; DECRBY stock:{} x" + CART + loop)
              + Shop.line(file, "redis.opsForValue().decrement("),
          FIND_ALL_BY_ID
              + (CART + " times. Beside that, send UPDATE products, INSERT order_lines,")
              + " DELETE cart_items as batches, DECRBY stock:{} in a pipeline.");
      sin(
          "n_plus_one_http POST " + where + ": GET http://localhost/shipping/{}?quantity" + cause,
          " at shop.naive.NaiveCheckout.shipping" + Shop.line(file, "partner.shipping("),
          "if there is a bulk endpoint beside /shipping/{}");
    }
  }

  private void sin(String what, String where, String suggestion) {
    sins.add(what + where);
    words.put(what + where, suggestion);
  }

  // ---- Assertions ------------------------------------------------------------------------------

  private void assertFindings(App shop) {
    String expected = sins.stream().sorted().collect(Collectors.joining("\n"));
    boolean same = Otlp.await(() -> expected.equals(Told.told(Told.of(shop))));
    if (!same) assertEquals(expected, Told.told(Told.of(shop)), shop::agentLines);
    for (JsonNode finding : Told.of(shop)) {
      String suggestion = finding.get("suggestion").asText();
      String meant = words.get(Told.told(finding));
      assertTrue(suggestion.contains(meant), () -> meant + " in " + finding);
      assertTrue(finding.get("confidence").asDouble() >= 0.7, finding::toString);
    }
  }

  /** Ten lines of code are ten things to mend, each in the log once and not for each route. */
  private static void assertProblems(App shop) {
    List<JsonNode> problems = Told.problems(shop);
    Map<String, List<JsonNode>> findings =
        Told.of(shop).stream().collect(Collectors.groupingBy(f -> f.get("problem").asText()));
    assertEquals(10, problems.size(), problems::toString);
    double least = Double.MAX_VALUE;
    for (JsonNode problem : problems) {
      List<JsonNode> own = findings.remove(problem.get("problem").asText());
      assertEquals(texts(own, "fingerprint"), texts(problem.get("entry_points"), "fingerprint"));
      assertEquals(texts(own, "entry_point"), texts(problem.get("entry_points"), "entry_point"));
      for (JsonNode finding : own) {
        assertEquals(finding.get("kind"), problem.get("kind"));
        assertEquals(finding.at("/operation/text"), problem.at("/operation/text"));
        assertEquals(finding.at("/call_site/function"), problem.at("/call_site/function"));
      }
      assertTrue(own.stream().anyMatch(finding -> Told.isLogged(shop, finding)), shop::agentLines);
      assertTrue(problem.get("wasted_seconds").asDouble() <= least, problems::toString);
      least = problem.get("wasted_seconds").asDouble();
    }
    assertTrue(findings.isEmpty(), findings::toString);
    long told = shop.agentLines().lines().filter(line -> line.contains(" -> ")).count();
    assertTrue(told < Told.of(shop).size(), shop::agentLines); // escalations are told too
  }

  private static Set<String> texts(Iterable<JsonNode> all, String field) {
    Set<String> texts = new TreeSet<>();
    all.forEach(one -> texts.add(one.get(field).asText()));
    return texts;
  }

  private static void assertNothingOnCleanTraces(Otlp otlp) {
    List<Span> clean =
        otlp.spans().stream()
            .filter(span -> span.isRoot() && span.kind() == Span.Kind.SERVER)
            .filter(span -> span.events().stream().noneMatch(e -> e.name().contains("finding")))
            .toList();
    List<String> names = clean.stream().map(Span::name).toList();
    for (String name :
        List.of("GET /health", "POST /api/login", "POST /api/products/{id}/reviews")) {
      assertTrue(names.contains(name), names::toString);
    }
    clean.forEach(span -> assertEquals(0L, span.get("atalaya.findings.count"), span::toString));
  }

  // ---- The shop's answers ----------------------------------------------------------------------

  private static Shop.Visit get(String path) {
    return get(path, 200);
  }

  private static Shop.Visit get(String path, int status) {
    return new Shop.Visit("GET", path, null, "", status);
  }

  private static JsonNode answer(App shop, Shop.Visit visit, String... headers) throws IOException {
    HttpResponse<String> answer = Shop.visit(shop, visit, headers);
    assertEquals(visit.status(), answer.statusCode(), answer::body);
    return new ObjectMapper().readTree(answer.body());
  }

  /** Each product is read once in a session. */
  private static int products(JsonNode orders) {
    return new HashSet<>(orders.findValuesAsText("product")).size();
  }
}
