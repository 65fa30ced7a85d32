package shop.naive;

import java.util.List;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.DataClassRowMapper;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;
import shop.Analytics;

/** Figures for the shopkeeper, straight from SQL. */
@Service
@Profile("naive")
class NaiveAnalytics implements Analytics {
  private final JdbcTemplate jdbc;

  NaiveAnalytics(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** Sin: the whole history is summed up anew on every call. */
  @Override
  public List<MonthlySales> sales() {
    return jdbc.query(
        """
        select to_char(o.placed_on, 'YYYY-MM') as month, p.category,
               sum(l.quantity) as items, sum(l.quantity * l.price) as revenue
        from order_lines l
        join orders o on o.id = l.order_id
        join products p on p.id = l.product_id
        group by month, category
        order by month, category
        """,
        DataClassRowMapper.newInstance(MonthlySales.class));
  }

  /** Sin: nothing can serve the substring search, nor find the order lines of a product. */
  @Override
  public List<Demand> demand(String text) {
    return jdbc.query(
        """
        select p.id as product, p.name, count(distinct o.customer_id) as customers,
               sum(l.quantity * l.price) as revenue
        from products p
        join order_lines l on l.product_id = p.id
        join orders o on o.id = l.order_id
        where position(lower(?) in lower(p.name || ' ' || p.description)) > 0
        group by p.id, p.name
        order by revenue desc, p.id
        limit 20
        """,
        DataClassRowMapper.newInstance(Demand.class),
        text);
  }
}
