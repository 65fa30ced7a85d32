package shop.tuned;

import java.util.ArrayList;
import java.util.List;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import shop.Catalogue;
import shop.Catalogue.Sort;

/** Finds a filter's products by SQL: only the conditions that there are, each with an index. */
@Component
@Profile("tuned")
class ProductSearch {
  private final JdbcTemplate jdbc;

  ProductSearch(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  long count(Filter filter) {
    List<Object> values = new ArrayList<>();
    String sql = "select count(*) from products" + where(filter, values);
    return jdbc.query(FreshPlan.of(sql, values), (row, i) -> row.getLong(1)).get(0);
  }

  /**
   * Ids of the page's products: from where the page before ended, or where nobody knows by OFFSET.
   */
  List<Long> page(PageOf page) {
    List<Object> values = new ArrayList<>();
    boolean byPrice = page.sort() == Sort.PRICE;
    StringBuilder sql = new StringBuilder("select id from products");
    sql.append(where(page.filter(), values));
    if (page.after() != null && byPrice) {
      sql.append(" and (price, id) > (?, ?)");
      values.add(page.after().price());
      values.add(page.after().id());
    } else if (page.after() != null) {
      sql.append(" and id > ?");
      values.add(page.after().id());
    }
    sql.append(byPrice ? " order by price, id" : " order by id").append(" limit ?");
    values.add(Catalogue.PAGE_SIZE);
    if (page.after() == null && page.page() > 0) {
      sql.append(" offset ?");
      values.add((long) page.page() * Catalogue.PAGE_SIZE);
    }
    return jdbc.query(FreshPlan.of(sql.toString(), values), (row, i) -> row.getLong(1));
  }

  private static String where(Filter filter, List<Object> values) {
    StringBuilder sql = new StringBuilder(" where true");
    if (!filter.text().isEmpty()) {
      sql.append(" and search like ").append(Substring.PATTERN);
      values.add(Substring.escape(filter.text()));
    }
    if (!filter.category().isEmpty()) {
      sql.append(" and category = ?");
      values.add(filter.category());
    }
    if (filter.min() != null) {
      sql.append(" and price >= ?");
      values.add(filter.min());
    }
    if (filter.max() != null) {
      sql.append(" and price <= ?");
      values.add(filter.max());
    }
    return sql.toString();
  }
}
