package app;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Queries and requests that take their time, in milliseconds; arguments: URL, user, password. */
public final class SlowApp {
  private final Pools.Source source;

  private SlowApp(Pools.Source source) {
    this.source = source;
  }

  public static void main(String[] args) throws Exception {
    Pools.Source source = Pools.of("hikari", args[0], args[1], args.length > 2 ? args[2] : "");
    Orders.create(source, args[0].startsWith("jdbc:postgresql:"));
    SlowApp app = new SlowApp(source);
    new Web(4)
        .on("/query", app::query)
        .on("/critical_query", app::query)
        .on("/running_query", app::query)
        .on("/usual_query", app::usual)
        .on("/virtual_query", app::onVirtualThread)
        .on("/fetch", app::fetch)
        .on("/sleep", SlowApp::sleep)
        .on("/critical_sleep", SlowApp::sleep)
        .on("/patient", SlowApp::sleep)
        .on("/barrier", nothing -> app.query("250"))
        .start();
  }

  private String query(String millis) throws Exception {
    try (Connection connection = source.get();
        PreparedStatement statement =
            connection.prepareStatement(
                "SELECT name, PAUSE(?) FROM payment WHERE order_id = 1 AND name <> 'CANARY'")) {
      statement.setInt(1, Integer.parseInt(millis));
      try (ResultSet rows = statement.executeQuery()) { // <- query
        return Orders.count(rows) + " rows";
      }
    }
  }

  /** Only a newer Java has one. */
  private String onVirtualThread(String millis) throws Exception {
    ExecutorService virtual =
        (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    try {
      return virtual.submit(() -> query(millis)).get();
    } finally {
      virtual.shutdown();
    }
  }

  /** Quick as a rule: another statement, so that its usual time is its own. */
  private String usual(String millis) throws Exception {
    try (Connection connection = source.get();
        PreparedStatement statement =
            connection.prepareStatement("SELECT PAUSE(?), name FROM item WHERE id = 10")) {
      statement.setInt(1, Integer.parseInt(millis));
      try (ResultSet rows = statement.executeQuery()) { // <- usual query
        return Orders.count(rows) + " rows";
      }
    }
  }

  /** The statement is quick, its rows come slowly: PostgreSQL sends ten at a time. */
  private String fetch(String millis) throws Exception {
    try (Connection connection = source.get()) {
      connection.setAutoCommit(false);
      int found = 0;
      try (PreparedStatement statement =
          connection.prepareStatement("SELECT id, PAUSE(?) FROM orders")) {
        statement.setInt(1, Integer.parseInt(millis));
        statement.setFetchSize(10);
        try (ResultSet rows = statement.executeQuery()) {
          while (rows.next()) {
            found++;
          }
        }
      }
      connection.commit();
      connection.setAutoCommit(true);
      return found + " rows";
    }
  }

  private static String sleep(String millis) throws Exception {
    Thread.sleep(Long.parseLong(millis));
    return "slept";
  }
}
