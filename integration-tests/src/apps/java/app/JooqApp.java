package app;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import java.sql.Connection;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Result;
import org.jooq.ResultQuery;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/** jOOQ: a query a row, and one for all. */
public final class JooqApp {
  private static final Field<Integer> ORDER = field(name("ORDER_ID"), Integer.class);
  private static final Field<String> NAME = field(name("NAME"), String.class);

  private JooqApp() {}

  public static void main(String[] args) throws Exception {
    Pools.Source source = Pools.of("plain", "jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1", "sa", "");
    Orders.create(source, false);
    new Web(4).on("/each", query -> each(source)).on("/at_once", query -> atOnce(source)).start();
  }

  private static String each(Pools.Source source) throws Exception {
    int found = 0;
    try (Connection connection = source.get()) {
      DSLContext jooq = DSL.using(connection, SQLDialect.H2);
      for (int order : orders(jooq)) {
        Result<?> items = items(jooq, order).fetch(); // <- each
        found += items.size();
      }
    }
    return found + " items";
  }

  private static String atOnce(Pools.Source source) throws Exception {
    try (Connection connection = source.get()) {
      DSLContext jooq = DSL.using(connection, SQLDialect.H2);
      return jooq.select(NAME)
              .from(table(name("ITEM")))
              .where(ORDER.in(orders(jooq)))
              .fetch()
              .size()
          + " items";
    }
  }

  private static ResultQuery<?> items(DSLContext jooq, int order) {
    return jooq.select(NAME).from(table(name("ITEM"))).where(ORDER.eq(order));
  }

  private static List<Integer> orders(DSLContext jooq) {
    return jooq.select(field(name("ID"), Integer.class))
        .from(table(name("ORDERS")))
        .where(field(name("CUSTOMER_ID"), Integer.class).eq(1))
        .fetch(0, Integer.class);
  }
}
