package app;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import net.unheard.Server;

/**
 * Loops that the application runs itself, in its main and in its own executor; and single look-ups
 * on threads that many share: a server's that nobody knows, and tasks of a pool.
 */
public final class UnitsApp {
  private static final String URL = "jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1";

  private UnitsApp() {}

  public static void main(String[] args) throws Exception {
    Orders.create(() -> DriverManager.getConnection(URL, "sa", ""), false);
    for (int i = 0; i < 60; i++) {
      read("item", i); // <- main
    }
    pool("loop").submit(UnitsApp::loop);
    ExecutorService tasks = pool("tasks");
    for (int i = 0; i < 200; i++) {
      int id = i;
      tasks.execute(() -> read("product", id));
    }
    int port = Server.start(2, path -> read("payment", Integer.parseInt(path.substring(1))));
    System.out.println("READY " + port);
  }

  private static void loop() {
    for (int i = 0; i < 60; i++) {
      read("note", i); // <- loop
    }
  }

  private static String read(String table, int id) {
    String key = table.equals("payment") ? "order_id" : "id";
    String column = table.equals("note") ? "text" : "name";
    String sql = "SELECT " + column + " FROM " + table + " WHERE " + key + " = ?";
    try (Connection connection = DriverManager.getConnection(URL, "sa", "");
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setInt(1, id);
      try (ResultSet rows = statement.executeQuery()) { // <- read
        return rows.next() ? rows.getString(1) : "none";
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static ExecutorService pool(String name) {
    return Executors.newFixedThreadPool(1, task -> new Thread(task, name + "-1"));
  }
}
