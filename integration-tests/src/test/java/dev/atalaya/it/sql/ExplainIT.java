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
    String url = address.replace("PORT", "" + mariaDb.port());
    String byCustomer = "SELECT * FROM orders o WHERE o.customer_id = 7 ORDER BY day LIMIT 5";
    List<Slow> slow =
        slow(
            library,
            url,
            "root",
            "DROP TABLE IF EXISTS orders",
            "CREATE TABLE orders (id INT PRIMARY KEY, customer_id INT, day DATE, note TEXT)",
            "INSERT INTO orders SELECT seq, seq % 500, '2026-01-31', 'CANARY' FROM seq_1_to_5000",
            "ANALYZE TABLE orders",
            byCustomer,
            "SELECT * FROM orders WHERE day = '2026-02-28' AND id > 2",
            "SELECT * FROM orders WHERE note = 'CANARY'",
            "SELECT * FROM orders FOR UPDATE");
    assertTrue(slow.get(0).plan.matches("o: ALL, key none, rows [45]\\d{3}, Using where.*"));
    assertEquals(
        "CREATE INDEX idx_orders_customer_id_day ON orders (customer_id, day)",
        slow.get(0).index());
    assertTrue(slow.get(1).plan.startsWith("orders: "), slow::toString);
    assertEquals("none", slow.get(2).index(), "a text cannot be indexed whole");
    assertEquals("none", slow.get(3).index());
    Slow indexed =
        slow(library, url, "root", "CREATE INDEX by_customer ON orders (customer_id)", byCustomer)
            .get(0);
    assertTrue(indexed.plan.startsWith("o: ref, key by_customer"), indexed::toString);
    assertEquals("none", indexed.index());
  }

  @Test
  void a_postgresql_that_does_not_know_generic_plans_by_name() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
      String library = "org.postgresql:postgresql:42.7.14";
      String url = postgres.getJdbcUrl("postgres", "postgres");
      String sql = "SELECT * FROM orders WHERE customer_id = 7 AND (? IS NULL OR note = 'CANARY')";
      Slow scanned =
          slow(
                  library,
                  url,
                  "postgres",
                  "CREATE TABLE orders AS SELECT x AS id, x % 5000 AS customer_id, 'n' AS note"
                      + " FROM generate_series(1, 50000) x",
                  "ANALYZE orders",
                  sql)
              .get(0);
      assertTrue(scanned.plan.startsWith("Seq Scan on orders"), scanned::toString);
      assertTrue(scanned.plan.contains("(customer_id = $1)"), scanned::toString);
      assertEquals("CREATE INDEX ON orders (customer_id)", scanned.index());
      Slow indexed =
          slow(library, url, "postgres", "CREATE INDEX by_customer ON orders (customer_id)", sql)
              .get(0);
      assertTrue(indexed.plan.contains("Scan on by_customer"), indexed::toString);
      assertEquals("none", indexed.index());
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

  /** What a slow SELECT's finding says. */
  private record Slow(String plan, String suggestion) {
    /** The index that is to be made, or "none". */
    String index() {
      return suggestion.startsWith("CREATE INDEX")
          ? suggestion.replaceFirst("(?s)\\).*", ")")
          : "none";
    }
  }

  /** Runs the statements in their order, each SELECT in a request; every one counts as slow. */
  private static List<Slow> slow(String library, String url, String user, String... sql) {
    List<String> arguments = new ArrayList<>(List.of(url, user));
    arguments.addAll(List.of(sql));
    List<Slow> slow = new ArrayList<>();
    try (App app =
        App.main("app.ExplainApp")
            .libraries(library)
            .arguments(arguments.toArray(new String[0]))
            .agent(null)
            .property("atalaya.slow.query.threshold", "0ms")
            .property("atalaya.explain", "on")
            .start()) {
      for (int i = 0; i < sql.length; i++) {
        if (!sql[i].startsWith("SELECT")) continue;
        String path = "/run/" + i;
        assertEquals(200, app.get(path).status(), () -> app.get(path).body());
        JsonNode finding = Told.await(app, "GET " + path, one -> !one.at("/slow/plan").isNull());
        slow.add(new Slow(finding.at("/slow/plan").asText(), finding.get("suggestion").asText()));
      }
      assertFalse(app.errors().contains("CANARY"), app::errors);
    }
    assertFalse(slow.toString().contains("CANARY"), slow::toString);
    return slow;
  }
}
