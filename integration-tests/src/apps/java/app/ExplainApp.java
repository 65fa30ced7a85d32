package app;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.sql.Types;

/**
 * Runs its statements in their order, and each SELECT where a request asks for it by its place:
 * {@code /run/0}; its one parameter, where it has one, is null. Arguments: URL, user, SQL.
 */
public final class ExplainApp {
  public static void main(String[] args) throws Exception {
    Web web = new Web(4);
    Connection connection = DriverManager.getConnection(args[0], args[1], "");
    for (int i = 2; i < args.length; i++) {
      String sql = args[i];
      if (sql.startsWith("SELECT")) {
        web.on("/run/" + (i - 2), query -> "" + rows(connection, sql));
      } else {
        try (Statement statement = connection.createStatement()) {
          statement.execute(sql);
        }
      }
    }
    web.start();
  }

  private static int rows(Connection connection, String sql) throws Exception {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      if (sql.contains("?")) statement.setNull(1, Types.VARCHAR);
      int rows = 0;
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) rows++;
      }
      return rows;
    }
  }
}
