package app;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;

/** Plain JDBC on H2 that repeats itself with a reason a path, and a barrier that has none. */
public final class SilenceApp {
  private static final String URL = "jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1";

  private final Pools.Source source;
  private final Pools.Source validated;
  private final List<Pools.Source> shards = new ArrayList<>();
  private final Cache<Integer, String> cache = Caffeine.newBuilder().maximumSize(100).build();

  private SilenceApp() throws Exception {
    source = Pools.of("hikari", URL, "sa", "");
    validated = Pools.of("dbcp2", URL, "sa", "");
    Orders.create(source, false);
    try (Connection connection = source.get();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE SEQUENCE ticket");
      statement.execute("CREATE ALIAS FLAKY FOR \"app.SilenceApp.flaky\"");
      statement.execute("CREATE TABLE job (id INT PRIMARY KEY, done BOOLEAN)");
      statement.execute("INSERT INTO job SELECT x, FALSE FROM SYSTEM_RANGE(1, 100)");
      statement.execute("CREATE TABLE audit_log (id INT PRIMARY KEY, text VARCHAR(50))");
    }
    for (int i = 0; i < 10; i++) {
      String url = "jdbc:h2:mem:shard" + i + ";DB_CLOSE_DELAY=-1";
      try (Connection connection = DriverManager.getConnection(url, "sa", "");
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE TABLE member (id INT PRIMARY KEY, name VARCHAR(50))");
      }
      shards.add(() -> DriverManager.getConnection(url, "sa", ""));
    }
  }

  public static void main(String[] args) throws Exception {
    SilenceApp app = new SilenceApp();
    migrate("at_start");
    Web web = new Web(24);
    Reads.on(web, app.source);
    web.on("/barrier", query -> app.barrier())
        .on("/batches", query -> app.batches())
        .on("/shards", query -> app.shards())
        .on("/cache", query -> app.cache())
        .on("/validation", query -> app.validation())
        .on("/validated_pool", query -> app.validatedPool())
        .on("/sequence", query -> app.sequence())
        .on("/migration", query -> migrate("in_a_request"))
        .on("/polling", query -> app.polling())
        .on("/retries", query -> app.retries())
        .on("/nineteen_writes", query -> app.writes(19))
        .on("/skip_locked", query -> app.skipLocked())
        .on("/ignored_table", query -> app.audit())
        .start();
  }

  /** The one that is found: its finding tells that what came before it was judged. */
  private String barrier() throws Exception {
    int found = 0;
    try (Connection connection = source.get();
        PreparedStatement statement =
            connection.prepareStatement("SELECT name FROM product WHERE id = ?")) {
      for (int i = 0; i < 6; i++) {
        statement.setInt(1, 10 + i);
        try (ResultSet rows = statement.executeQuery()) { // <- barrier
          found += Orders.count(rows);
        }
      }
    }
    return found + " products";
  }

  private String batches() throws Exception {
    try (Connection connection = source.get()) {
      WriteFindings.write(connection, 1, 10, 250);
    }
    return "25 batches";
  }

  private String shards() throws Exception {
    int found = 0;
    for (Pools.Source shard : shards) {
      try (Connection connection = shard.get();
          PreparedStatement statement =
              connection.prepareStatement("SELECT name FROM member WHERE id = ?")) {
        statement.setInt(1, found++);
        statement.executeQuery().close();
      }
    }
    return found + " shards";
  }

  /** Twenty reads, of which one goes to the database. */
  private String cache() throws Exception {
    int length = 0;
    try (Connection connection = source.get()) {
      for (int i = 0; i < 20; i++) {
        length += cache.get(10, id -> product(connection, id)).length();
      }
    }
    return length + " characters";
  }

  private static String product(Connection connection, int id) {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT name FROM product WHERE id = ?")) {
      statement.setInt(1, id);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? rows.getString(1) : "";
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private String validation() throws Exception {
    try (Connection connection = source.get();
        Statement statement = connection.createStatement()) {
      for (int i = 0; i < 10; i++) {
        connection.isValid(1);
        statement.executeQuery("SELECT 1").close();
      }
    }
    return "valid";
  }

  private String validatedPool() throws Exception {
    for (int i = 0; i < 10; i++) {
      validated.get().close();
    }
    return "borrowed";
  }

  private String sequence() throws Exception {
    try (Connection connection = source.get();
        PreparedStatement statement = connection.prepareStatement("SELECT NEXT VALUE FOR ticket")) {
      for (int i = 0; i < 10; i++) {
        statement.executeQuery().close();
      }
    }
    return "10 tickets";
  }

  private static String migrate(String schema) {
    int done =
        Flyway.configure()
            .dataSource(URL, "sa", "")
            .schemas(schema)
            .locations("classpath:migrations")
            .load()
            .migrate()
            .migrationsExecuted;
    return done + " migrations";
  }

  private String polling() throws Exception {
    int found = 0;
    try (Connection connection = source.get();
        PreparedStatement statement =
            connection.prepareStatement("SELECT paid FROM orders WHERE id = ?")) {
      for (int i = 0; i < 8; i++) {
        statement.setInt(1, 7);
        try (ResultSet rows = statement.executeQuery()) {
          found += Orders.count(rows);
        }
        Thread.sleep(65);
      }
    }
    return found + " looks";
  }

  /** Fails for odd numbers. */
  public static int flaky(int number) throws SQLException {
    if (number % 2 == 1) {
      throw new SQLException("flaky", "40001");
    }
    return number;
  }

  private String retries() throws Exception {
    int failed = 0;
    try (Connection connection = source.get();
        PreparedStatement statement =
            connection.prepareStatement("SELECT name FROM product WHERE id = FLAKY(?)")) {
      for (int i = 0; i < 10; i++) {
        statement.setInt(1, i);
        try {
          statement.executeQuery().close();
        } catch (SQLException e) {
          failed++;
        }
      }
    }
    return failed + " of 10 failed";
  }

  private String writes(int count) throws Exception {
    try (Connection connection = source.get();
        PreparedStatement statement =
            connection.prepareStatement("UPDATE orders SET paid = 1 WHERE id = ?")) {
      for (int i = 0; i < count; i++) {
        statement.setInt(1, i);
        statement.executeUpdate();
      }
    }
    return count + " writes";
  }

  private String skipLocked() throws Exception {
    int taken = 0;
    try (Connection connection = source.get()) {
      connection.setAutoCommit(false);
      try (PreparedStatement next =
              connection.prepareStatement(
                  "SELECT id FROM job WHERE done = FALSE LIMIT 1 FOR UPDATE SKIP LOCKED");
          PreparedStatement done =
              connection.prepareStatement("UPDATE job SET done = TRUE WHERE id = ?")) {
        for (int i = 0; i < 8; i++) {
          try (ResultSet rows = next.executeQuery()) {
            rows.next();
            done.setInt(1, rows.getInt(1));
          }
          taken += done.executeUpdate();
        }
      }
      connection.commit();
      connection.setAutoCommit(true);
    }
    return taken + " jobs";
  }

  private String audit() throws Exception {
    try (Connection connection = source.get();
        PreparedStatement statement =
            connection.prepareStatement("SELECT text FROM audit_log WHERE id = ?")) {
      for (int i = 0; i < 10; i++) {
        statement.setInt(1, i);
        statement.executeQuery().close();
      }
    }
    return "10 entries";
  }
}
