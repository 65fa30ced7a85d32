package dev.atalaya.agent.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.atalaya.agent.callsite.CallSite;
import dev.atalaya.agent.catalogue.Words;
import dev.atalaya.agent.config.Options;
import dev.atalaya.agent.trace.OperationStatistics;
import dev.atalaya.agent.trace.Pretend;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.Simulation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfidenceTest {
  /** No point operation: two conditions. */
  private static final String ITEMS = "SELECT * FROM items WHERE order_id = ? AND kind = ?";

  private static final String ITEM = "SELECT * FROM items WHERE id = ?";

  private final Simulation app = new Simulation();
  private Request unit = app.request("/orders");

  ConfidenceTest() {
    app.application = name -> name.startsWith("shop.");
  }

  @Test
  void it_begins_at_a_half() {
    for (int i = 0; i < 20; i++) app.query(ITEMS, 1, i, 1);
    assertEquals(0.5, confidence());
  }

  @ParameterizedTest
  @CsvSource({
    "20, 20, 0.8",
    "18, 20, 0.8",
    "22, 20, 0.8",
    "17, 20, 0.5",
    "23, 20, 0.5",
    "15, 15, 0.8",
    "15, 16, 0.5",
    "0, 20, 0.5",
  })
  void three_tenths_for_rows_that_match_the_count_or_the_distinct_values(
      int rows, int distinct, double confidence) {
    app.query("SELECT * FROM orders", rows);
    for (int i = 0; i < 20; i++) app.query(ITEMS, 1, i % distinct, 1);
    assertEquals(confidence, confidence());
  }

  @Test
  void fifteen_hundredths_for_one_call_site() {
    app.application = name -> name.startsWith("dev.atalaya.agent.detect.");
    for (int i = 0; i < 20; i++) app.query(ITEMS, 1, i, 1);
    assertEquals(0.65, confidence());
    Pretend.met(summary().statistics, site(1));
    assertEquals(0.5, confidence());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM items WHERE id = ?",
        "SELECT * FROM items WHERE id = ? LIMIT 1",
        "SELECT * FROM items WHERE ? = id"
      })
  void a_tenth_for_a_read_of_one(String sql) {
    for (int i = 0; i < 20; i++) app.query(sql, 1, i);
    assertEquals(0.6, confidence());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE items SET a = 1 WHERE id = ?",
        "UPDATE items SET a = 1, b = now() WHERE id = ?",
        "DELETE FROM items WHERE id = ?"
      })
  void a_tenth_for_a_write_of_one(String sql) {
    for (int i = 0; i < 20; i++) app.query(sql, -1, i);
    assertEquals(0.6, confidence());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM items WHERE id > ?",
        "SELECT * FROM items WHERE name LIKE ?",
        "SELECT * FROM items WHERE id = ? AND a > 1",
        "INSERT INTO items VALUES (?)",
      })
  void none_for_others(String sql) {
    for (int i = 0; i < 20; i++) app.query(sql, 1, i);
    assertEquals(0.5, confidence());
  }

  @Test
  void a_tenth_for_a_command_of_one_key_and_for_a_request() {
    for (int i = 0; i < 20; i++) app.redis("x", "GET", "user:" + i);
    assertEquals(0.6, confidence());
    again();
    for (int i = 0; i < 20; i++) app.http("GET", "http://stock/items/" + i, 200);
    assertEquals(0.6, confidence());
  }

  @ParameterizedTest
  @ValueSource(strings = {"LOADS_LAZILY", "LOADS_EAGERLY"})
  void a_tenth_for_what_a_mapper_loads_by_itself(String trait) {
    for (int i = 0; i < 20; i++) app.query(ITEMS, 1, i, 1);
    Pretend.met(summary().statistics, site(1, "hibernate"));
    assertEquals(0.65, confidence());
    again();
    for (int i = 0; i < 20; i++) app.query(ITEMS, 1, i, 1);
    Pretend.met(summary().statistics, site(1, "hibernate", trait));
    assertEquals(0.75, confidence());
  }

  @Test
  void two_tenths_less_for_gaps_longer_than_the_calls() {
    app.gapMicros = 10_001;
    for (int i = 0; i < 20; i++) app.query(ITEMS, 1, i, 1);
    assertEquals(0.3, confidence());
    again();
    app.takesMicros = 20_000;
    for (int i = 0; i < 20; i++) app.query(ITEMS, 1, i, 1);
    assertEquals(0.5, confidence());
  }

  @Test
  void a_fast_database_makes_no_gap_a_long_one() {
    app.gapMicros = 10_000;
    for (int i = 0; i < 20; i++) app.query(ITEMS, 1, i, 1);
    assertEquals(0.5, confidence());
  }

  @Test
  void two_tenths_less_in_a_job() {
    app.end(unit);
    unit = app.job("shop.Nightly#run");
    app.application = name -> false;
    for (int i = 0; i < 50; i++) app.query(ITEMS, 1, i, 1);
    assertEquals(0.3, confidence());
  }

  @Test
  void it_is_one_at_most() {
    app.query("SELECT * FROM orders", 20);
    for (int i = 0; i < 20; i++) app.query(ITEM, 1, i);
    Pretend.met(summary().statistics, site(1, "hibernate", "LOADS_LAZILY"));
    assertEquals(1, confidence());
  }

  @Test
  void the_same_answer_again_is_no_guess() {
    for (int i = 0; i < 20; i++) app.query(ITEMS, 1, 7, 7);
    assertEquals(0.8, confidence());
    again();
    for (int i = 0; i < 20; i++) app.query(ITEMS, 1, i % 2, 7);
    assertEquals(0.5, confidence());
  }

  private void again() {
    app.end(unit);
    unit = app.request("/orders");
  }

  private double confidence() {
    return Confidence.of(summary(), unit.kind());
  }

  /** The one that repeats. */
  private OperationSummary summary() {
    WorkAnalyzer.Analysis all =
        new WorkAnalyzer(new Rules(Options.read(""))).analyze(unit.unit(), "GET /orders");
    if (!all.classified.isEmpty()) return all.classified.get(0);
    // None of the kinds asks for a confidence, but it has one.
    OperationSummary last = null;
    for (OperationStatistics statistics : unit.unit().operations())
      last = WorkAnalyzer.summary(statistics);
    return last;
  }

  private static CallSite site(int line, String... passed) {
    StackTraceElement frame = new StackTraceElement("shop.OrderService", "list", "F.java", line);
    return new CallSite(new StackTraceElement[] {frame}, null, Words.bits(passed), null);
  }
}
