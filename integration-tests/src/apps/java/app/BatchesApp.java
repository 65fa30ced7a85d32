package app;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;

/**
 * Rows written one by one, with places for what sends them as a batch that the driver makes one
 * round trip of; arguments: the database's URL, and the user.
 */
public final class BatchesApp {
  private static String url;
  private static String user;

  private BatchesApp() {}

  public static void main(String[] args) throws Exception {
    url = args[0];
    user = args[1];
    try (Connection connection = connect("");
        Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE IF EXISTS visit");
      statement.execute("CREATE TABLE visit (id INT PRIMARY KEY, pages INT)");
    }
    new Web(1)
        .on("/barrier", query -> barrier())
        .on("/insert", query -> insert())
        .on("/update", query -> update())
        .start();
  }

  private static Connection connect(String option) throws Exception {
    String separator = option.isEmpty() ? "" : url.indexOf('?') < 0 ? "?" : "&";
    return DriverManager.getConnection(url + separator + option, user, "");
  }

  private static String barrier() throws Exception {
    int found = 0;
    try (Connection connection = connect("");
        PreparedStatement statement =
            connection.prepareStatement("SELECT pages FROM visit WHERE id = ?")) {
      for (int id = 100; id < 112; id++) {
        statement.setInt(1, id);
        try (ResultSet rows = statement.executeQuery()) {
          found += rows.next() ? 1 : 0;
        }
      }
    }
    return "" + found;
  }

  private static String insert() throws Exception {
    String option = "";
    // sin: insert
    // mend: insert by url
    // option = "{code}";
    // done
    try (Connection connection = connect(option)) {
      connection.createStatement().execute("DELETE FROM visit");
      int[] counts = {};
      try (PreparedStatement statement =
          connection.prepareStatement("INSERT INTO visit VALUES (?, ?)")) {
        for (int id = 0; id < 20; id++) {
          statement.setInt(1, id);
          statement.setInt(2, 1);
          // sin: insert
          statement.executeUpdate();
          // mend: insert by add
          // {code}
          // done
        }
        // sin: insert
        // mend: insert by execute
        // counts =
        // {code}
        // done
      }
      return told(connection, option, counts);
    }
  }

  private static String update() throws Exception {
    String option = "";
    // sin: update
    // mend: update by url
    // option = "{code}";
    // done
    try (Connection connection = connect(option)) {
      int[] counts = {};
      try (PreparedStatement statement =
          connection.prepareStatement("UPDATE visit SET pages = ? WHERE id = ?")) {
        for (int id = 0; id < 20; id++) {
          statement.setInt(1, 7);
          statement.setInt(2, id);
          // sin: update
          statement.executeUpdate();
          // mend: update by add
          // {code}
          // done
        }
        // sin: update
        // mend: update by execute
        // counts =
        // {code}
        // done
      }
      return told(connection, option, counts);
    }
  }

  /** What is sent as one statement tells no count of each row. */
  private static String told(Connection connection, String option, int[] counts) throws Exception {
    boolean inserted = url.startsWith("jdbc:mariadb") && sum(connection) == 20;
    boolean multiple = url.startsWith("jdbc:mysql") && sum(connection) == 140;
    if (!option.isEmpty() && !inserted && !multiple && counts[0] != Statement.SUCCESS_NO_INFO) {
      throw new IllegalStateException(option + " makes no difference");
    }
    return "" + sum(connection);
  }

  private static int sum(Connection connection) throws Exception {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT sum(pages) FROM visit")) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
