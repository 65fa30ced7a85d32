package shop;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Browsing: categories, pages of products, and all about one of them. */
public interface Catalogue {
  int PAGE_SIZE = 24;

  /** Newest of a product's reviews that its page shows. */
  int REVIEWS = 10;

  /** Beside {@code ID}, the order of the catalogue as it is: cheapest first. */
  enum Sort {
    ID,
    PRICE
  }

  /**
   * What a visitor asks for: words of name and description, and filters.
   *
   * @param text any case, empty for all
   * @param page from 0
   * @param after the last product of the page before, as {@link ProductPage#after} says it; null
   *     where the visitor jumped to the page
   */
  record Search(
      String text,
      @Nullable String category,
      @Nullable BigDecimal min,
      @Nullable BigDecimal max,
      Sort sort,
      int page,
      @Nullable After after) {}

  /** A place in the order of products: prices may be equal, ids are not. */
  record After(BigDecimal price, long id) {}

  /**
   * @param after where the next page begins, null on the last one
   */
  record ProductPage(
      int page, int pages, long total, @Nullable After after, List<ProductView> products) {

    public static ProductPage of(Search search, int pages, long total, List<ProductView> products) {
      ProductView last = products.isEmpty() ? null : products.get(products.size() - 1);
      boolean more = last != null && search.page() + 1 < pages;
      After after = more ? new After(last.price(), last.id()) : null;
      return new ProductPage(search.page(), pages, total, after, products);
    }
  }

  record ProductView(
      long id, String name, String category, String description, BigDecimal price, int stock) {}

  record Category(String name, long products) {}

  /**
   * @param rating stars on average, with one decimal, of all reviews
   */
  record ProductDetail(
      ProductView product,
      BigDecimal rating,
      long ratings,
      List<ReviewView> reviews,
      List<Images.ImageView> images) {}

  record ReviewView(long id, String customer, int stars, String text, LocalDate writtenOn) {}

  record Availability(long product, int stock) {}

  List<Category> categories();

  ProductPage browse(Search search);

  /** Throws {@link NotFoundException}. */
  ProductDetail product(long id);

  /** Throws {@link NotFoundException}. */
  Availability availability(long id);
}
