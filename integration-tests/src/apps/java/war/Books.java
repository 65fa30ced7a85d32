package war;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.servlet.ServletException;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/** Looks books up one by one, in the server's data source if it is told one, else in its own. */
public final class Books extends HttpServlet {
  private static final int BOOKS = 12;

  private transient DataSource source;

  @Override
  public void init() throws ServletException {
    String name = getInitParameter("source");
    try {
      source = name.isEmpty() ? own() : (DataSource) new InitialContext().lookup(name);
      try (Connection connection = source.getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE TABLE book (id INT PRIMARY KEY, shelf INT)");
        statement.execute("INSERT INTO book SELECT x, 1 FROM SYSTEM_RANGE(1, " + BOOKS + ")");
      }
    } catch (NamingException | SQLException e) {
      throw new ServletException(e);
    }
  }

  private static DataSource own() {
    JdbcDataSource own = new JdbcDataSource();
    own.setURL("jdbc:h2:mem:books;DB_CLOSE_DELAY=-1");
    return own;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    try (Connection connection = source.getConnection()) {
      int books = 0;
      for (int id : ids(connection)) books += book(connection, id);
      response.getWriter().print(books);
    } catch (SQLException e) {
      throw new ServletException(e);
    }
  }

  private static List<Integer> ids(Connection connection) throws SQLException {
    List<Integer> ids = new ArrayList<>();
    try (PreparedStatement shelf =
        connection.prepareStatement("SELECT id FROM book WHERE shelf = ?")) {
      shelf.setInt(1, 1);
      try (ResultSet rows = shelf.executeQuery()) {
        while (rows.next()) ids.add(rows.getInt(1));
      }
    }
    return ids;
  }

  private static int book(Connection connection, int id) throws SQLException {
    try (PreparedStatement book =
        connection.prepareStatement("SELECT shelf FROM book WHERE id = ?")) {
      book.setInt(1, id);
      try (ResultSet rows = book.executeQuery()) { // <- book
        rows.next();
        return rows.getInt(1);
      }
    }
  }
}
