package dev.atalaya.agent.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.config.Options;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.Simulation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What no kind accounts for, and where the time went. */
class ChattyWorkTest {
  private static final String ORDERS = "SELECT * FROM orders";
  private static final String ITEMS = "SELECT * FROM items WHERE order_id = ?";
  private static final String CUSTOMERS = "SELECT * FROM customers WHERE id = ?";

  private final Simulation app = new Simulation();
  private final Request request = app.request("/orders");

  @ParameterizedTest
  @CsvSource({"50, false", "51, true"})
  void more_than_50_operations_are_chatty(int operations, boolean chatty) {
    for (int i = 0; i < operations; i++) app.query("SELECT * FROM t" + i % 30, 1);
    assertEquals(chatty, analysis().chatty);
    assertEquals(operations, analysis().others);
    assertTrue(analysis().findings.isEmpty());
  }

  @Test
  void what_is_classified_does_not_count() {
    for (int i = 0; i < 200; i++) app.query(ITEMS, 1, i);
    for (int i = 0; i < 200; i++) app.query("SELECT 1", 1);
    for (int i = 0; i < 40; i++) app.query("SELECT * FROM t" + i, 1);
    assertFalse(analysis().chatty);
    assertEquals(40, analysis().others);
  }

  @ParameterizedTest
  @CsvSource({"60, false", "59, true"})
  void it_is_not_told_beside_a_repetition_that_explains_most_calls(int repeats, boolean chatty) {
    for (int i = 0; i < repeats; i++) app.query(ITEMS, 1, i);
    for (int i = 0; i < 59; i++) app.query("SELECT * FROM t" + i, 1);
    assertEquals(1, analysis().findings.size());
    assertEquals(chatty, analysis().chatty);
  }

  @Test
  void what_is_not_kept_apart_counts() {
    for (int i = 0; i < 300; i++) app.query("SELECT * FROM t" + i, 1);
    assertTrue(analysis().chatty);
    assertEquals(300, analysis().others);
  }

  @Test
  void a_job_may_do_as_much_as_it_likes() {
    app.end(request);
    Request job = app.job("shop.Nightly#run");
    for (int i = 0; i < 300; i++) app.query("SELECT * FROM t" + i, 1);
    app.end(job);
    assertFalse(new WorkAnalyzer(new Rules(Options.read(""))).analyze(job.unit(), "JOB x").chatty);
  }

  @Test
  void the_heaviest_is_where_the_time_went() {
    app.query(ORDERS, 1);
    app.takesMicros = 9_000;
    app.query(CUSTOMERS, 1, 1);
    app.takesMicros = 1_000;
    for (int i = 0; i < 10; i++) app.query(ITEMS, 1, i);
    assertEquals("items", analysis().heaviest.operation.table);
  }

  @Test
  void it_is_a_finding_without_an_operation() {
    Watch watch = new Watch("");
    Request chatty = watch.app.request("/orders");
    for (int i = 0; i < 51; i++) watch.app.query("SELECT * FROM t" + i, 1);
    watch.app.end(chatty);
    assertEquals("chatty", watch.only().get("kind"));
    assertEquals("info", watch.only().get("severity"));
    assertTrue(watch.only().containsKey("operation"));
    assertNull(watch.only().get("operation"));
  }

  @Test
  void so_is_a_chatty_statement() {
    Watch watch = new Watch("");
    watch.app.application = name -> false;
    Request chatty = watch.app.request("/orders");
    for (int i = 0; i < 10; i++) watch.app.query(ITEMS + " AND kind = ?", 1, i, i);
    watch.app.end(chatty);
    assertEquals("chatty", watch.only().get("kind"));
    assertNull(watch.only().get("operation"));
  }

  private WorkAnalyzer.Analysis analysis() {
    return new WorkAnalyzer(new Rules(Options.read(""))).analyze(request.unit(), "GET /orders");
  }
}
