package app;

import java.util.List;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.datasource.unpooled.UnpooledDataSource;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.SqlSessionFactory;
import org.apache.ibatis.session.SqlSessionFactoryBuilder;
import org.apache.ibatis.transaction.jdbc.JdbcTransactionFactory;

/** MyBatis: a mapper called a row, and once for all. */
public final class MyBatisApp {
  private static final String URL = "jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1";

  private MyBatisApp() {}

  public static void main(String[] args) throws Exception {
    Orders.create(Pools.of("plain", URL, "sa", ""), false);
    UnpooledDataSource source = new UnpooledDataSource("org.h2.Driver", URL, "sa", "");
    Configuration configuration =
        new Configuration(new Environment("test", new JdbcTransactionFactory(), source));
    configuration.addMapper(Items.class);
    SqlSessionFactory sessions = new SqlSessionFactoryBuilder().build(configuration);
    new Web(4)
        .on("/each", query -> each(sessions))
        .on("/at_once", query -> atOnce(sessions))
        .start();
  }

  private static String each(SqlSessionFactory sessions) {
    int found = 0;
    try (SqlSession session = sessions.openSession()) {
      Items items = session.getMapper(Items.class);
      for (int order : items.orders(1)) {
        found += items.ofOrder(order).size(); // <- each
      }
    }
    return found + " items";
  }

  private static String atOnce(SqlSessionFactory sessions) {
    try (SqlSession session = sessions.openSession()) {
      Items items = session.getMapper(Items.class);
      return items.ofOrders(items.orders(1)).size() + " items";
    }
  }

  /** The mapper, a proxy when it runs. */
  public interface Items {
    @Select("SELECT id FROM orders WHERE customer_id = #{customer}")
    List<Integer> orders(int customer);

    @Select("SELECT name FROM item WHERE order_id = #{order}")
    List<String> ofOrder(int order);

    @Select(
        "<script>SELECT name FROM item WHERE order_id IN <foreach item='order' collection='orders'"
            + " open='(' separator=',' close=')'>#{order}</foreach></script>")
    List<String> ofOrders(@Param("orders") List<Integer> orders);
  }
}
