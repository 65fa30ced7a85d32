package shop.setup;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/** Rows on their way into a table by PostgreSQL's COPY, a buffer at a time. */
final class Copy implements AutoCloseable {
  private static final int BUFFER = 64 * 1024;

  private final Writer rows;

  /**
   * @param table with its columns; it was truncated in this transaction, else FREEZE is refused
   */
  Copy(Connection connection, String table) throws SQLException {
    // Frozen rows need no VACUUM, which else would come a minute later, beside the first visitors.
    String sql = "copy " + table + " from stdin with (freeze)";
    PGConnection postgres = connection.unwrap(PGConnection.class);
    rows =
        new BufferedWriter(
            new OutputStreamWriter(
                new PGCopyOutputStream(postgres, sql, BUFFER), StandardCharsets.UTF_8),
            BUFFER);
  }

  /** Values without tabs, line ends and backslashes: nothing is escaped. */
  void row(Object... values) throws IOException {
    for (int i = 0; i < values.length; i++) {
      rows.write(i == 0 ? "" : "\t");
      rows.write(values[i].toString());
    }
    rows.write('\n');
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
