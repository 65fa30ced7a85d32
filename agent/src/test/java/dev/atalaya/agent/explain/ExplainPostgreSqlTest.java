package dev.atalaya.agent.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Plans of a real PostgreSQL. */
class ExplainPostgreSqlTest {
  private static EmbeddedPostgres postgres;
  private static Connection connection;
  private static Asking asking;

  @BeforeAll
  static void start() throws Exception {
    postgres = EmbeddedPostgres.start();
    String url = postgres.getJdbcUrl("postgres", "postgres");
    connection = DriverManager.getConnection(url);
    asking = new Asking(new org.postgresql.Driver(), url, new Properties());
    run(
        "CREATE TABLE orders (id int PRIMARY KEY, customer_id int, status varchar(20), note text,"
            + " created_at timestamptz, body jsonb)");
    run(
        "INSERT INTO orders SELECT x, x % 5000, 'S' || x % 3, 'n' || x,"
            + " now() - x * interval '1 minute', '{}' FROM generate_series(1, 50000) x");
    run("CREATE TABLE small AS SELECT x AS id FROM generate_series(1, 100) x");
    run("ANALYZE");
  }

  @AfterAll
  static void stop() throws Exception {
    connection.close();
    postgres.close();
  }

  @Test
  void a_scan_of_a_large_table_suggests_an_index_until_it_is_there() throws Exception {
    String sql =
        "SELECT * FROM orders WHERE customer_id = 4711 AND created_at > '2026-01-31' LIMIT 20";
    Plan plan = asking.plan(sql);
    assertTrue(plan.text.contains("Seq Scan on orders"), plan.text);
    assertTrue(plan.text.contains("customer_id = $1"), plan.text);
    assertEquals("CREATE INDEX ON orders (customer_id, created_at)", plan.suggestion);
    run("CREATE INDEX temporary ON orders (customer_id)");
    try {
      Plan better = asking.plan(sql);
      assertTrue(better.text.contains("temporary"), better.text);
      assertNull(better.suggestion);
    } finally {
      run("DROP INDEX temporary");
    }
  }

  @Test
  void text_columns_and_the_order_are_suggested() throws Exception {
    assertEquals(
        "CREATE INDEX ON orders (note, created_at)",
        asking.plan("SELECT * FROM orders WHERE note = ? ORDER BY created_at DESC").suggestion);
  }

  @Test
  void a_scan_for_each_row_of_another_table_suggests_an_index() throws Exception {
    Plan plan =
        asking.plan(
            "SELECT s.id, (SELECT count(*) FROM orders o WHERE o.customer_id = s.id) FROM small s");
    assertTrue(plan.text.contains("SubPlan"), plan.text);
    assertEquals("CREATE INDEX ON orders (customer_id)", plan.suggestion);
  }

  @Test
  void a_filter_that_keeps_most_rows_suggests_none() throws Exception {
    assertNull(asking.plan("SELECT * FROM orders WHERE status = ?").suggestion);
  }

  @Test
  void an_expression_and_like_and_no_filter_and_a_small_table_suggest_none() throws Exception {
    assertNull(asking.plan("SELECT * FROM orders WHERE lower(note) = ?").suggestion);
    assertNull(asking.plan("SELECT * FROM orders WHERE note LIKE ?").suggestion);
    assertNull(asking.plan("SELECT * FROM orders WHERE customer_id::text = ?").suggestion);
    assertNull(asking.plan("SELECT count(*) FROM orders").suggestion);
    assertNull(asking.plan("SELECT * FROM small WHERE id = ?").suggestion);
  }

  @Test
  void names_that_need_quotes_and_schemas_have_them() throws Exception {
    run("CREATE SCHEMA other");
    run(
        "CREATE TABLE other.\"Big Table\" AS SELECT x AS \"order\", x AS b FROM generate_series(1, 9999) x");
    run("ANALYZE other.\"Big Table\"");
    assertEquals(
        "CREATE INDEX ON other.\"Big Table\" (\"order\")",
        asking.plan("SELECT * FROM other.\"Big Table\" t WHERE t.\"order\" = 7").suggestion);
  }

  @Test
  void partitions_suggest_an_index_of_the_whole_table() throws Exception {
    run("CREATE TABLE parts (id int, k int) PARTITION BY RANGE (id)");
    run("CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (0) TO (100000)");
    run("INSERT INTO parts SELECT x, x FROM generate_series(1, 20000) x");
    run("ANALYZE parts");
    assertEquals(
        "CREATE INDEX ON parts (k)", asking.plan("SELECT * FROM parts WHERE k = 1").suggestion);
  }

  @Test
  void a_parameter_without_a_type_is_a_text() throws Exception {
    Plan plan =
        asking.plan("SELECT * FROM orders WHERE (? IS NULL OR note = ?) AND (? IS NULL OR id = ?)");
    assertTrue(plan.text.contains("Seq Scan on orders"), plan.text);
  }

  @Test
  void a_views_values_are_not_in_the_plan() throws Exception {
    run(
        "CREATE VIEW secret AS SELECT * FROM orders"
            + " WHERE note <> 'CANARY' AND id > 424242 AND status IN ('CANARY2', 'it''s')");
    Plan plan = asking.plan("SELECT * FROM secret WHERE customer_id = 434343 AND note = 'CANARY3'");
    assertTrue(plan.text.contains("on orders"), plan.text);
    assertFalse(plan.text.matches("(?s).*(CANARY|it'|4[23]4[23]4[23]).*"), plan.text);
    assertTrue(plan.text.contains("cost="), plan.text);
  }

  @Test
  void locks_functions_and_common_table_expressions_are_explained() throws Exception {
    run("CREATE SEQUENCE ids");
    assertNotNull(asking.plan("SELECT * FROM orders WHERE id = ? FOR UPDATE"));
    assertNotNull(asking.plan("SELECT nextval('ids')"));
    assertNotNull(asking.plan("WITH o AS (SELECT * FROM orders LIMIT 5) SELECT * FROM o"));
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT is_called FROM ids")) {
      row.next();
      assertFalse(row.getBoolean(1), "the function was called");
    }
  }

  @Test
  void what_is_no_single_select_is_not_explained() throws Exception {
    assertNull(asking.plan("INSERT INTO small VALUES (1) RETURNING id"));
    assertNull(asking.plan("SELECT * INTO copies FROM small"));
    assertNull(asking.plan("SELECT 1; SELECT 2"));
    assertNull(asking.plan("SELECT * FROM nowhere"));
    assertNull(asking.plan("SELECT * FROM orders WHERE body ?? 'key'"));
  }

  @Test
  void a_locked_table_is_waited_for_no_longer_than_a_second() throws Exception {
    connection.setAutoCommit(false);
    try {
      run("LOCK TABLE small IN ACCESS EXCLUSIVE MODE");
      long begin = System.nanoTime();
      assertNull(asking.plan("SELECT * FROM small WHERE id = ?"));
      long millis = (System.nanoTime() - begin) / 1_000_000;
      assertTrue(millis >= 900 && millis < 4_000, () -> millis + " ms");
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  @Test
  void nothing_stays_open() throws Exception {
    asking.plan("SELECT * FROM orders WHERE id = ?");
    asking.plan("SELECT * FROM nowhere");
    long left = 1;
    for (int i = 0; i < 50 && left > 0; i++, Thread.sleep(20)) left = sessions();
    assertEquals(0, left);
  }

  private static long sessions() throws Exception {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'atalaya'")) {
      row.next();
      return row.getLong(1);
    }
  }

  private static void run(String sql) throws Exception {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
