package shop.tuned;

import java.time.Duration;
import java.util.List;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Service;
import shop.Catalogue;
import shop.cache.Caches;
import shop.cache.Loader;
import shop.cache.TieredCache;
import tools.jackson.core.type.TypeReference;

/** Browsing, mostly from caches: which products a page has, and apart from it what they are. */
@Service
@Profile("tuned")
class TunedCatalogue implements Catalogue {
  private static final Duration TTL = Duration.ofMinutes(30);
  private static final Long ALL = 0L;

  private final ProductViews products;
  private final Contributions contributions;
  private final ProductSearch search;
  private final TieredCache<Long, List<Category>> categories;
  private final TieredCache<Filter, Long> totals;
  private final TieredCache<PageOf, Found> pages;

  /** Ids of a page, and how many products all pages have. */
  record Found(long total, List<Long> ids) {}

  TunedCatalogue(
      Caches caches,
      ProductViews products,
      Contributions contributions,
      ProductSearch search,
      ProductQueries queries) {
    this.products = products;
    this.contributions = contributions;
    this.search = search;
    this.categories =
        caches.create(
            "categories", new TypeReference<>() {}, 1, TTL, Loader.of(all -> queries.categories()));
    this.totals =
        caches.create("totals", new TypeReference<>() {}, 5_000, TTL, Loader.of(search::count));
    this.pages =
        caches.create("pages", new TypeReference<>() {}, 5_000, TTL, Loader.of(this::find));
  }

  @Override
  public List<Category> categories() {
    return categories.get(ALL).orElseThrow();
  }

  @Override
  public ProductPage browse(Search wanted) {
    Found found = pages.get(PageOf.of(wanted)).orElseThrow();
    return ProductPage.of(
        wanted, pageCount(found.total()), found.total(), products.all(found.ids()));
  }

  /** Prices and names stay as they are, so that a page does not change before it is forgotten. */
  private Found find(PageOf page) {
    long total = totals.get(page.filter()).orElseThrow();
    return new Found(total, page.page() < pageCount(total) ? search.page(page) : List.of());
  }

  private static int pageCount(long total) {
    return (int) ((total + PAGE_SIZE - 1) / PAGE_SIZE);
  }

  @Override
  public ProductDetail product(long id) {
    ProductView product = products.get(id);
    Contributions.Contributed said = contributions.of(id);
    return new ProductDetail(product, said.rating(), said.ratings(), said.newest(), said.images());
  }

  @Override
  public Availability availability(long id) {
    return new Availability(id, products.get(id).stock());
  }
}
