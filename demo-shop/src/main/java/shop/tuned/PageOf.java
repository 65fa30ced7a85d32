package shop.tuned;

import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;
import shop.Catalogue.After;
import shop.Catalogue.Search;
import shop.Catalogue.Sort;

/**
 * One page of what a filter finds.
 *
 * @param after null where the page has to be found by its number
 */
record PageOf(Filter filter, Sort sort, int page, @Nullable After after) {

  static PageOf of(Search search) {
    After after = search.page() == 0 || search.after() == null ? null : round(search.after());
    return new PageOf(Filter.of(search), search.sort(), search.page(), after);
  }

  private static After round(After after) {
    return new After(after.price().setScale(2, RoundingMode.UNNECESSARY), after.id());
  }

  /** A cache's key: no two pages have the same. */
  @Override
  public String toString() {
    String from = after == null ? "" : after.price() + "_" + after.id();
    return filter + "," + sort + "," + page + "," + from;
  }
}
