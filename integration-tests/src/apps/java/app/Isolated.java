package app;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Properties;

/** A driver that only its own class loader knows. */
final class Isolated {
  private Isolated() {}

  static Web web(Class<?> driver) throws Exception {
    Driver h2 = (Driver) driver.getDeclaredConstructor().newInstance();
    return new Web(2)
        .on(
            "/isolated",
            query -> {
              try (Connection connection = h2.connect("jdbc:h2:mem:isolated", new Properties());
                  Statement statement = connection.createStatement();
                  ResultSet rows = statement.executeQuery("SELECT 42")) {
                rows.next();
                return rows.getString(1);
              }
            });
  }
}
