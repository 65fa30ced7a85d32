package bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * A thousand items in H2 in memory. A call is prepareStatement, two binds, executeQuery, one row,
 * close; every call reads another item, and five statements take turns so that none folds.
 */
public final class Items {
  private static final int COUNT = 1000;
  private static final String[] STATEMENTS = {
    "SELECT name, price FROM item WHERE id = ? AND shop = ?",
    "SELECT name FROM item WHERE id = ? AND shop = ?",
    "SELECT price, name FROM item WHERE id = ? AND shop = ?",
    "SELECT id, name, price FROM item WHERE id = ? AND shop = ?",
    "SELECT name, shop FROM item WHERE id = ? AND shop = ?",
  };

  private final DataSource dataSource;

  public Items() throws SQLException {
    HikariConfig config = new HikariConfig();
    config.setPoolName("bench");
    config.setJdbcUrl("jdbc:h2:mem:bench;DB_CLOSE_DELAY=-1");
    config.setMaximumPoolSize(4);
    config.setMaxLifetime(0);
    dataSource = new HikariDataSource(config);
    fill();
  }

  Connection connect() throws SQLException {
    return dataSource.getConnection();
  }

  /** So many calls from the item of that number on; how many rows they found, in two digits. */
  public String read(int calls, int first) throws SQLException {
    try (Connection connection = connect()) {
      return digits(read(connection, calls, first));
    }
  }

  static int read(Connection connection, int calls, int first) throws SQLException {
    int read = 0;
    for (int call = 0; call < calls; call++) {
      String sql = STATEMENTS[call % STATEMENTS.length];
      try (PreparedStatement query = connection.prepareStatement(sql)) {
        query.setInt(1, Math.floorMod(first + call, COUNT));
        query.setInt(2, 7);
        try (ResultSet rows = query.executeQuery()) {
          if (rows.next() && rows.getString("name") != null) read++;
        }
      }
    }
    return read;
  }

  static String digits(int read) {
    return String.valueOf(new char[] {(char) ('0' + read / 10), (char) ('0' + read % 10)});
  }

  private void fill() throws SQLException {
    try (Connection connection = connect()) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(
            "CREATE TABLE item (id INT PRIMARY KEY, shop INT, name VARCHAR(40), price INT)");
      }
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO item VALUES (?, ?, ?, ?)")) {
        for (int id = 0; id < COUNT; id++) {
          insert.setInt(1, id);
          insert.setInt(2, 7);
          insert.setString(3, "item " + id);
          insert.setInt(4, id % 100);
          insert.addBatch();
        }
        insert.executeBatch();
      }
    }
  }
}
