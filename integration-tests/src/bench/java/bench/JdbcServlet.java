package bench;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/** A request of so many JDBC calls: 50 are ten of each statement. */
final class JdbcServlet extends HttpServlet {
  static final int CALLS = 50;

  private final Items items;
  private final int calls;
  private final Measured measured = new Measured();
  private final AtomicInteger next = new AtomicInteger();

  JdbcServlet(Items items, int calls) {
    this.items = items;
    this.calls = calls;
  }

  Measured measured() {
    return measured;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    int read;
    int item = next.getAndAdd(calls);
    try (Connection connection = items.connect()) {
      long cpu = Measured.threadCpu();
      long bytes = Measured.threadBytes();
      read = Items.read(connection, calls, item);
      measured.add(Measured.threadCpu() - cpu, Measured.threadBytes() - bytes);
    } catch (SQLException e) {
      throw new IOException(e);
    }
    byte[] answer = Items.digits(read).getBytes(StandardCharsets.US_ASCII);
    response.setContentLength(answer.length);
    response.getOutputStream().write(answer);
  }
}
