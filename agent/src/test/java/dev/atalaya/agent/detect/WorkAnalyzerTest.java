package dev.atalaya.agent.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.config.Options;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.Simulation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Causes, and what belongs together. */
class WorkAnalyzerTest {
  private static final String ORDERS = "SELECT * FROM orders";
  private static final String ITEMS = "SELECT * FROM items WHERE order_id = ?";
  private static final String PRODUCTS = "SELECT * FROM products WHERE id = ?";
  private static final String CUSTOMERS = "SELECT * FROM customers WHERE id = ?";

  private final Simulation app = new Simulation();
  private final Request request = app.request("/orders");

  // ---- Causes ----------------------------------------------------------------------------------

  @Test
  void the_cause_is_the_nearest_read_whose_rows_match() {
    app.query("SELECT * FROM users WHERE id = ?", 1, 1);
    app.query(ORDERS, 20);
    app.query("SELECT * FROM settings", 3);
    app.query("SELECT count(*) FROM orders", 1);
    for (int i = 0; i < 20; i++) app.query(ITEMS, 3, i);
    assertEquals("items x20 <- orders(20)", findings());
  }

  @ParameterizedTest
  @CsvSource({"10, orders", "9, ", "40, orders", "41, "})
  void rows_match_within_a_factor_of_two_or_there_is_no_cause(int rows, String cause) {
    app.query(ORDERS, rows);
    app.query("SELECT * FROM settings", 3);
    for (int i = 0; i < 20; i++) app.query(ITEMS, 3, i);
    OperationSummary items = only();
    assertEquals(cause, items.cause == null ? null : items.cause.operation.table);
    assertEquals(
        items.cause == null,
        FindingLine.of(occurrence(items), List.of()).contains("cause not seen"));
  }

  /** Exactly, then within a tenth, then half to twice; of two that fit as well, the nearer. */
  @ParameterizedTest
  @CsvSource({
    "20, 25, users", "22, 25, users", "25, 40, orders", "25, 22, orders", "20, 20, orders",
    "20, 22, users", "20, 0, users", "20, 1, users", "22, 18, orders", "20, 6, users",
  })
  void rows_that_match_better_go_before_the_nearer(int users, int orders, String cause) {
    app.query("SELECT * FROM users", users);
    app.query(ORDERS, orders);
    for (int i = 0; i < 20; i++) app.query(ITEMS, 3, i);
    assertEquals(cause, only().cause.operation.table);
  }

  @Test
  void the_vets_are_the_cause_and_not_the_specialties_that_are_nearer() {
    app.query("SELECT * FROM vets", 6);
    app.query("SELECT * FROM specialties", 3);
    for (int i = 0; i < 6; i++) app.query("SELECT * FROM vet_specialties WHERE vet = ?", 1, i);
    assertEquals("vet_specialties x6 <- vets(6)", findings());
  }

  @Test
  void different_values_are_explained_by_as_many_rows() {
    app.query("SELECT * FROM users", 12);
    app.query("SELECT * FROM settings", 3);
    for (int i = 0; i < 36; i++) app.query(ITEMS, 3, i % 12);
    assertEquals("items x36 <- users(12)", findings());
  }

  /** A table of five that twenty rows refer to is no cause of twenty reads. */
  @Test
  void as_many_rows_as_executions_go_before_as_many_as_values() {
    app.query(ORDERS, 20);
    app.query("SELECT * FROM states", 5);
    for (int i = 0; i < 20; i++) app.query(ITEMS, 3, i % 5);
    assertEquals("items x20 <- orders(20)", findings());
  }

  @ParameterizedTest
  @CsvSource({"0", "1"})
  void none_or_one_row_explains_no_loop(int rows) {
    app.query(ORDERS, rows);
    for (int i = 0; i < 20; i++) app.query("SELECT * FROM config WHERE a = ?", 1, i % 2);
    assertNull(only().cause);
  }

  /** The filter asks who it is, and the page for the authors of its twelve articles. */
  @ParameterizedTest
  @CsvSource({"1", "2", "3"})
  void what_was_asked_for_before_by_the_same_statement_is_none_of_the_repeats(int before) {
    for (int i = 0; i < before; i++) app.query(CUSTOMERS, 1, 100);
    app.query("SELECT * FROM settings", 3);
    app.query(ORDERS, 12);
    for (int i = 0; i < 12; i++) app.query(CUSTOMERS, 1, i);
    assertEquals("customers x" + (12 + before) + " <- orders(12)", findings());
    assertEquals(Cause.Fit.COUNT, only().fit);
  }

