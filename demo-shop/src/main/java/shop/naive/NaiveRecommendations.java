package shop.naive;

import java.sql.Date;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;
import shop.Catalogue.ProductView;
import shop.NotFoundException;
import shop.Recommendations;
import shop.data.Product;
import shop.data.Products;

/** What others bought together with a product. */
@Service
@Profile("naive")
class NaiveRecommendations implements Recommendations {
  private final JdbcTemplate jdbc;
  private final Products products;
  private final Clock clock;

  NaiveRecommendations(JdbcTemplate jdbc, Products products, Clock clock) {
    this.jdbc = jdbc;
    this.products = products;
    this.clock = clock;
  }

  /**
   * Sins: the order lines have no index by product, so all are read; what changes once a day is
   * found anew each time; and the products are read one by one.
   */
  @Override
  public List<ProductView> boughtWith(long product) {
    if (!products.existsById(product)) {
      throw new NotFoundException("product", product);
    }
    List<Long> ids =
        jdbc.queryForList(
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
            product,
            Date.valueOf(LocalDate.now(clock)),
            COUNT);
    List<ProductView> views = new ArrayList<>();
    for (Long id : ids) {
      views.add(products.findById(id).map(Product::view).orElseThrow());
    }
    return views;
  }
}
