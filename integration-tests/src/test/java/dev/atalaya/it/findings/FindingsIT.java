package dev.atalaya.it.findings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.atalaya.it.App;
import dev.atalaya.it.Finding;
import dev.atalaya.it.Findings;
import dev.atalaya.it.Jvms;
import dev.atalaya.it.Metrics;
import dev.atalaya.it.Sources;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is found in plain JDBC: how often, after what, and from which line. */
@ParameterizedClass(name = "{0}")
@ValueSource(strings = {"h2database", "postgresql"})
final class FindingsIT {
  private static final String ORDERS = "SELECT id FROM orders WHERE customer_id = ? ORDER BY id";
  private static final String ITEMS = "SELECT name FROM item WHERE order_id = ?";
  private static final String PAYMENT = "SELECT name FROM payment WHERE order_id = ?";
  private static final String PRODUCT = "SELECT name FROM product WHERE id = ?";

  private static EmbeddedPostgres postgres;
  private static App app;

  @Parameter String system;

  @BeforeParameterizedClassInvocation
  static void start(String system) throws Exception {
    if (system.equals("postgresql")) {
      postgres = EmbeddedPostgres.start();
    }
    app = launch("postgres").start();
  }

  @AfterParameterizedClassInvocation
  static void stop() throws Exception {
    app.close();
    if (postgres != null) {
      postgres.close();
      postgres = null;
    }
  }

  private static App.Launch launch(String database) {
    App.Launch launch =
        App.main("app.FindingsApp")
            .release(17)
            .property("otel.service.name", "findings")
            .agent(null);
    return postgres != null
        ? launch
            .libraries("com.zaxxer:HikariCP:7.1.0", "org.postgresql:postgresql:42.7.14")
            .arguments(postgres.getJdbcUrl("postgres", database), "postgres")
        : launch
            .libraries("com.zaxxer:HikariCP:7.1.0", "com.h2database:h2:2.5.252")
            .arguments("jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1", "sa");
  }

  private Finding twice(String path) {
    return Findings.twice(app, "findings", path).has("operation.system", system);
  }

  @Test
  void a_query_per_row_is_found_with_its_cause_and_its_line() {
    Finding finding =
        twice("/list")
            .has("kind", "n_plus_one", "operation.summary", "SELECT item")
            .has("operation.text", ITEMS, "operation.execution", "sequential")
            .counts(20)
            .distinct(1)
            .cause(ORDERS, 20)
            .calledFrom("app.FindingsApp.list", "list")
            .severity("warning", "critical")
            .confidence(0.85, 1);
    assertEquals(0, finding.children().size(), finding::toString);
    Metrics metrics = app.metrics();
    assertEquals(
        2,
        metrics.value(
            "atalaya_findings_total", "entry_point", "GET /list", "db_system_name", system),
        () -> metrics.about("atalaya_findings"));
    assertTrue(
        metrics.value("atalaya_verdicts_total", "verdict", "n_plus_one") >= 2,
        () -> metrics.about("atalaya_verdicts"));
    assertTrue(
        metrics.value("atalaya_finding_wasted_seconds_total", "entry_point", "GET /list") > 0,
        () -> metrics.about("atalaya_finding"));
  }

  @Test
  void literals_of_plain_statements_count_as_values() {
    twice("/literals")
        .has("kind", "n_plus_one", "operation.summary", "SELECT item")
        .has("operation.text", "SELECT name FROM item WHERE order_id = ? AND name <> ?")
        .has("operation.execution", "sequential")
        .counts(20)
        .distinct(1)
        .cause(ORDERS, 20)
        .calledFrom("app.FindingsApp.literals", "literals")
        .severity("warning", "critical")
        .confidence(0.75, 1);
  }

  @Test
  void the_cause_may_still_be_being_read() {
    twice("/cursor")
        .has("kind", "n_plus_one", "operation.text", ITEMS)
        .counts(20)
        .distinct(1)
        .cause("SELECT id FROM orders WHERE customer_id = ?", 20)
        .calledFrom("app.FindingsApp.cursor", "cursor")
        .confidence(0.85, 1);
  }

  @Test
  void the_callers_of_a_shared_class_show_in_the_stack() {
    Finding finding =
        twice("/dao")
            .has("kind", "n_plus_one", "operation.text", ITEMS)
            .counts(20)
            .cause(ORDERS, 20)
            .calledFrom("app.FindingsApp$Dao.items", "dao");
    JsonNode stack = finding.at("call_site.stack");
    assertTrue(stack.isArray() && stack.size() > 0 && stack.size() <= 5, finding::toString);
    boolean caller = false;
    for (JsonNode frame : stack) {
      caller |=
          frame.path("function").asText().equals("app.FindingsApp.dao")
              && frame.path("file").asText().equals("FindingsApp.java")
              && frame.path("line").asInt() == Sources.line("app.FindingsApp", "dao's caller");
    }
    assertTrue(caller, finding::toString);
  }

  @Test
  void a_lambda_is_the_method_that_holds_it() {
    twice("/lambda")
        .has("kind", "n_plus_one", "operation.text", PAYMENT)
        .counts(20)
        .cause(ORDERS, 20)
        .calledFrom("app.FindingsApp.lambda", "lambda");
  }

