package shop.tuned;

import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import shop.Catalogue.Search;

/**
 * What of the catalogue a visitor wants to see, whatever the order and page.
 *
 * @param category empty for all
 */
record Filter(String text, String category, @Nullable BigDecimal min, @Nullable BigDecimal max) {

  static Filter of(Search search) {
    return new Filter(
        search.text(),
        search.category() == null ? "" : search.category(),
        PriceRange.least(search.min()),
        PriceRange.highest(search.max()));
  }

  /** A cache's key: no two filters have the same. */
  @Override
  public String toString() {
    return encode(text) + "," + encode(category) + "," + min + "," + max;
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