  @Test
  void nor_do_other_loops_belong_to_what_was_asked_for_before() {
    app.query(CUSTOMERS, 1, 100);
    app.query(ORDERS, 12);
    items(12);
    app.query("SELECT * FROM users", 7);
    for (int i = 0; i < 7; i++) app.query(CUSTOMERS, 1, i);
    assertEquals("items x12 <- orders(12); customers x8 <- users(7)", findings());
  }

  @Test
  void the_outer_loop_stands_above_what_was_asked_for_before_it_began() {
    app.query(CUSTOMERS, 1, 100);
    app.query(ORDERS, 12);
    for (int i = 0; i < 12; i++) {
      app.query(ITEMS, 4, i);
      app.query(CUSTOMERS, 1, i);
    }
    assertEquals("items x12 <- orders(12) [customers x13 <- orders]", findings());
  }

  @Test
  void the_line_names_where_the_cause_was_read_once_that_is_known() {
    app.end(request);
    List<String> lines = new ArrayList<>();
    for (int round = 0; round < 2; round++) {
      Request again = app.request("/again");
      app.query(ORDERS, 20);
      for (int i = 0; i < 20; i++) app.query(ITEMS, 3, i);
      OperationSummary items = analysis(again).findings.get(0);
      lines.add(FindingLine.of(occurrence(items), List.of()));
      items.cause.wantLine();
      app.end(again);
    }
    assertFalse(lines.get(0).contains("read at"), lines.get(0));
    assertTrue(lines.get(1).contains(" after SELECT orders (20 rows) read at "), lines.get(1));
  }

  @Test
  void a_join_that_multiplies_rows_is_a_cause_of_which_less_is_sure() {
    app.query("SELECT * FROM articles a LEFT JOIN tags t ON t.article = a.id", 60);
    for (int i = 0; i < 20; i++) app.query(CUSTOMERS, 1, i);
    assertEquals(Cause.Fit.JOIN, only().fit);
    String line = FindingLine.of(occurrence(only()), List.of());
    assertTrue(line.contains("(60 rows of a join)"), line);
    double unsure = Confidence.of(only(), Request.Kind.REQUEST);
    app.query(ORDERS, 20);
    for (int i = 0; i < 20; i++) app.query(ITEMS, 1, i);
    OperationSummary sure = analysis().findings.get(1);
    assertEquals(0.75, unsure);
    assertEquals(1, Confidence.of(sure, Request.Kind.REQUEST));
  }

  @ParameterizedTest
  @CsvSource({
    "SELECT * FROM articles, 60",
    "SELECT * FROM articles a JOIN tags t ON t.a = a.id, 201",
    "SELECT * FROM articles a JOIN tags t ON t.a = a.id, 9",
  })
  void but_neither_a_single_table_nor_any_number_of_rows(String sql, int rows) {
    app.query(sql, rows);
    for (int i = 0; i < 20; i++) app.query(CUSTOMERS, 1, i);
    assertNull(only().cause);
  }

  @Test
  void a_neighbour_in_the_same_loop_is_no_cause() {
    app.query(ORDERS, 20);
    for (int i = 0; i < 20; i++) {
      app.query(CUSTOMERS, 1, i);
      app.query(ITEMS, 3, i);
    }
    assertEquals("customers x20 <- orders(20) [items x20 <- orders]", findings());
  }

  @Test
  void a_neighbour_is_the_cause_where_there_is_no_better() {
    for (int i = 0; i < 20; i++) {
      app.query(CUSTOMERS, 1, i);
      app.query(ITEMS, 3, i);
    }
    assertEquals("customers x20 [items x20 <- customers]", findings());
  }

  @Test
  void with_nothing_before_there_is_no_cause() {
    for (int i = 0; i < 20; i++) app.query(ITEMS, 3, i);
    assertNull(only().cause);
    assertEquals(Kind.N_PLUS_ONE, only().kind);
  }

  @Test
  void a_write_between_does_not_hide_the_cause() {
    app.query(ORDERS, 20);
    app.query("UPDATE seen SET at = ?", -1, 1);
    for (int i = 0; i < 20; i++) app.query(ITEMS, 3, i);
    assertEquals("items x20 <- orders(20)", findings());
  }

  @Test
  void a_pools_question_and_a_sequence_cause_nothing() {
    app.query(ORDERS, 20);
    app.query("SELECT 1", 1);
    app.query("SELECT nextval('s')", 1);
    for (int i = 0; i < 20; i++) app.query(ITEMS, 3, i);
    assertEquals("items x20 <- orders(20)", findings());
  }

  @Test
  void an_open_cursor_is_a_cause_with_the_rows_read_so_far() {
    var cursor = app.openBeside(ORDERS);
    Object rows = new Object();
    app.recorder.rows(cursor, rows);
    for (int i = 0; i < 20; i++) {
      app.recorder.next(rows, true);
      app.query(ITEMS, 3, i);
    }
    assertEquals("items x20 <- orders(20)", findings());
  }

