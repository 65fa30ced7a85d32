package shop.tuned;

import java.sql.Date;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;
import shop.Catalogue.ProductView;
import shop.Recommendations;
import shop.cache.Caches;
import shop.cache.Loader;
import shop.cache.TieredCache;
import tools.jackson.core.type.TypeReference;

/** What others bought together with a product: worked out once a day, the orders of today apart. */
@Service
@Profile("tuned")
class TunedRecommendations implements Recommendations {
  private final JdbcTemplate jdbc;
  private final ProductViews products;
  private final Clock clock;
  private final TieredCache<ProductOnDay, List<Long>> boughtWith;

  /** The day is part of the key: tomorrow's answer is another value. */
  record ProductOnDay(long product, LocalDate day) {
    @Override
    public String toString() {
      return product + ":" + day;
    }
  }

  TunedRecommendations(JdbcTemplate jdbc, ProductViews products, Clock clock, Caches caches) {
    this.jdbc = jdbc;
    this.products = products;
    this.clock = clock;
    this.boughtWith =
        caches.create(
            "bought-with",
            new TypeReference<>() {},
            10_000,
            Duration.ofDays(1),
            Loader.of(this::find));
  }

  @Override
  public List<ProductView> boughtWith(long product) {
    products.get(product);
    List<Long> ids = boughtWith.get(new ProductOnDay(product, LocalDate.now(clock))).orElseThrow();
    return products.all(ids);
  }

  private List<Long> find(ProductOnDay bought) {
    return jdbc.queryForList(
        """
        select other.product_id
        from order_lines bought
        join orders o on o.id = bought.order_id
        join order_lines other on other.order_id = bought.order_id
        where bought.product_id = ? and other.product_id <> bought.product_id
          and o.placed_on < ?
        group by other.product_id
        order by count(*) desc, other.product_id
        limit ?
        """,
        Long.class,
        bought.product(),
        Date.valueOf(bought.day()),
        COUNT);
  }
}
