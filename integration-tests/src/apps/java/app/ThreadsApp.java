package app;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;

/** Loops on threads of their own, in no request: one long enough to be found, one not. */
public final class ThreadsApp {
  private final Pools.Source source;

  private ThreadsApp(Pools.Source source) {
    this.source = source;
  }

  public static void main(String[] args) throws Exception {
    ThreadsApp app =
        new ThreadsApp(Pools.of("plain", "jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1", "sa", ""));
    Orders.create(app.source, false);
    new Thread(() -> app.read(60), "importer-7").start();
    new Thread(() -> app.read(49), "cleaner-8").start();
    new Web(2).start();
  }

  private void read(int times) {
    try (Connection connection = source.get();
        PreparedStatement statement =
            connection.prepareStatement("SELECT name FROM item WHERE id = ?")) {
      for (int i = 0; i < times; i++) {
        statement.setInt(1, i);
        try (ResultSet rows = statement.executeQuery()) { // <- read
          Orders.count(rows);
        }
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
