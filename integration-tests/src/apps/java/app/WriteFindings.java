package app;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.List;

/** Writes of a row each, and batches too small to help. */
final class WriteFindings {
  private final Pools.Source source;

  private WriteFindings(Pools.Source source) {
    this.source = source;
  }

  static void on(Web web, Pools.Source source) {
    WriteFindings app = new WriteFindings(source);
    web.on("/insert", query -> app.insert())
        .on("/update", query -> app.update())
        .on("/delete", query -> app.delete())
        .on("/small_batches", query -> app.smallBatches())
        .on("/small_lists", query -> app.smallLists());
  }

  private String insert() throws Exception {
    try (Connection connection = source.get()) {
      connection.setAutoCommit(false);
      try (PreparedStatement statement =
          connection.prepareStatement("INSERT INTO note (run, text) VALUES (?, ?)")) {
        for (int i = 0; i < 25; i++) {
          statement.setInt(1, i);
          statement.setString(2, "CANARY" + i);
          statement.executeUpdate(); // <- insert
        }
      }
      connection.commit();
      connection.setAutoCommit(true);
    }
    return "25 notes";
  }

  private String update() throws Exception {
    try (Connection connection = source.get();
        PreparedStatement statement =
            connection.prepareStatement("UPDATE orders SET paid = paid + 1 WHERE id = ?")) {
      for (int order : Orders.of(connection, 1)) {
        statement.setInt(1, order);
        statement.executeUpdate(); // <- update
      }
    }
    return "20 orders";
  }

  private String delete() throws Exception {
    try (Connection connection = source.get()) {
      write(connection, 77, 25, 25);
      List<Integer> ids;
      try (PreparedStatement statement =
          connection.prepareStatement("SELECT id FROM note WHERE run = ?")) {
        statement.setInt(1, 77);
        try (ResultSet rows = statement.executeQuery()) {
          ids = Orders.ids(rows);
        }
      }
      try (PreparedStatement statement =
          connection.prepareStatement("DELETE FROM note WHERE id = ?")) {
        for (int id : ids) {
          statement.setInt(1, id);
          statement.executeUpdate(); // <- delete
        }
      }
      return ids.size() + " notes";
    }
  }

  private String smallBatches() throws Exception {
    try (Connection connection = source.get()) {
      write(connection, 78, 3, 75);
    }
    return "75 notes";
  }

  /** Batches of that size until all rows are written. */
  static void write(Connection connection, int run, int size, int rows) throws Exception {
    try (PreparedStatement statement =
        connection.prepareStatement("INSERT INTO note (run, text) VALUES (?, ?)")) {
      for (int i = 1; i <= rows; i++) {
        statement.setInt(1, run);
        statement.setString(2, "note" + i);
        statement.addBatch();
        if (i % size == 0) {
          statement.executeBatch(); // <- small batches
        }
      }
    }
  }

  private String smallLists() throws Exception {
    int found = 0;
    try (Connection connection = source.get()) {
      List<Integer> orders = Orders.of(connection, 1);
      for (int i = 0; i < orders.size(); i += 2) {
        try (PreparedStatement statement =
            connection.prepareStatement("SELECT name FROM item WHERE order_id IN (?, ?)")) {
          statement.setInt(1, orders.get(i));
          statement.setInt(2, orders.get(i + 1));
          try (ResultSet rows = statement.executeQuery()) { // <- small lists
            found += Orders.count(rows);
          }
        }
      }
    }
    return found + " items";
  }
}