  @Test
  void a_read_of_many_from_redis_is_a_cause() {
    app.redis(List.of("a", "b", "c", "d", "e"), "MGET", "o:1", "o:2", "o:3", "o:4", "o:5");
    for (int i = 0; i < 5; i++) app.query(ITEMS, 3, i);
    assertEquals("MGET", only().cause.operation.verb);
    assertEquals(5, only().cause.rows);
  }

  @Test
  void a_read_causes_writes_commands_and_requests() {
    app.query(ORDERS, 20);
    for (int i = 0; i < 20; i++) app.query("UPDATE orders SET a = ? WHERE id = ?", -1, 1, i);
    for (int i = 0; i < 20; i++) app.redis("x", "GET", "order:" + i);
    for (int i = 0; i < 20; i++) app.http("GET", "http://stock/items/" + i, 200);
    for (OperationSummary summary : analysis().classified)
      assertEquals("orders", summary.cause.operation.table);
    assertEquals(3, analysis().classified.size());
  }

  // ---- What belongs together -------------------------------------------------------------------

  @Test
  void orders_items_and_products_are_one_tree() {
    app.query(ORDERS, 20);
    for (int order = 0; order < 20; order++) {
      app.query(ITEMS, 10, order);
      for (int item = 0; item < 10; item++) app.query(PRODUCTS, 1, 10 * order + item);
    }
    assertEquals("items x20 <- orders(20) [products x200 <- items]", findings());
  }

  @Test
  void so_are_four_levels() {
    app.query(ORDERS, 5);
    for (int order = 0; order < 5; order++) {
      app.query(ITEMS, 5, order);
      for (int item = 0; item < 5; item++) {
        app.query(PRODUCTS, 5, 5 * order + item);
        for (int i = 0; i < 5; i++) app.query(CUSTOMERS, 1, 25 * order + 5 * item + i);
      }
    }
    assertEquals(
        "items x5 <- orders(5) [products x25 <- items, customers x125 <- products]", findings());
  }

  @Test
  void two_statements_in_turn_are_one_finding() {
    app.query(ORDERS, 12);
    for (int i = 0; i < 12; i++) {
      app.query(ITEMS, 4, i);
      app.query(CUSTOMERS, 1, i);
    }
    assertEquals("items x12 <- orders(12) [customers x12 <- orders]", findings());
  }

  @Test
  void a_cache_aside_is_one_finding_with_its_hit_ratio() {
    app.query(ORDERS, 20);
    for (int i = 0; i < 20; i++) {
      boolean hit = i % 4 == 0;
      app.redis(hit ? "x" : null, "GET", "item:" + i);
      if (hit) continue;
      app.query(ITEMS, 1, i);
      app.redis("OK", "SET", "item:" + i, "x");
    }
    WorkAnalyzer.Analysis found = analysis();
    assertEquals(1, found.findings.size());
    OperationSummary cache = found.findings.get(0);
    assertEquals(Kind.N_PLUS_ONE_CACHE, cache.kind);
    assertEquals(0.25, Families.of(cache.operation).hitRatio(cache));
    assertEquals(
        "items x15, SET x15",
        cache.children.stream().map(WorkAnalyzerTest::brief).collect(Collectors.joining(", ")));
  }

  @Test
  void two_loops_are_two_findings() {
    app.query(ORDERS, 20);
    for (int i = 0; i < 20; i++) app.query(ITEMS, 3, i);
    app.query("SELECT * FROM users", 7);
    for (int i = 0; i < 7; i++) app.query(CUSTOMERS, 1, i);
    assertEquals("items x20 <- orders(20); customers x7 <- users(7)", findings());
  }

  @Test
  void two_loops_over_the_same_rows_in_different_methods_are_two_findings() {
    app.query(ORDERS, 20);
    items(20);
    customers(20);
    assertEquals("items x20 <- orders(20); customers x20 <- orders(20)", findings());
  }

  @Test
  void two_loops_over_the_same_rows_in_one_method_are_one_finding() {
    app.query(ORDERS, 20);
    for (int i = 0; i < 20; i++) app.query(ITEMS, 3, i);
    for (int i = 0; i < 20; i++) app.query(CUSTOMERS, 3, i);
    assertEquals("items x20 <- orders(20) [customers x20 <- orders]", findings());
  }

  @Test
  void at_one_line_the_same_rows_make_one_finding_of_any_counts() {
    app.query(ORDERS, 20);
    for (int i = 0; i < 20; i++) eager(i < 16 ? List.of(ITEMS, CUSTOMERS) : List.of(ITEMS), i);
    assertEquals("items x20 <- orders(20) [customers x16 <- orders]", findings());
  }

