package dev.atalaya.it.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.atalaya.it.App;
import dev.atalaya.it.Otlp;
import dev.atalaya.it.Told;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plans of the databases that the agent's own tests do not have. */
final class ExplainIT {
  @TempDir static Path folder;

  private static MariaDb mariaDb;

  @AfterAll
  static void stop() throws Exception {
    if (mariaDb != null) {
      mariaDb.close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "org.mariadb.jdbc:mariadb-java-client:3.5.10, jdbc:mariadb://localhost:PORT/test",
    "com.mysql:mysql-connector-j:9.7.0, jdbc:mysql://localhost:PORT/test?useSSL=false",
  })
  void mariadb_and_the_driver_of_mysql(String library, String address) throws Exception {
    if (mariaDb == null) {
      mariaDb = MariaDb.start(folder.resolve("mariadb"));
    }
    String byCustomer = "SELECT * FROM orders o WHERE o.customer_id = 7 ORDER BY day LIMIT 5";
    List<String> plans =
        plans(
            library,
            address.replace("PORT", "" + mariaDb.port()),
            "root",
            "DROP TABLE IF EXISTS orders",
            "CREATE TABLE orders (id INT PRIMARY KEY, customer_id INT, day DATE, note TEXT)",
            "INSERT INTO orders SELECT seq, seq % 500, '2026-01-31', 'CANARY' FROM seq_1_to_5000",
            "ANALYZE TABLE orders",
            byCustomer,
            "SELECT * FROM orders WHERE day = '2026-02-28' AND id > 2",
            "SELECT * FROM orders WHERE note = 'CANARY'",
            "SELECT * FROM orders FOR UPDATE",
            "CREATE INDEX by_customer ON orders (customer_id)",
            byCustomer);
    assertTrue(plans.get(0).matches("PLAN o: ALL, key none, rows [45]\\d{3}, Using where.*"));
    assertEquals(
        "SUGGESTION CREATE INDEX idx_orders_customer_id_day ON orders (customer_id, day)",
        plans.get(1));
    assertTrue(plans.get(2).startsWith("PLAN orders: "), plans::toString);
    assertEquals("SUGGESTION null", plans.get(5), "a text cannot be indexed whole");
    assertEquals("SUGGESTION null", plans.get(7));
    assertTrue(plans.get(8).startsWith("PLAN o: ref, key by_customer"), plans::toString);
    assertEquals("SUGGESTION null", plans.get(9));
    assertFalse(plans.toString().contains("CANARY"), plans::toString);
  }

  @Test
  void a_postgresql_that_does_not_know_generic_plans_by_name() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
      String sql = "SELECT * FROM orders WHERE customer_id = 7 AND (? IS NULL OR note = 'CANARY')";
      List<String> plans =
          plans(
              "org.postgresql:postgresql:42.7.14",
              postgres.getJdbcUrl("postgres", "postgres"),
              "postgres",
              "CREATE TABLE orders AS SELECT x AS id, x % 5000 AS customer_id, 'n' AS note"
                  + " FROM generate_series(1, 50000) x",
              "ANALYZE orders",
              sql,
              "CREATE INDEX by_customer ON orders (customer_id)",
              sql);
      assertTrue(plans.get(0).startsWith("PLAN Seq Scan on orders"), plans::toString);
      assertTrue(plans.toString().contains("(customer_id = $1)"), plans::toString);
      assertTrue(plans.contains("SUGGESTION CREATE INDEX ON orders (customer_id)"));
      assertTrue(plans.toString().contains("Scan on by_customer"), plans::toString);
      assertEquals("SUGGESTION null", plans.get(plans.size() - 1));
      assertFalse(plans.toString().contains("CANARY"), plans::toString);
    }
  }

  @Test
  void the_finding_of_a_slow_query_has_its_plan_and_an_index_where_that_is_wanted()
      throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
      try (Connection connection = postgres.getPostgresDatabase().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute(
            "CREATE TABLE visits AS SELECT x AS id, x % 50000 AS customer_id, 'CANARY' AS note"
                + " FROM generate_series(1, 500000) x");
        statement.execute("ANALYZE visits");
      }
      String url = postgres.getJdbcUrl("postgres", "postgres");
      try (App app = visits(url).start()) {
        assertEquals("10 visits", app.get("/visits?7").body());
        Told.await(app, "GET /visits");
        Otlp.sleep(3_000);
        JsonNode slow = Told.await(app, "GET /visits").get("slow");
        assertTrue(slow.get("plan").isNull(), slow::toString);
      }
      try (App app = visits(url).property("atalaya.explain", "on").start()) {
        app.get("/visits?7");
        JsonNode finding = Told.await(app, "GET /visits", one -> !one.at("/slow/plan").isNull());
        String plan = finding.at("/slow/plan").asText();
        assertTrue(plan.contains("Seq Scan on visits"), plan);
        assertTrue(plan.contains("(customer_id = $1)"), plan);
        String suggestion = finding.get("suggestion").asText();
        assertTrue(suggestion.startsWith("CREATE INDEX ON visits (customer_id)"), suggestion);
        assertEquals(10, finding.at("/slow/rows").asInt());
        assertFalse(app.errors().contains("CANARY"));
      }
    }
  }

  /** Reading half a million rows takes some 20 ms; a fifth of that even on a fast machine. */
  private static App.Launch visits(String url) {
    return App.main("app.VisitsApp")
        .libraries("org.postgresql:postgresql:42.7.14")
        .arguments(url)
        .agent(null)
        .property("atalaya.slow.query.threshold", "2ms");
  }

  private static List<String> plans(String library, String url, String user, String... sql) {
    List<String> arguments = new ArrayList<>(List.of(url, user));
    arguments.addAll(List.of(sql));
    try (App app =
        App.main("app.ExplainApp")
            .libraries(library, "com.blogspot.mydailyjava:weak-lock-free:0.18")
            .classPath(App.agentJar().resolveSibling("classes"))
            .arguments(arguments.toArray(new String[0]))
            .launch()) {
      assertEquals(0, app.join(), app::errors);
      return app.output().lines().toList();
    }
  }
}
