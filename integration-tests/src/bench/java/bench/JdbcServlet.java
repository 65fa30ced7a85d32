package bench;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/**
 * A request of so many JDBC calls, each prepareStatement, two binds, executeQuery, one row, close; every
 * call reads another item, and five statements take turns so that none folds: 50 calls are ten each.
 */
final class JdbcServlet extends HttpServlet {
  static final int CALLS = 50;

  private static final String[] STATEMENTS = {
    "SELECT name, price FROM item WHERE id = ? AND shop = ?",
    "SELECT name FROM item WHERE id = ? AND shop = ?",
    "SELECT price, name FROM item WHERE id = ? AND shop = ?",
    "SELECT id, name, price FROM item WHERE id = ? AND shop = ?",
    "SELECT name, shop FROM item WHERE id = ? AND shop = ?",
  };

  private final DataSource dataSource;
  private final int calls;
  private final Measured measured = new Measured();
  private final AtomicInteger next = new AtomicInteger();

  JdbcServlet(DataSource dataSource, int calls) {
    this.dataSource = dataSource;
    this.calls = calls;
  }

  Measured measured() {
    return measured;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    int read = 0;
    int item = next.getAndAdd(calls);
    try (Connection connection = dataSource.getConnection()) {
      long cpu = Measured.threadCpu();
      long bytes = Measured.threadBytes();
      for (int call = 0; call < calls; call++) {
        read += read(connection, call % STATEMENTS.length, Math.floorMod(item + call, 1000));
      }
      measured.add(Measured.threadCpu() - cpu, Measured.threadBytes() - bytes);
    } catch (SQLException e) {
      throw new IOException(e);
    }
    byte[] answer = {(byte) ('0' + read / 10), (byte) ('0' + read % 10)};
    response.setContentLength(answer.length);
    response.getOutputStream().write(answer);
  }

  private static int read(Connection connection, int statement, int item) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(STATEMENTS[statement])) {
      query.setInt(1, item);
      query.setInt(2, 7);
      try (ResultSet rows = query.executeQuery()) {
        return rows.next() && rows.getString("name") != null ? 1 : 0;
      }
    }
  }
}
