package app;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;

/** One query by a column that the query names; argument: the URL of a database with visits. */
public final class VisitsApp {
  public static void main(String[] args) throws Exception {
    new Web(4).on("/visits", query -> visits(args[0], Integer.parseInt(query))).start();
  }

  private static String visits(String url, int customer) throws Exception {
    int count = 0;
    try (Connection connection = DriverManager.getConnection(url, "postgres", "");
        PreparedStatement visits =
            connection.prepareStatement("SELECT * FROM visits WHERE customer_id = ?")) {
      visits.setInt(1, customer);
      try (ResultSet rows = visits.executeQuery()) {
        while (rows.next()) count++;
      }
    }
    return count + " visits";
  }
}