  @Test
  void a_loop_in_a_loop_is_one_finding() {
    Finding finding =
        twice("/nested")
            .has("kind", "n_plus_one", "operation.summary", "SELECT item")
            .has("operation.text", "SELECT product_id FROM item WHERE order_id = ?")
            .counts(10)
            .cause(ORDERS, 10)
            .calledFrom("app.FindingsApp.nested", "nested items")
            .severity("warning", "critical");
    assertEquals(1, finding.children().size(), finding::toString);
    finding
        .children()
        .get(0)
        .has("system", system, "summary", "SELECT product", "text", PRODUCT)
        .has("count_typical", 30, "count_max", 30, "execution", "sequential")
        .calledFrom("app.FindingsApp.nested", "nested products");
  }

  @Test
  void statements_in_turn_are_one_finding() {
    Finding finding =
        twice("/interleaved")
            .has("kind", "n_plus_one", "operation.text", ITEMS)
            .counts(20)
            .distinct(1)
            .cause(ORDERS, 20)
            .calledFrom("app.FindingsApp.interleaved", "interleaved items");
    assertEquals(1, finding.children().size(), finding::toString);
    finding
        .children()
        .get(0)
        .has("summary", "SELECT payment", "text", PAYMENT, "count_typical", 20, "count_max", 20)
        .calledFrom("app.FindingsApp.interleaved", "interleaved payments");
  }

  @Test
  void two_pools_of_one_database_are_one() {
    twice("/pools")
        .has("kind", "n_plus_one", "operation.text", PAYMENT)
        .counts(20)
        .distinct(1)
        .cause(ORDERS, 20)
        .calledFrom("app.FindingsApp.pools", "pools");
  }

  @Test
  void a_thousand_repeats_are_counted_exactly() {
    twice("/thousand")
        .has("kind", "n_plus_one", "operation.text", PRODUCT, "cause", null)
        .counts(1_000)
        .distinct(1)
        .calledFrom("app.FindingsApp.products", "products")
        .severity("warning", "critical")
        .confidence(0.55, 0.75);
  }

  @Test
  void five_reads_are_enough() {
    twice("/five")
        .has("kind", "n_plus_one", "operation.text", PRODUCT, "cause", null)
        .counts(5)
        .distinct(1)
        .calledFrom("app.FindingsApp.five", "five")
        .confidence(0.55, 0.75);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "/same, duplicate_query, 6, 0.1667",
    "/few_values, duplicate_query, 20, 0.2",
    "/many_values, n_plus_one, 20, 0.25",
  })
  void few_values_again_and_again_are_duplicates(
      String path, String kind, int count, double distinct) {
    Finding finding =
        twice(path)
            .has("kind", kind, "operation.text", PRODUCT)
            .counts(count)
            .distinct(distinct)
            .calledFrom("app.FindingsApp.products", "products");
    if (kind.equals("duplicate_query")) {
      finding.suggests("cache");
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "/parallel_stream, streamed, parallel stream",
    "/futures, futures, futures",
  })
  void queries_on_other_threads_belong_to_the_request(String path, String method, String mark) {
    parallel(twice(path), method, mark);
  }

  @Test
  void so_do_queries_on_virtual_threads() {
    try (App modern = launch("template1").jvm(Jvms.of(25)).start()) {
      parallel(Findings.twice(modern, "findings", "/virtual"), "virtually", "virtual");
    }
  }

  private static void parallel(Finding finding, String method, String mark) {
    finding
        .has("kind", "n_plus_one", "operation.summary", "SELECT payment")
        .has("operation.text", "SELECT name, PAUSE(?) FROM payment WHERE order_id = ?")
        .has("operation.execution", "parallel")
        .counts(20)
        .distinct(1)
        .cause(ORDERS, 20)
        .calledFrom("app.ParallelFindings." + method, mark)
        .severity("warning", "critical")
        .confidence(0.75, 1);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "/insert, INSERT note, 'INSERT INTO note (run, text) VALUES (?, ?)', 25, '', 0",
    "/update, UPDATE orders, UPDATE orders SET paid = paid + ? WHERE id = ?, 20, "
        + "SELECT id FROM orders WHERE customer_id = ? ORDER BY id, 20",
    "/delete, DELETE note, DELETE FROM note WHERE id = ?, 25, "
        + "SELECT id FROM note WHERE run = ?, 25",
  })
  void a_write_per_row_is_found(
      String path, String summary, String text, int count, String cause, int rows) {
    Finding finding =
        twice(path)
            .has("kind", "n_plus_one_write", "operation.summary", summary)
            .has("operation.text", text, "operation.execution", "sequential")
            .counts(count)
            .distinct(1)
            .calledFrom("app.WriteFindings" + path.replace('/', '.'), path.substring(1))
            .severity("warning", "critical")
            .suggests("batch");
    if (cause.isEmpty()) {
      finding.has("cause", null);
    } else {
      finding.cause(cause, rows);
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "/small_batches, BATCH INSERT note, 25, write, small batches",
    "/small_lists, SELECT item, 10, smallLists, small lists",
  })
  void batches_too_small_are_worth_a_remark(
      String path, String summary, int count, String method, String mark) {
    twice(path)
        .has("kind", "batch_too_small", "severity", "info", "operation.summary", summary)
        .counts(count)
        .calledFrom("app.WriteFindings." + method, mark);
  }
}
