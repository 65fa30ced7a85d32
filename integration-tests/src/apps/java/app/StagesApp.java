package app;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;

/**
 * A repeated statement and a slow one, at many entry points: what is found out about one says
 * nothing of the next. Argument: an H2 URL.
 */
public final class StagesApp {
  private final Pools.Source source;

  private StagesApp(Pools.Source source) {
    this.source = source;
  }

  public static void main(String[] args) throws Exception {
    Pools.Source source = Pools.of("hikari", args[0], "sa", "");
    Orders.create(source, false);
    StagesApp app = new StagesApp(source);
    Web web = new Web(4).on("/known", any -> app.items()).on("/busy", any -> app.ones());
    for (int i = 0; i <= 10; i++) web.on("/look" + i, any -> app.items() + app.slow());
    web.start();
  }

  private String items() throws Exception {
    int rows = 0;
    try (Connection connection = source.get();
        PreparedStatement orders = connection.prepareStatement("SELECT id FROM orders");
        PreparedStatement statement =
            connection.prepareStatement("SELECT name FROM item WHERE order_id = ?")) {
      for (int order : Orders.ids(orders.executeQuery())) {
        statement.setInt(1, order);
        try (ResultSet found = statement.executeQuery()) {
          rows += Orders.count(found);
        }
      }
    }
    return rows + " items";
  }

  /** As many calls as there can be in little time. */
  private String ones() throws Exception {
    try (Connection connection = source.get();
        PreparedStatement one = connection.prepareStatement("SELECT 1")) {
      for (int i = 0; i < 20_000; i++) one.executeQuery().close();
      return "ones";
    }
  }

  private String slow() throws Exception {
    try (Connection connection = source.get();
        PreparedStatement statement =
            connection.prepareStatement("SELECT name, PAUSE(?) FROM payment WHERE order_id = 1")) {
      statement.setInt(1, 400);
      try (ResultSet rows = statement.executeQuery()) {
        return Orders.count(rows) + " payment";
      }
    }
  }
}
