package app;

import java.util.Collections;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Spring's JdbcTemplate: a query a row, and one for all. */
public final class JdbcTemplateApp {
  private static final String URL = "jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1";
  private static final String ORDERS = "SELECT id FROM orders WHERE customer_id = ?";

  private JdbcTemplateApp() {}

  public static void main(String[] args) throws Exception {
    Orders.create(Pools.of("plain", URL, "sa", ""), false);
    JdbcTemplate jdbc = new JdbcTemplate(new DriverManagerDataSource(URL, "sa", ""));
    new Web(4)
        .on("/each", query -> each(jdbc))
        .on("/at_once", query -> atOnce(jdbc))
        .on("/write_each", query -> writeEach(jdbc))
        .on("/write_at_once", query -> writeAtOnce(jdbc))
        .start();
  }

  private static String each(JdbcTemplate jdbc) {
    int items = 0;
    for (int order : jdbc.queryForList(ORDERS, Integer.class, 1)) {
      String sql = "SELECT name FROM item WHERE order_id = ?";
      items += jdbc.queryForList(sql, String.class, order).size(); // <- each
    }
    return items + " items";
  }

  private static String atOnce(JdbcTemplate jdbc) {
    List<Integer> orders = jdbc.queryForList(ORDERS, Integer.class, 1);
    String marks = String.join(", ", Collections.nCopies(orders.size(), "?"));
    String sql = "SELECT name FROM item WHERE order_id IN (" + marks + ")";
    return jdbc.queryForList(sql, String.class, orders.toArray()).size() + " items";
  }

  private static String writeEach(JdbcTemplate jdbc) {
    for (int order : jdbc.queryForList(ORDERS, Integer.class, 1)) {
      jdbc.update("UPDATE orders SET paid = 1 WHERE id = ?", order); // <- write each
    }
    return "written";
  }

  private static String writeAtOnce(JdbcTemplate jdbc) {
    List<Object[]> rows =
        jdbc.queryForList(ORDERS, Integer.class, 1).stream().map(id -> new Object[] {id}).toList();
    jdbc.batchUpdate("UPDATE orders SET paid = 1 WHERE id = ?", rows);
    return "written";
  }
}
