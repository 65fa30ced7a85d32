package war;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/**
 * Looks books up one by one, the last of them in a task of its own thread, in a driver of its own.
 */
public final class Shelf extends HttpServlet {
  private static final int BOOKS = 20;

  private final transient ExecutorService later = Executors.newSingleThreadExecutor();
  private transient Connection connection;

  @Override
  public void init() {
    try {
      Class.forName("org.h2.Driver", true, Shelf.class.getClassLoader());
      connection = DriverManager.getConnection("jdbc:h2:mem:shelf" + System.nanoTime());
      try (Statement statement = connection.createStatement()) {
        statement.execute("CREATE TABLE book (id INT PRIMARY KEY)");
        statement.execute("INSERT INTO book SELECT x FROM SYSTEM_RANGE(1, " + BOOKS + ")");
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try {
      for (int i = 1; i < BOOKS; i++) look(i);
      Callable<Integer> last = () -> look(BOOKS);
      response.getWriter().print(later.submit(last).get());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private int look(int id) throws Exception {
    try (PreparedStatement book = connection.prepareStatement("SELECT id FROM book WHERE id = ?")) {
      book.setInt(1, id);
      try (ResultSet rows = book.executeQuery()) {
        rows.next();
        return rows.getInt(1);
      }
    }
  }

  @Override
  public void destroy() {
    later.shutdownNow();
    try {
      connection.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
