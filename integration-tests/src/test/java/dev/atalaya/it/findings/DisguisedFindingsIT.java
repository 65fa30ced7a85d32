package dev.atalaya.it.findings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.atalaya.it.App;
import dev.atalaya.it.Findings;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the rules for silence must not swallow, and chatty requests, on H2. */
final class DisguisedFindingsIT {
  private static final String ORDERS = "SELECT id FROM orders WHERE customer_id = ? ORDER BY id";

  private static App app;

  @BeforeAll
  static void start() {
    app =
        App.main("app.FindingsApp")
            .release(17)
            .libraries("com.zaxxer:HikariCP:7.1.0", "com.h2database:h2:2.5.252")
            .arguments("jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1", "sa")
            .property("otel.service.name", "disguised")
            .agent(null)
            .start();
  }

  @AfterAll
  static void stop() {
    app.close();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "/lists_of_one, SELECT name FROM item WHERE order_id IN (?)",
    "/latest, SELECT name FROM item WHERE order_id = ? ORDER BY id DESC LIMIT ?",
    "/range_lookup, SELECT name FROM payment WHERE order_id >= ? AND order_id < ?",
    "/comments, SELECT name FROM item WHERE order_id = ?",
  })
  void a_query_per_row_stays_one(String path, String text) {
    Findings.twice(app, "disguised", path)
        .has("kind", "n_plus_one", "operation.text", text)
        .counts(20)
        .distinct(1)
        .cause(ORDERS, 20)
        .calledFrom("app.DisguisedFindings.each", "each");
  }

  @Test
  void execute_and_its_rows_count_as_executeQuery_does() {
    Findings.twice(app, "disguised", "/executed")
        .has("kind", "n_plus_one")
        .has("operation.text", "SELECT name FROM product WHERE id = ?")
        .counts(12)
        .distinct(1)
        .cause("SELECT product_id FROM item WHERE order_id <= ?", 12)
        .calledFrom("app.DisguisedFindings.executed", "executed")
        .confidence(0.85, 1);
  }

  @Test
  void not_every_row_needs_to_lead_to_a_query() {
    Findings.twice(app, "disguised", "/filtered")
        .has("kind", "n_plus_one")
        .counts(10)
        .distinct(1)
        .cause(ORDERS, 20)
        .calledFrom("app.DisguisedFindings.filtered", "filtered")
        .confidence(0.55, 0.75);
  }

  @Test
  void without_a_place_to_blame_it_is_chatty_from_twice_the_threshold() {
    App.Answer few = app.get("/two_places?8");
    assertEquals(200, few.status(), few.body());
    app.get("/five");
    Findings.only(app, "GET /five", 1);
    assertEquals(List.of(), Findings.of(app).at("GET /two_places"));
    App.Answer many = app.get("/two_places?10");
    Findings.only(app, "GET /two_places", 1)
        .wellFormed("disguised", many.traceId())
        .has("kind", "chatty", "severity", "info", "operation", null);
  }

  @Test
  void work_after_the_answer_belongs_to_it() {
    Findings.twice(app, "disguised", "/late")
        .has("kind", "n_plus_one")
        .counts(20)
        .distinct(1)
        .calledFrom("app.ParallelFindings.payment", "parallel thousand");
  }

  @Test
  void more_than_fifty_statements_are_chatty() {
    Findings.twice(app, "disguised", "/many_different")
        .has("kind", "chatty", "severity", "info", "operation", null);
  }
}