  private void eager(List<String> all, int id) {
    for (String one : all) app.query(one, 3, id);
  }

  @Test
  void few_values_of_many_rows_are_an_n_plus_one_that_says_so() {
    app.query(ORDERS, 20);
    for (int i = 0; i < 20; i++) app.query(CUSTOMERS, 1, i % 3);
    assertEquals(Kind.N_PLUS_ONE, only().kind);
    String suggestion = occurrence(only()).suggestion;
    assertTrue(suggestion.contains("20 executions have only 3 different values"), suggestion);
  }

  @ParameterizedTest
  @CsvSource({"20, 1", "5, 3", "0, 3"})
  void but_not_one_value_or_without_the_rows(int rows, int values) {
    app.query(ORDERS, rows);
    for (int i = 0; i < 20; i++) app.query(CUSTOMERS, 1, i % values);
    assertEquals(Kind.DUPLICATE_QUERY, only().kind);
  }

  @Test
  void three_duplicates_of_one_row_mapper_are_one_finding() {
    app.query(ORDERS, 20);
    for (int i = 0; i < 20; i++) {
      app.query(CUSTOMERS, 1, 1);
      app.query(PRODUCTS, 1, 2);
      app.query("SELECT * FROM states WHERE id = ?", 1, 3);
    }
    assertEquals(Kind.DUPLICATE_QUERY, only().kind);
    assertEquals(
        "customers x20 <- orders(20) [products x20 <- orders, states x20 <- orders]", findings());
  }

  @Test
  void so_are_they_where_some_have_a_few_values() {
    app.query(ORDERS, 20);
    for (int i = 0; i < 20; i++) {
      app.query(CUSTOMERS, 1, 1);
      app.query(PRODUCTS, 1, i % 2);
    }
    assertEquals(Kind.N_PLUS_ONE, only().kind);
    assertEquals("products x20 <- orders(20) [customers x20 <- orders]", findings());
  }

  @Test
  void duplicates_of_two_methods_are_two_findings() {
    app.query(ORDERS, 20);
    for (int i = 0; i < 20; i++) app.query(CUSTOMERS, 1, 1);
    for (int i = 0; i < 20; i++) states();
    assertEquals(2, analysis().findings.size());
  }

  private void states() {
    app.query("SELECT * FROM states WHERE id = ?", 1, 3);
  }

  @Test
  void duplicates_are_findings_of_their_own() {
    app.query(ORDERS, 20);
    for (int i = 0; i < 20; i++) {
      app.query(ITEMS, 3, i);
      app.query("SELECT * FROM config", 1);
    }
    List<OperationSummary> all = analysis().findings;
    assertEquals(
        List.of(Kind.N_PLUS_ONE, Kind.DUPLICATE_QUERY),
        all.stream().map(one -> one.kind).collect(Collectors.toList()));
  }

  // ----------------------------------------------------------------------------------------------

  private void items(int count) {
    for (int i = 0; i < count; i++) app.query(ITEMS, 3, i);
  }

  private void customers(int count) {
    for (int i = 0; i < count; i++) app.query(CUSTOMERS, 3, i);
  }

  private static Occurrence occurrence(OperationSummary summary) {
    return Occurrence.of(
        summary, summary.kind, "GET /orders", 1, new Suggestions(Suggesting::fail));
  }

  private WorkAnalyzer.Analysis analysis() {
    return analysis(request);
  }

  private static WorkAnalyzer.Analysis analysis(Request of) {
    return new WorkAnalyzer(new Rules(Options.read(""))).analyze(of.unit(), "GET /orders");
  }

  private OperationSummary only() {
    assertEquals(1, analysis().findings.size());
    return analysis().findings.get(0);
  }

  /** {@code items x20 <- orders(20) [products x200 <- items]; ...}. */
  private String findings() {
    return analysis().findings.stream()
        .map(
            one ->
                caused(one, true)
                    + (one.children.isEmpty()
                        ? ""
                        : one.children.stream()
                            .map(child -> caused(child, false))
                            .collect(Collectors.joining(", ", " [", "]"))))
        .collect(Collectors.joining("; "));
  }

  private static String caused(OperationSummary summary, boolean rows) {
    OperationSummary cause = summary.cause;
    if (cause == null) return brief(summary);
    String table = String.valueOf(cause.operation.table);
    return brief(summary) + " <- " + table + (rows ? "(" + cause.rows + ")" : "");
  }

  private static String brief(OperationSummary summary) {
    String table = summary.operation.table;
    return (table == null ? summary.operation.verb : table) + " x" + summary.count;
  }
}
