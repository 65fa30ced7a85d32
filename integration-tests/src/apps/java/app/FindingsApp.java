package app;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Plain JDBC with one thing to find a path; arguments: URL, user, password. A comment marks the
 * line that a finding is to name.
 */
public final class FindingsApp {
  private final Pools.Source source;
  private final Pools.Source other;

  private FindingsApp(Pools.Source source, Pools.Source other) {
    this.source = source;
    this.other = other;
  }

  public static void main(String[] args) throws Exception {
    String password = args.length > 2 ? args[2] : "";
    Pools.Source source = Pools.of("hikari", args[0], args[1], password);
    Orders.create(source, args[0].startsWith("jdbc:postgresql:"));
    FindingsApp app = new FindingsApp(source, Pools.of("hikari", args[0], args[1], password));
    Web web = new Web(4);
    ParallelFindings.on(web, source);
    WriteFindings.on(web, source);
    DisguisedFindings.on(web, source);
    web.on("/list", query -> app.list())
        .on("/literals", query -> app.literals())
        .on("/cursor", query -> app.cursor())
        .on("/dao", query -> app.dao())
        .on("/lambda", query -> app.lambda())
        .on("/nested", query -> app.nested())
        .on("/interleaved", query -> app.interleaved())
        .on("/pools", query -> app.pools())
        .on("/thousand", query -> app.thousand())
        .on("/five", query -> app.five())
        .on("/quiet", query -> app.quiet())
        .on("/sometimes", times -> app.products(Integer.parseInt(times), 1_000))
        .on("/same", query -> app.same())
        .on("/few_values", query -> app.values(4))
        .on("/many_values", query -> app.values(5))
        .start();
  }

  private String list() throws Exception {
    int items = 0;
    try (Connection connection = source.get()) {
      for (int order : Orders.of(connection, 1)) {
        try (PreparedStatement statement =
            connection.prepareStatement("SELECT name FROM item WHERE order_id = ?")) {
          statement.setInt(1, order);
          try (ResultSet rows = statement.executeQuery()) { // <- list
            items += Orders.count(rows);
          }
        }
      }
    }
    return items + " items";
  }

  private String literals() throws Exception {
    int items = 0;
    try (Connection connection = source.get()) {
      for (int order : Orders.of(connection, 1)) {
        try (Statement statement = connection.createStatement();
            ResultSet rows =
                statement.executeQuery( // <- literals
                    "SELECT name FROM item WHERE order_id = " + order + " AND name <> 'CANARY'")) {
          items += Orders.count(rows);
        }
      }
    }
    return items + " items";
  }

  /** The inner queries run while the outer one's rows are still being read. */
  private String cursor() throws Exception {
    int items = 0;
    try (Connection outer = source.get();
        Connection inner = source.get();
        PreparedStatement orders =
            outer.prepareStatement("SELECT id FROM orders WHERE customer_id = ?");
        PreparedStatement statement =
            inner.prepareStatement("SELECT name FROM item WHERE order_id = ?")) {
      orders.setInt(1, 1);
      try (ResultSet order = orders.executeQuery()) {
        while (order.next()) {
          statement.setInt(1, order.getInt(1));
          try (ResultSet rows = statement.executeQuery()) { // <- cursor
            items += Orders.count(rows);
          }
        }
      }
    }
    return items + " items";
  }

  private String dao() throws Exception {
    int items = 0;
    try (Connection connection = source.get()) {
      Dao dao = new Dao(connection);
      for (int order : Orders.of(connection, 1)) {
        items += dao.items(order); // <- dao's caller
      }
    }
    return items + " items";
  }

  /** A shared class that many call. */
  private static final class Dao {
    private final Connection connection;

    Dao(Connection connection) {
      this.connection = connection;
    }

    int items(int order) throws Exception {
      try (PreparedStatement statement =
          connection.prepareStatement("SELECT name FROM item WHERE order_id = ?")) {
        statement.setInt(1, order);
        try (ResultSet rows = statement.executeQuery()) { // <- dao
          return Orders.count(rows);
        }
      }
    }
  }

