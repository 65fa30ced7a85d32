package shop.web;

import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import shop.Catalogue;

/** A search from a request's parameters, the same for pages and API. */
final class Searches {
  private Searches() {}

  /**
   * @param after {@code price_id} of the last product of the page before, as {@link #after} wrote
   *     it
   */
  static Catalogue.Search of(
      String q,
      @Nullable String category,
      @Nullable BigDecimal min,
      @Nullable BigDecimal max,
      String sort,
      int page,
      @Nullable String after) {
    Catalogue.Sort order = sort.equals("price") ? Catalogue.Sort.PRICE : Catalogue.Sort.ID;
    return new Catalogue.Search(
        q.strip().toLowerCase(Locale.ROOT),
        category == null || category.isBlank() ? null : category,
        min,
        max,
        order,
        Math.max(0, Math.min(page, 1_000_000)),
        after == null || after.isBlank() ? null : parse(after));
  }

  static String after(Catalogue.After after) {
    return after.price() + "_" + after.id();
  }

  private static Catalogue.After parse(String after) {
    int line = after.indexOf('_');
    if (!after.matches("\\d{1,8}(\\.\\d{1,2})?_\\d{1,18}")) {
      throw new IllegalArgumentException("after must be price_id of the last product seen");
    }
    return new Catalogue.After(
        new BigDecimal(after.substring(0, line)), Long.parseLong(after.substring(line + 1)));
  }
}
