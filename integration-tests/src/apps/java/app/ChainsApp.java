package app;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** JDBC in the operators of chains, in the words of a library of them. */
abstract class ChainsApp {
  private static final String URL = "jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1";
  private static final String PAYMENT = "SELECT name, PAUSE(4) FROM payment WHERE order_id = ?";

  private final AtomicInteger waiting = new AtomicInteger();
  private final BlockingQueue<String> asked = new ArrayBlockingQueue<>(1);
  private final BlockingQueue<String> done = new ArrayBlockingQueue<>(1);

  /** What is read of a statement that has its parameters. */
  interface Read {
    int of(PreparedStatement statement) throws Exception;
  }

  final void start() throws Exception {
    Orders.create(ChainsApp::connect, false);
    prepare();
    Thread background = new Thread(this::background, "background");
    background.setDaemon(true);
    background.start();
    new Web(48)
        .on("/concat", query -> concat() + " payments")
        .on("/flat", query -> flat() + " payments")
        .on("/wait", query -> waitForRelease())
        .on("/waiting", query -> String.valueOf(waiting))
        .on("/release", query -> release())
        .on("/timeout", query -> timeout() + " of another")
        .on("/error", query -> error() + " payments")
        .on("/background", query -> askBackground())
        .on("/endless", query -> endless())
        .start();
  }

  /** A payment an order, one after the other. */
  abstract int concat() throws Exception;

  /** The same side by side. */
  abstract int flat() throws Exception;

  /** Makes what all that wait share. */
  abstract void prepare();

  abstract String await() throws Exception;

  /** Lets them go on, and prepares for the next. */
  abstract String release();

  /** A query whose answer is late, and another in its place. */
  abstract int timeout() throws Exception;

  /** Two queries, and one more after an error. */
  abstract int error() throws Exception;

  /** Twenty queries on other threads, and one more with the answer of each. */
  abstract int counts();

  /** Goes on with queries when the request has long been answered. */
  abstract String endless();

  private String waitForRelease() throws Exception {
    waiting.incrementAndGet();
    try {
      return await();
    } finally {
      waiting.decrementAndGet();
    }
  }

  /** Chains that no request has subscribed to, on threads that requests have used before. */
  private void background() {
    try {
      while (true) {
        asked.take();
        done.put(counts() + " counts");
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private String askBackground() throws Exception {
    asked.put("now");
    return done.take();
  }

  static int payment(int order, Read read) throws Exception {
    return query(PAYMENT, order, read);
  }

  static int count(int order) {
    try {
      return query("SELECT name FROM payment WHERE order_id = ?", order, ChainsApp::rows);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static int rows(PreparedStatement statement) throws Exception {
    try (ResultSet rows = statement.executeQuery()) {
      return Orders.count(rows);
    }
  }

  private static int query(String sql, int order, Read read) throws Exception {
    try (Connection connection = connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setInt(1, order);
      return read.of(statement);
    }
  }

  static List<Integer> orders() throws Exception {
    try (Connection connection = connect()) {
      return Orders.of(connection, 1);
    }
  }

  private static Connection connect() throws Exception {
    return DriverManager.getConnection(URL, "sa", "");
  }
}