  private String lambda() throws Exception {
    List<String> names = new ArrayList<>();
    try (Connection connection = source.get()) {
      Orders.of(connection, 1)
          .forEach(
              order -> {
                try (PreparedStatement statement =
                    connection.prepareStatement("SELECT name FROM payment WHERE order_id = ?")) {
                  statement.setInt(1, order);
                  try (ResultSet rows = statement.executeQuery()) { // <- lambda
                    rows.next();
                    names.add(rows.getString(1));
                  }
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              });
    }
    return names.size() + " payments";
  }

  /** Ten orders, their thirty items, and each item's product. */
  private String nested() throws Exception {
    int products = 0;
    try (Connection connection = source.get();
        PreparedStatement items =
            connection.prepareStatement("SELECT product_id FROM item WHERE order_id = ?");
        PreparedStatement product =
            connection.prepareStatement("SELECT name FROM product WHERE id = ?")) {
      for (int order : Orders.of(connection, 2)) {
        items.setInt(1, order);
        List<Integer> ids;
        try (ResultSet rows = items.executeQuery()) { // <- nested items
          ids = Orders.ids(rows);
        }
        for (int id : ids) {
          product.setInt(1, id);
          try (ResultSet rows = product.executeQuery()) { // <- nested products
            products += Orders.count(rows);
          }
        }
      }
    }
    return products + " products";
  }

  private String interleaved() throws Exception {
    int found = 0;
    try (Connection connection = source.get();
        PreparedStatement items =
            connection.prepareStatement("SELECT name FROM item WHERE order_id = ?");
        PreparedStatement payment =
            connection.prepareStatement("SELECT name FROM payment WHERE order_id = ?")) {
      for (int order : Orders.of(connection, 1)) {
        items.setInt(1, order);
        try (ResultSet rows = items.executeQuery()) { // <- interleaved items
          found += Orders.count(rows);
        }
        payment.setInt(1, order);
        try (ResultSet rows = payment.executeQuery()) { // <- interleaved payments
          found += Orders.count(rows);
        }
      }
    }
    return found + " rows";
  }

  /** Half of the queries through another pool of the same database. */
  private String pools() throws Exception {
    int found = 0;
    try (Connection one = source.get();
        Connection two = other.get()) {
      for (int order : Orders.of(one, 1)) {
        try (PreparedStatement statement =
            (order % 2 == 0 ? one : two)
                .prepareStatement("SELECT name FROM payment WHERE order_id = ?")) {
          statement.setInt(1, order);
          try (ResultSet rows = statement.executeQuery()) { // <- pools
            found += Orders.count(rows);
          }
        }
      }
    }
    return found + " payments";
  }

  private String thousand() throws Exception {
    return products(1_000, 1_000);
  }

  private String five() throws Exception {
    int found = 0;
    try (Connection connection = source.get();
        PreparedStatement statement =
            connection.prepareStatement("SELECT name FROM product WHERE id = ?")) {
      for (int id = 10; id < 15; id++) {
        statement.setInt(1, id);
        try (ResultSet rows = statement.executeQuery()) { // <- five
          found += Orders.count(rows);
        }
      }
    }
    return found + " products";
  }

  /** Nothing to find. */
  private String quiet() throws Exception {
    try (Connection connection = source.get()) {
      return Orders.of(connection, 1).size() + " orders";
    }
  }

  private String same() throws Exception {
    return products(6, 1);
  }

  private String values(int distinct) throws Exception {
    return products(20, distinct);
  }

  private String products(int times, int distinct) throws Exception {
    int found = 0;
    try (Connection connection = source.get();
        PreparedStatement statement =
            connection.prepareStatement("SELECT name FROM product WHERE id = ?")) {
      for (int i = 0; i < times; i++) {
        statement.setInt(1, 10 + i % distinct);
        try (ResultSet rows = statement.executeQuery()) { // <- products
          found += Orders.count(rows);
        }
      }
    }
    return found + " products";
  }
}
