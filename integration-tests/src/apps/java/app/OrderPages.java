package app;

import java.io.OutputStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** What the applications of web frameworks answer, each at its own routes. */
public final class OrderPages {
  private static final String DATABASE = "jdbc:h2:mem:orders;DB_CLOSE_DELAY=-1";

  public static final ExecutorService THREADS = Executors.newFixedThreadPool(8);

  private OrderPages() {}

  static void create() throws Exception {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE orders (id INT PRIMARY KEY, name VARCHAR(50))");
      statement.execute("INSERT INTO orders VALUES (1, 'one'), (2, 'two'), (3, 'three')");
    }
  }

  /** A query that takes its time is {@code SELECT PAUSE(1)} from here on. */
  static void createPause() throws Exception {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE ALIAS PAUSE FOR \"app.OrderPages.pause\"");
    }
  }

  public static int pause(int number) throws InterruptedException {
    Thread.sleep(10);
    return number;
  }

  static Connection connect() throws SQLException {
    return DriverManager.getConnection(DATABASE);
  }

  /** Three statements. */
  static String order(String id) throws Exception {
    StringBuilder names = new StringBuilder("order " + id + ":");
    try (Connection connection = connect();
        PreparedStatement statement =
            connection.prepareStatement("SELECT name FROM orders WHERE id = ?")) {
      for (int i = 1; i <= 3; i++) {
        statement.setInt(1, i);
        try (ResultSet rows = statement.executeQuery()) {
          rows.next();
          names.append(' ').append(rows.getString(1));
        }
      }
    }
    return names.toString();
  }

  /** For some time, on another thread. */
  static String orderLater(String id) throws Exception {
    Thread.sleep(100);
    return order(id);
  }

  static <T> CompletableFuture<T> later(final Callable<T> work) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return work.call();
          } catch (RuntimeException e) {
            throw e;
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        },
        THREADS);
  }

  /** Which the applications answer with 422. */
  static String refused() {
    throw new IllegalArgumentException("CANARY");
  }

  /** Which the applications answer with 503. */
  static String unavailable() {
    throw new UnsupportedOperationException("CANARY");
  }

  /** Which the applications leave to their framework. */
  static String broken() {
    throw new IllegalStateException("CANARY");
  }

  static String brokenLater() throws Exception {
    Thread.sleep(50);
    return broken();
  }

  /** Large enough that a client who has gone is noticed. */
  static void stream(OutputStream out) throws Exception {
    byte[] chunk = new byte[64 * 1024];
    java.util.Arrays.fill(chunk, (byte) 'x');
    for (int i = 0; i < 3; i++) {
      out.write(chunk);
      out.flush();
      Thread.sleep(50);
    }
  }
}
