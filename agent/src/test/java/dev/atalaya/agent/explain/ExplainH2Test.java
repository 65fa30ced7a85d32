package dev.atalaya.agent.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Plans of H2. */
class ExplainH2Test {
  private static final String URL = "jdbc:h2:mem:explain";

  private Connection connection;
  private final Asking asking = new Asking(new org.h2.Driver(), URL, new Properties());

  @BeforeEach
  void start() throws Exception {
    connection = DriverManager.getConnection(URL);
    run(
        "CREATE TABLE orders (id INT PRIMARY KEY, customer_id INT, created DATE, note VARCHAR(40))");
    run(
        "INSERT INTO orders SELECT x, MOD(x, 500), DATE '2026-01-01', 'n' FROM SYSTEM_RANGE(1,5000)");
    run("CREATE TABLE customers (id INT PRIMARY KEY, name VARCHAR(40))");
    run("INSERT INTO customers SELECT x, 'c' || x FROM SYSTEM_RANGE(1, 500)");
    run("ANALYZE");
  }

  @AfterEach
  void stop() throws Exception {
    connection.close();
  }

  @Test
  void a_scan_of_a_large_table_suggests_an_index_until_it_is_there() throws Exception {
    String sql = "SELECT * FROM orders WHERE customer_id = 7 AND note LIKE 'x%' ORDER BY created";
    Plan plan = asking.plan(sql);
    assertTrue(plan.text.contains("ORDERS.tableScan"), plan.text);
    assertEquals("CREATE INDEX ON orders (customer_id, created)", plan.suggestion);
    run(plan.suggestion);
    Plan better = asking.plan(sql);
    assertFalse(better.text.contains("tableScan"), better.text);
    assertNull(better.suggestion);
  }

  @Test
  void a_join_suggests_an_index_of_the_filtered_table() throws Exception {
    Plan plan =
        asking.plan(
            "SELECT * FROM orders o JOIN customers c ON c.id = o.customer_id"
                + " WHERE o.note = ? AND c.name <> ?");
    assertEquals("CREATE INDEX ON orders (note)", plan.suggestion, plan.text);
  }

  @Test
  void a_small_table_and_a_scan_without_a_filter_suggest_none() throws Exception {
    assertNull(asking.plan("SELECT * FROM customers WHERE name = ?").suggestion);
    assertNull(asking.plan("SELECT * FROM orders").suggestion);
    assertNull(asking.plan("SELECT * FROM orders WHERE lower(note) = ?").suggestion);
    assertNull(asking.plan("SELECT * FROM orders WHERE note LIKE ?").suggestion);
  }

  @Test
  void a_views_values_are_not_in_the_plan() throws Exception {
    run("CREATE VIEW secret AS SELECT * FROM orders WHERE note = 'CANARY' AND id > 424242");
    Plan plan = asking.plan("SELECT * FROM secret WHERE customer_id = 434343");
    assertFalse(plan.text.matches("(?s).*(CANARY|4[23]4[23]4[23]).*"), plan.text);
  }

  @Test
  void a_database_that_is_gone_is_not_made_anew() throws Exception {
    connection.close();
    assertNull(asking.plan("SELECT * FROM orders"));
    Properties properties = new Properties();
    properties.setProperty("IFEXISTS", "TRUE");
    try (Connection none = DriverManager.getConnection(URL, properties)) {
      assertNull(none, "the database is there");
    } catch (java.sql.SQLException expected) {
      assertEquals("90146", expected.getSQLState());
    }
    connection = DriverManager.getConnection(URL);
  }

  @Test
  void a_script_that_runs_on_connecting_is_not_run_again() throws Exception {
    String url = URL + ";INIT=DROP TABLE IF EXISTS orders";
    assertNull(new Asking(new org.h2.Driver(), url, new Properties()).plan("SELECT 1"));
    assertNotNull(asking.plan("SELECT * FROM orders"));
  }

  private void run(String sql) throws Exception {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
