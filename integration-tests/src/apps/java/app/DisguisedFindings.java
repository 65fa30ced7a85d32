package app;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;

/** Queries a row that look like pages, lists, or as many different statements. */
final class DisguisedFindings {
  private static final String PRODUCT = "SELECT name FROM product WHERE id = ?";

  private final Pools.Source source;

  private DisguisedFindings(Pools.Source source) {
    this.source = source;
  }

  static void on(Web web, Pools.Source source) {
    DisguisedFindings app = new DisguisedFindings(source);
    web.on("/lists_of_one", query -> app.each("SELECT name FROM item WHERE order_id IN (?)", false))
        .on(
            "/latest",
            query ->
                app.each(
                    "SELECT name FROM item WHERE order_id = ? ORDER BY id DESC LIMIT 1", false))
        .on(
            "/range_lookup",
            query ->
                app.each("SELECT name FROM payment WHERE order_id >= ? AND order_id < 2", false))
        .on("/comments", query -> app.each("SELECT name FROM item WHERE order_id = ?", true))
        .on("/executed", query -> app.executed())
        .on("/filtered", query -> app.filtered())
        .on("/two_places", times -> app.twoPlaces(Integer.parseInt(times)))
        .on("/many_different", query -> app.manyDifferent());
  }

  private String each(String sql, boolean comments) throws Exception {
    int found = 0;
    try (Connection connection = source.get()) {
      for (int order : Orders.of(connection, 1)) {
        String text = comments ? "/* order " + order + " */ " + sql : sql;
        try (PreparedStatement statement = connection.prepareStatement(text)) {
          statement.setInt(1, order);
          try (ResultSet rows = statement.executeQuery()) { // <- each
            found += Orders.count(rows);
          }
        }
      }
    }
    return found + " rows";
  }

  /** All by execute() and getResultSet(). */
  private String executed() throws Exception {
    int found = 0;
    try (Connection connection = source.get();
        Statement all = connection.createStatement();
        PreparedStatement one = connection.prepareStatement(PRODUCT)) {
      all.execute("SELECT product_id FROM item WHERE order_id <= 4");
      List<Integer> ids;
      try (ResultSet rows = all.getResultSet()) {
        ids = Orders.ids(rows);
      }
      for (int id : ids) {
        one.setInt(1, id);
        one.execute(); // <- executed
        try (ResultSet rows = one.getResultSet()) {
          found += Orders.count(rows);
        }
      }
    }
    return found + " products";
  }

  /** Only every second order's payment is looked at. */
  private String filtered() throws Exception {
    int found = 0;
    try (Connection connection = source.get();
        PreparedStatement statement =
            connection.prepareStatement("SELECT name FROM payment WHERE order_id = ?")) {
      for (int order : Orders.of(connection, 1)) {
        if (order % 2 == 0) {
          statement.setInt(1, order);
          try (ResultSet rows = statement.executeQuery()) { // <- filtered
            found += Orders.count(rows);
          }
        }
      }
    }
    return found + " payments";
  }

  /** Two methods in turn, so that none is to blame. */
  private String twoPlaces(int times) throws Exception {
    int found = 0;
    try (Connection connection = source.get();
        PreparedStatement statement = connection.prepareStatement(PRODUCT)) {
      for (int i = 0; i < times; i++) {
        statement.setInt(1, 10 + i);
        found += i % 2 == 0 ? here(statement) : there(statement);
      }
    }
    return found + " products";
  }

  private static int here(PreparedStatement statement) throws Exception {
    try (ResultSet rows = statement.executeQuery()) {
      return Orders.count(rows);
    }
  }

  private static int there(PreparedStatement statement) throws Exception {
    try (ResultSet rows = statement.executeQuery()) {
      return Orders.count(rows);
    }
  }

  /** Sixty statements, none of them twice. */
  private String manyDifferent() throws Exception {
    try (Connection connection = source.get();
        Statement statement = connection.createStatement()) {
      StringBuilder columns = new StringBuilder("id");
      for (int i = 0; i < 60; i++) {
        columns.append(", id AS id_").append((char) ('a' + i / 10)).append((char) ('a' + i % 10));
        statement.executeQuery("SELECT " + columns + " FROM product WHERE id = 10").close();
      }
    }
    return "60 statements";
  }
}
