package shop.tuned;

import java.sql.Date;
import java.util.List;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.DataClassRowMapper;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;
import shop.Analytics;

/**
 * Figures for the shopkeeper: sums of the days that are over, and what was sold since. Both in one
 * snapshot: a day that is summed meanwhile would count twice.
 */
@Service
@Profile("tuned")
class TunedAnalytics implements Analytics {
  private final JdbcTemplate jdbc;

  TunedAnalytics(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
  public List<MonthlySales> sales() {
    return jdbc.query(
        FreshPlan.of(
            """
            select to_char(day, 'YYYY-MM') as month, category,
                   sum(items)::bigint as items, sum(revenue) as revenue
            from (
              select day, category, items, revenue from daily_sales
              union all
              select o.placed_on, p.category, l.quantity, l.quantity * l.price
              from orders o
              join order_lines l on l.order_id = o.id
              join products p on p.id = l.product_id
              where o.placed_on > ?
            ) sales
            group by 1, 2
            order by 1, 2
            """,
            List.of(summedUntil())),
        DataClassRowMapper.newInstance(MonthlySales.class));
  }

  /** Who bought is counted for the twenty that are shown, not for all that are compared. */
  @Override
  @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
  public List<Demand> demand(String text) {
    return jdbc.query(
        FreshPlan.of(
            """
            with recent as (
              select l.product_id, sum(l.quantity * l.price) as revenue
              from orders o join order_lines l on l.order_id = o.id
              where o.placed_on > ?
              group by 1
            ), best as (
              select p.id, p.name, coalesce(s.revenue, 0) + coalesce(r.revenue, 0) as revenue
              from products p
              left join product_sales s on s.product_id = p.id
              left join recent r on r.product_id = p.id
              where p.search like %s and (s.revenue is not null or r.revenue is not null)
              order by revenue desc, p.id
              limit 20
            )
            select id as product, name, revenue, (
              select count(distinct o.customer_id)
              from order_lines l join orders o on o.id = l.order_id
              where l.product_id = best.id
            ) as customers
            from best
            order by revenue desc, id
            """
                .formatted(Substring.PATTERN),
            List.of(summedUntil(), Substring.escape(text))),
        DataClassRowMapper.newInstance(Demand.class));
  }

  /** Asked for first: planned for a day that it knows, the rest reads that day's orders alone. */
  private Date summedUntil() {
    return jdbc.queryForObject("select until from sales_summed", Date.class);
  }
}
