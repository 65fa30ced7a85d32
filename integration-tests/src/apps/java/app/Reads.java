package app;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Collections;

/** Reads that repeat themselves, or seem to, and are right. */
final class Reads {
  private final Pools.Source source;

  private Reads(Pools.Source source) {
    this.source = source;
  }

  static void on(Web web, Pools.Source source) {
    Reads app = new Reads(source);
    String product = "SELECT name FROM product WHERE id = ?";
    web.on("/join", query -> app.join())
        .on("/one_list", query -> app.lists(1))
        .on("/changing_lists", query -> app.lists(6))
        .on("/arrays", query -> app.arrays())
        .on("/ranges", query -> app.ranges())
        .on("/offsets", query -> app.offsets())
        .on("/literal_offsets", query -> app.literalOffsets())
        .on("/keyset", query -> app.keyset())
        .on("/four", query -> app.repeat(product, 4))
        .on("/once", query -> app.repeat(product, 1))
        .on("/different", query -> app.different())
        .on("/comment", query -> app.repeat("/* atalaya:ignore */ " + product, 10))
        .on("/ignored_route", query -> app.repeat(product, 10))
        .on("/ignored_site", query -> new Legacy().names(source));
  }

  private String join() throws Exception {
    try (Connection connection = source.get();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT o.id, i.name FROM orders o JOIN item i ON i.order_id = o.id")) {
      return Orders.count(rows) + " rows";
    }
  }

  /** Lists of 10, 11, 12 and so on. */
  private String lists(int times) throws Exception {
    int found = 0;
    try (Connection connection = source.get()) {
      for (int i = 0; i < times; i++) {
        int length = 10 + i;
        String marks = String.join(", ", Collections.nCopies(length, "?"));
        try (PreparedStatement statement =
            connection.prepareStatement("SELECT name FROM product WHERE id IN (" + marks + ")")) {
          for (int k = 1; k <= length; k++) {
            statement.setInt(k, i * 20 + k);
          }
          try (ResultSet rows = statement.executeQuery()) {
            found += Orders.count(rows);
          }
        }
      }
    }
    return found + " products";
  }

  /** Twelve values as one array. */
  private String arrays() throws Exception {
    int found = 0;
    try (Connection connection = source.get();
        PreparedStatement statement =
            connection.prepareStatement("SELECT name FROM product WHERE id = ANY(?)")) {
      for (int i = 0; i < 6; i++) {
        Object[] ids = new Object[12];
        for (int k = 0; k < ids.length; k++) {
          ids[k] = i * 12 + k;
        }
        statement.setArray(1, connection.createArrayOf("INTEGER", ids));
        try (ResultSet rows = statement.executeQuery()) {
          found += Orders.count(rows);
        }
      }
    }
    return found + " products";
  }

  /** Sixty rows at a time. */
  private String ranges() throws Exception {
    int found = 0;
    try (Connection connection = source.get();
        PreparedStatement statement =
            connection.prepareStatement(
                "SELECT x FROM SYSTEM_RANGE(1, 999) WHERE x BETWEEN ? AND ?")) {
      for (int from = 1; from <= 421; from += 60) {
        statement.setInt(1, from);
        statement.setInt(2, from + 59);
        try (ResultSet rows = statement.executeQuery()) {
          found += Orders.count(rows);
        }
      }
    }
    return found + " numbers";
  }

  private String offsets() throws Exception {
    int found = 0;
    try (Connection connection = source.get();
        PreparedStatement statement =
            connection.prepareStatement("SELECT name FROM item ORDER BY id LIMIT ? OFFSET ?")) {
      for (int page = 0; page < 8; page++) {
        statement.setInt(1, 10);
        statement.setInt(2, page * 10);
        try (ResultSet rows = statement.executeQuery()) {
          found += Orders.count(rows);
        }
      }
    }
    return found + " items";
  }

  private String literalOffsets() throws Exception {
    int found = 0;
    try (Connection connection = source.get();
        Statement statement = connection.createStatement()) {
      for (int page = 0; page < 8; page++) {
        String sql = "SELECT name FROM item ORDER BY id LIMIT 10 OFFSET " + page * 10;
        try (ResultSet rows = statement.executeQuery(sql)) {
          found += Orders.count(rows);
        }
      }
    }
    return found + " items";
  }

  private String keyset() throws Exception {
    int pages = 0;
    int last = 0;
    try (Connection connection = source.get();
        PreparedStatement statement =
            connection.prepareStatement("SELECT id FROM item WHERE id > ? ORDER BY id LIMIT 10")) {
      for (boolean more = true; more; pages++) {
        statement.setInt(1, last);
        more = false;
        try (ResultSet rows = statement.executeQuery()) {
          while (rows.next()) {
            last = rows.getInt(1);
            more = true;
          }
        }
      }
    }
    return pages + " pages";
  }

  private String repeat(String sql, int times) throws Exception {
    int found = 0;
    try (Connection connection = source.get();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < times; i++) {
        statement.setInt(1, 10 + i);
        try (ResultSet rows = statement.executeQuery()) {
          found += Orders.count(rows);
        }
      }
    }
    return found + " products";
  }

  private String different() throws Exception {
    String[] columns = {
      "id",
      "order_id",
      "product_id",
      "name",
      "id, name",
      "id, order_id",
      "id, product_id",
      "order_id, name",
      "product_id, name",
      "id, order_id, product_id, name"
    };
    int found = 0;
    try (Connection connection = source.get()) {
      for (String some : columns) {
        try (PreparedStatement statement =
            connection.prepareStatement("SELECT " + some + " FROM item WHERE id = ?")) {
          statement.setInt(1, 10 + found);
          try (ResultSet rows = statement.executeQuery()) {
            Orders.count(rows);
            found++;
          }
        }
      }
    }
    return found + " statements";
  }

  /** Code that nobody will touch any more. */
  static final class Legacy {
    String names(Pools.Source source) throws Exception {
      int found = 0;
      try (Connection connection = source.get();
          PreparedStatement statement =
              connection.prepareStatement("SELECT name FROM payment WHERE order_id = ?")) {
        for (int i = 1; i <= 10; i++) {
          statement.setInt(1, i);
          try (ResultSet rows = statement.executeQuery()) {
            found += Orders.count(rows);
          }
        }
      }
      return found + " payments";
    }
  }
}
