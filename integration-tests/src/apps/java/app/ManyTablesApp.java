package app;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;

/** A request of many different statements; the query says how many. */
public final class ManyTablesApp {
  private static final String URL = "jdbc:h2:mem:many;DB_CLOSE_DELAY=-1";

  private ManyTablesApp() {}

  public static void main(String[] args) throws Exception {
    new Web(2)
        .on(
            "/many",
            query -> {
              try (Connection connection = DriverManager.getConnection(URL);
                  Statement statement = connection.createStatement()) {
                for (int i = 0; i < Integer.parseInt(query); i++) {
                  statement.execute("CREATE TABLE item_" + letters(i) + " (id INT)");
                }
              }
              return query;
            })
        .start();
  }

  /** Without digits, which might be folded. */
  private static String letters(int number) {
    StringBuilder letters = new StringBuilder();
    do {
      letters.append((char) ('a' + number % 26));
      number /= 26;
    } while (number > 0);
    return letters.toString();
  }
}
