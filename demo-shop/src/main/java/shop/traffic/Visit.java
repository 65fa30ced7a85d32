package shop.traffic;

import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing a visitor does.
 *
 * @param weight how often, beside the others
 * @param path with {@code {page}} and the like, which {@link Visitor} fills
 * @param body of a POST, null for a GET
 */
record Visit(int weight, String path, @Nullable String body) {
  /** Instead of JSON: a picture. */
  static final String PICTURE = "picture";

  private static final String ITEM = "{\"product\":{product},\"quantity\":{quantity}}";
  private static final String REVIEW = "{\"stars\":{stars},\"text\":\"As good as it looks.\"}";

  static final Visit LOGIN =
      new Visit(6, "/api/login", "{\"email\":\"{email}\",\"password\":\"shop\"}");

  static final Visit ORDERS = get(8, "/api/orders");

  /** All that the shop has; each is done once before anybody wanders about. */
  static final List<Visit> ALL =
      List.of(
          get(16, "/?page={page}"),
          get(14, "/products/{product}"),
          get(6, "/cart"),
          get(6, "/orders"),
          get(1, "/analytics"),
          get(6, "/api/categories"),
          get(12, "/api/products?page={page}"),
          get(4, "/api/products?sort=price&page={page}"),
          get(8, "/api/products?q=oak"),
          get(4, "/api/products?min=20&max=60"),
          get(18, "/api/products/{product}"),
          get(2, "/api/products/999999"),
          get(8, "/api/products/{product}/recommendations"),
          new Visit(3, "/api/products/{product}/reviews", REVIEW),
          new Visit(2, "/api/products/{product}/images", PICTURE),
          LOGIN,
          get(6, "/api/account"),
          get(10, "/api/cart"),
          new Visit(16, "/api/cart/items", ITEM),
          new Visit(4, "/api/checkout", ""),
          ORDERS,
          get(6, "/api/orders/{order}"),
          get(3, "/api/reports/sales"),
          get(2, "/api/reports/demand?q=oak"),
          get(3, "/api/reports/orders"),
          get(10, "/api/async/{product}"),
          get(2, "/api/broken"),
          get(14, "/health"));

  static final List<Visit> WANDERING =
      ALL.stream().flatMap(visit -> Collections.nCopies(visit.weight, visit).stream()).toList();

  private static Visit get(int weight, String path) {
    return new Visit(weight, path, null);
  }
}
