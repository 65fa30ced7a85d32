package shop;

import java.math.BigDecimal;
import java.util.List;
import org.springframework.jdbc.core.DataClassRowMapper;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;

/** Figures for the shopkeeper, straight from SQL. */
@Service
public class ReportService {
  private final JdbcTemplate jdbc;

  ReportService(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  public record MonthlySales(String month, String category, long items, BigDecimal revenue) {}

  public record Demand(long product, String name, long customers, BigDecimal revenue) {}

  /** Sin: the whole history is summed up anew on every call. */
  public List<MonthlySales> sales() {
    return jdbc.query(
        """
        select to_char(o.placed_on, 'YYYY-MM') as month, p.category,
               sum(l.quantity) as items, sum(l.quantity * l.price) as revenue
        from order_lines l
        join orders o on o.id = l.order_id
        join products p on p.id = l.product_id
        group by 1, 2
        order by 1, 2
        """,
        DataClassRowMapper.newInstance(MonthlySales.class));
  }

  /**
   * Sin: nothing can serve the substring search, and for each product it finds the order lines are
   * read from end to end, as they have no index on product_id.
   */
  public List<Demand> search(String text) {
    return jdbc.query(
        """
        select p.id as product, p.name,
               (select count(distinct o.customer_id)
                from order_lines l
                join orders o on o.id = l.order_id
                where l.product_id = p.id) as customers,
               (select coalesce(sum(l.quantity * l.price), 0)
                from order_lines l
                where l.product_id = p.id) as revenue
        from products p
        where lower(p.name || ' ' || p.description) like '%' || lower(?) || '%'
        order by revenue desc, p.id
        limit 20
        """,
        DataClassRowMapper.newInstance(Demand.class), text);
  }
}
