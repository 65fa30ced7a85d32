package dev.atalaya.agent.explain;

import dev.atalaya.agent.trace.Access;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** A connection of the agent's own that only asks, and not for long. */
final class Session implements AutoCloseable {
  private static final int STATEMENT_SECONDS = 1;
  private static final int NETWORK_MILLIS = 2_000;

  /** A plan of more lines is cut off anyway. */
  private static final int ROWS = 1_000;

  final Connection connection;
  private final long deadline;

  private Session(Connection connection, long deadline) {
    this.connection = connection;
    this.deadline = deadline;
  }

  /** Null where the driver is gone. {@code deadline} is compared with System.nanoTime(). */
  static @Nullable Session open(Access access, Properties properties, long deadline)
      throws SQLException {
    Connection connection = access.connect(properties);
    if (connection == null) return null;
    Session session = new Session(connection, deadline);
    try {
      if (!connection.getAutoCommit()) connection.setAutoCommit(true);
      connection.setReadOnly(true);
      session.limitReads();
      return session;
    } catch (SQLException | RuntimeException | Error e) {
      session.close();
      throw e;
    }
  }

  /** For a driver that does not know the property, or whose URL says otherwise. */
  private void limitReads() {
    try {
      connection.setNetworkTimeout(Runnable::run, NETWORK_MILLIS);
    } catch (SQLException | LinkageError unsupported) {
      // The statement's timeout remains.
    }
  }

  void run(String sql) throws SQLException {
    try (Statement statement = limited(connection.createStatement())) {
      statement.execute(sql);
    }
  }

  /** Runs what not every version knows. */
  void attempt(String sql) {
    try {
      run(sql);
    } catch (SQLException unknown) {
      // It goes without.
    }
  }

  /** Rows by column names in lower case. */
  List<Map<String, @Nullable String>> rows(String sql) throws SQLException {
    try (Statement statement = limited(connection.createStatement());
        ResultSet rows = statement.executeQuery(sql)) {
      return read(rows);
    }
  }

  /** The same of a prepared statement with these parameters; null is SQL's. */
  List<Map<String, @Nullable String>> rows(String sql, @Nullable String... parameters)
      throws SQLException {
    try (PreparedStatement statement = limited(connection.prepareStatement(sql))) {
      for (int i = 0; i < parameters.length; i++) statement.setString(i + 1, parameters[i]);
      try (ResultSet rows = statement.executeQuery()) {
        return read(rows);
      }
    }
  }

  /** The first column of all rows, as lines. */
  String text(String sql) throws SQLException {
    return lines(rows(sql));
  }

  static String lines(List<Map<String, @Nullable String>> rows) {
    StringBuilder text = new StringBuilder();
    for (Map<String, @Nullable String> row : rows) {
      if (text.length() > 0) text.append('\n');
      text.append(row.values().iterator().next());
    }
    return text.toString();
  }

  private <S extends Statement> S limited(S statement) throws SQLException {
    if (Thread.interrupted() || System.nanoTime() - deadline > 0) {
      statement.close();
      throw new SQLTimeoutException("too late");
    }
    statement.setQueryTimeout(STATEMENT_SECONDS);
    return statement;
  }

  private static List<Map<String, @Nullable String>> read(ResultSet rows) throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    List<Map<String, @Nullable String>> result = new ArrayList<>();
    while (rows.next() && result.size() < ROWS) {
      Map<String, @Nullable String> row = new LinkedHashMap<>();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        row.put(columns.getColumnLabel(i).toLowerCase(Locale.ROOT), rows.getString(i));
      }
      result.add(row);
    }
    return result;
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException | RuntimeException gone) {
      // It was closed already, or the server has left.
    }
  }
}
