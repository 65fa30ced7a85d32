package dev.atalaya.agent.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.library.jdbc.JdbcInstrumentation;
import dev.atalaya.agent.weave.LibraryInstrumentation;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What holds for every pool of JDBC connections. */
public interface ConnectionPoolContract {
  /** A database of its own for each pool's tests. */
  String URL = "jdbc:h2:mem:pools";

  LibraryInstrumentation instrumentation();

  /**
   * A pool of two connections that are initialised with {@code SELECT 1} and tested with {@code
   * SELECT 2} whenever they are borrowed or given back, as far as the pool can; who waits longer
   * than 300 ms gets an error. The connections' first mode is no auto-commit.
   */
  DataSource open() throws Exception;

  void close(DataSource pool) throws Exception;

  /** Whether the pool's figures are counted too. */
  default boolean counted() {
    return true;
  }

  @Test
  default void what_the_pool_does_for_itself_is_no_span() throws Exception {
    try (Woven woven = woven()) {
      DataSource pool = open();
      try {
        for (int i = 0; i < 3; i++) {
          woven.inRequest(
              () -> {
                try (Connection connection = pool.getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT 42")) {
                  return rows.next();
                }
              });
          Thread.sleep(550); // HikariCP does not test what was used half a second ago
        }
      } finally {
        close(pool);
      }
      List<String> calls = new ArrayList<>();
      woven.clientSpans().forEach(span -> calls.add(String.valueOf(span.template().text)));
      assertEquals(List.of("SELECT ?", "SELECT ?", "SELECT ?"), calls);
      woven
          .clientSpans()
          .forEach(span -> assertEquals("h2database", span.template().datasource.system));
    }
  }

  @Test
  default void what_the_application_commits_is_a_span() throws Exception {
    try (Woven woven = woven()) {
      DataSource pool = open();
      try (Connection connection = pool.getConnection()) {
        connection.commit();
      } finally {
        close(pool);
      }
      assertEquals("COMMIT", woven.clientSpan().name());
    }
  }

  @Test
  default void waits_uses_and_timeouts_are_counted() throws Exception {
    if (!counted()) return;
    try (Woven woven = woven()) {
      DataSource pool = open();
      try {
        pool.getConnection().close();
        int before = woven.counted().size();
        Connection first = pool.getConnection();
        Connection second = pool.getConnection();
        assertThrows(SQLException.class, pool::getConnection);
        first.close();
        first.close();
        second.close();
        List<String> counted = woven.counted();
        assertTrue(
            counted.contains("pool " + instrumentation().name()), "did not come up: " + counted);
        assertEquals(
            List.of("borrowed", "borrowed", "borrowed timed out", "returned", "returned"),
            counted.subList(before, counted.size()));
      } finally {
        close(pool);
      }
    }
  }

  @Test
  default void a_request_knows_how_long_it_waited_for_connections() throws Exception {
    if (!counted()) return;
    try (Woven woven = woven()) {
      DataSource pool = open();
      try (Connection first = pool.getConnection();
          Connection second = pool.getConnection()) {
        assertTrue(first.isValid(1) && second.isValid(1));
        woven.inRequest(() -> assertThrows(SQLException.class, pool::getConnection));
      } finally {
        close(pool);
      }
      long waited =
          woven.spans().stream()
              .mapToLong(span -> span.request().unit().poolWaitNanos())
              .max()
              .orElse(0);
      assertTrue(waited >= 250_000_000, () -> "waited " + waited + " ns of 300 ms");
    }
  }

  private Woven woven() {
    return Woven.with(new JdbcInstrumentation(), instrumentation());
  }
}
