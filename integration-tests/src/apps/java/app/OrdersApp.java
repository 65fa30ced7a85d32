package app;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An N+1 of so many orders as asked for, and a query that takes its time; argument: an H2 URL. */
public final class OrdersApp {
  private final String url;

  private OrdersApp(String url) {
    this.url = url;
  }

  public static void main(String[] args) throws Exception {
    OrdersApp app = new OrdersApp(args[0]);
    app.create();
    new Web(4)
        .on("/orders", query -> app.orders(number(query, "n"), number(query, "nap")))
        .on("/report", query -> app.report(number(query, "nap")))
        .on("/statements", query -> app.statements(number(query, "from"), number(query, "n")))
        .start();
  }

  private void create() throws Exception {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE ALIAS NAP FOR 'app.OrdersApp.nap'");
      statement.execute("CREATE TABLE orders (id INT PRIMARY KEY)");
      statement.execute("CREATE TABLE items (order_id INT PRIMARY KEY, sku VARCHAR(20))");
      statement.execute("INSERT INTO orders SELECT x FROM SYSTEM_RANGE(1, 200)");
      statement.execute("INSERT INTO items SELECT x, 'sku' || x FROM SYSTEM_RANGE(1, 200)");
    }
  }

  private String orders(int n, int nap) throws Exception {
    StringBuilder skus = new StringBuilder();
    try (Connection connection = DriverManager.getConnection(url);
        PreparedStatement orders =
            connection.prepareStatement("SELECT id FROM orders ORDER BY id LIMIT ?")) {
      orders.setInt(1, n);
      try (ResultSet rows = orders.executeQuery()) {
        while (rows.next()) skus.append(sku(connection, rows.getInt(1), nap)).append('\n');
      }
    }
    return "skus\n" + skus;
  }

  private static String sku(Connection connection, int order, int nap) throws Exception {
    try (PreparedStatement item =
        connection.prepareStatement("SELECT sku, NAP(?) FROM items WHERE order_id = ?")) {
      item.setInt(1, nap);
      item.setInt(2, order);
      try (ResultSet rows = item.executeQuery()) { // <- items
        return rows.next() ? rows.getString(1) : "none";
      }
    }
  }

  private String report(int nap) throws Exception {
    try (Connection connection = DriverManager.getConnection(url);
        PreparedStatement report = connection.prepareStatement("SELECT NAP(?)")) {
      report.setInt(1, nap);
      report.executeQuery();
      return "report";
    }
  }

  /** So many statements, each of its own text. */
  private String statements(int from, int n) throws Exception {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      for (int i = from; i < from + n; i++) {
        statement.executeQuery("SELECT id AS id" + i + " FROM orders WHERE id = " + i).close();
      }
    }
    return "statements";
  }

  /** What the database calls NAP. */
  public static int nap(int millis) throws InterruptedException {
    if (millis > 0) Thread.sleep(millis);
    return millis;
  }

  private static int number(String query, String name) {
    Matcher matcher = Pattern.compile("\\b" + name + "=(\\d+)").matcher(query);
    return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
  }
}
