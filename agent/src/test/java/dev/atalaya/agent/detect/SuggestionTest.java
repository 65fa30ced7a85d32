package dev.atalaya.agent.detect;

import static dev.atalaya.agent.detect.Suggesting.LINES;
import static dev.atalaya.agent.detect.Suggesting.ORDERS;
import static dev.atalaya.agent.detect.Suggesting.http;
import static dev.atalaya.agent.detect.Suggesting.readEach;
import static dev.atalaya.agent.detect.Suggesting.redis;
import static dev.atalaya.agent.detect.Suggesting.rpc;
import static dev.atalaya.agent.detect.Suggesting.select;
import static dev.atalaya.agent.detect.Suggesting.site;
import static dev.atalaya.agent.detect.Suggesting.sql;
import static dev.atalaya.agent.detect.Suggesting.suggest;
import static dev.atalaya.agent.detect.Suggesting.write;
import static dev.atalaya.agent.detect.Suggesting.writeEach;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.atalaya.agent.callsite.CallSite;
import dev.atalaya.agent.catalogue.Catalogue;
import dev.atalaya.agent.config.Options;
import dev.atalaya.agent.sql.SqlText;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.Simulation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SuggestionTest {
  private static final String[] ALL_PASSED = Catalogue.tags().toArray(new String[0]);

  @Test
  void arrays_are_asked_for_where_a_database_has_them() {
    assertEquals(
        "Read them in one statement: WHERE order_id = ANY(?), or a join with orders.",
        readEach(site(null, null)));
  }

  @Test
  void other_databases_have_no_arrays() {
    Operation lines = sql("mysql", "SELECT", "SELECT * FROM t WHERE a = ?", "t", SqlText.Kind.READ);
    assertEquals(
        "Read them in one statement: WHERE a IN (...).",
        suggest(Kind.N_PLUS_ONE, lines, null, null, 20, 40));
  }

  @ParameterizedTest
  @MethodSource
  void writes(Operation operation, CallSite site, String suggestion) {
    assertEquals(suggestion, writeEach(operation, site));
  }

  static Stream<Arguments> writes() {
    return Stream.of(
        arguments(
            write("postgresql", "INSERT"),
            null,
            "Send the rows as a batch: addBatch and executeBatch, with reWriteBatchedInserts=true"
                + " in the JDBC URL."),
        arguments(
            sql("postgresql", "DELETE", "DELETE FROM t WHERE id = ?", "t", SqlText.Kind.WRITE),
            null,
            "Send the rows as a batch: addBatch and executeBatch, or one DELETE with id IN"
                + " (...)."));
  }

  @Test
  void what_else_is_written_one_by_one_is_sent_together_as_its_family_can() {
    Simulation app = new Simulation();
    Request request = app.request("/orders");
    for (int i = 0; i < 30; i++) {
      app.query("UPDATE stock SET left = ? WHERE id = ?", -1, i, i);
      app.query("UPDATE price SET net = ? WHERE id = ?", -1, i, i);
      app.redis("OK", "SET", "item:" + i, "x");
    }
    app.end(request);
    List<OperationSummary> written =
        new WorkAnalyzer(new Rules(Options.read("")))
            .analyze(request.unit(), "GET /orders")
            .classified;
    assertEquals(
        " Beside that, send UPDATE stock, UPDATE price as batches, SET item:{} in a pipeline.",
        Suggestion.besides(written));
    assertEquals("", Suggestion.besides(List.of()));
  }

  @ParameterizedTest
  @MethodSource
  void others(Kind kind, Operation operation, CallSite site, String suggestion) {
    assertEquals(suggestion, suggest(kind, operation, null, site, 12, 30));
  }

  static Stream<Arguments> others() {
    Operation get = http("GET", "GET http://host:80/stock/{}?size");
    Operation post = http("POST", "POST http://host:80/stock");
    Operation call = rpc("shop.Stock/Find");
    return Stream.of(
        arguments(
            Kind.N_PLUS_ONE_HTTP,
            call,
            null,
            "Ask for all of them in one call, if the service has a method for many beside"
                + " shop.Stock/Find; without one, send the calls concurrently."),
        arguments(
            Kind.N_PLUS_ONE_HTTP,
            get,
            null,
            "Ask for all of them in one request, if there is a bulk endpoint beside /stock/{};"
                + " without one, cache the answers or send the requests concurrently."),
        arguments(
            Kind.N_PLUS_ONE_HTTP,
            post,
            null,
            "Ask for all of them in one request, if there is a bulk endpoint beside /stock; without"
                + " one, send the requests concurrently."),
        arguments(
            Kind.DUPLICATE_QUERY,
            LINES,
            null,
            "Read it once and keep the result for the request: pass it on, or put a cache before"
                + " it."),
        arguments(
            Kind.DUPLICATE_QUERY,
            redis("GET config"),
            null,
            "Read it once and keep the value for the request; what seldom changes also in a cache"
                + " in the JVM."),
        arguments(
            Kind.DUPLICATE_QUERY,
            get,
            null,
            "Ask once and keep the answer for the request, or cache it as long as it may be old."),
        arguments(
            Kind.BATCH_TOO_SMALL,
            LINES,
            null,
            "Ask for more at once: collect the values, and read some 100 by each IN list."),
        arguments(
            Kind.BATCH_TOO_SMALL,
            write("postgresql", "INSERT"),
            null,
            "Add 50 rows and more to a batch before executeBatch."),
        arguments(
            Kind.SLOW_QUERY,
            LINES,
            null,
            "Look at its plan with EXPLAIN: is there an index on order_id of order_lines?"),
        arguments(
            Kind.SLOW_QUERY,
            select(
                "SELECT * FROM a JOIN b ON a.id = b.id WHERE a.x > ? AND b.y = ? AND b.z = ?",
                null),
            null,
            "Look at its plan with EXPLAIN: is there an index on what its joins, WHERE and ORDER BY"
                + " name?"),
        arguments(
            Kind.SLOW_QUERY,
            ORDERS,
            null,
            "It reads all rows of orders: add a condition, a LIMIT, or read by pages."),
        arguments(
            Kind.SLOW_QUERY,
            write("postgresql", "UPDATE"),
            null,
            "Look at its plan with EXPLAIN: is there an index on what its joins, WHERE and ORDER BY"
                + " name of t? If so, it waits for a lock."),
        arguments(
            Kind.SLOW_QUERY,
            sql("postgresql", "COMMIT", "COMMIT", null, SqlText.Kind.TRANSACTION),
            null,
            "Look for a lock or a disk that it waits for."),
        arguments(
            Kind.SLOW_QUERY,
            sql("postgresql", "CALL", "CALL close_day()", null, SqlText.Kind.OTHER),
            null,
            "Look for a lock or a disk that it waits for, or into the procedure that it calls."),
        arguments(
            Kind.SLOW_REQUEST,
            null,
            null,
            "It called nothing that is seen here: time that no span covers is the application's"
                + " own work, or waiting for a lock."),
        arguments(
            Kind.SLOW_REQUEST,
            http("GET", "GET http://pay:80/charges/{}"),
            null,
            "Begin with GET http://pay:80/charges/{}: 30 ms in 12 calls; time that no span covers"
                + " is the application's own work, or waiting for a lock."),
        arguments(
            Kind.CHATTY,
            null,
            null,
            "12 calls for one unit of work: read what belongs together by a join or an IN list,"
                + " keep what is asked twice, and run the rest concurrently."));
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void whatever_is_not_known_there_is_a_sentence(Kind kind) {
    Operation bare = sql("other_sql", "SELECT", "", null, SqlText.Kind.READ);
    for (Operation operation : new Operation[] {null, bare, redis(""), http("", "")}) {
      for (CallSite site : new CallSite[] {null, site(null, null), site("", "", ALL_PASSED)}) {
        String suggestion = suggest(kind, operation, bare, site, 0, 0);
        assertTrue(suggestion.endsWith(".") || suggestion.endsWith("?"), suggestion);
        assertFalse(suggestion.contains("null"), suggestion);
      }
    }
  }

  @Test
  void what_cannot_be_put_into_words_is_told_without() {
    List<Throwable> faults = new ArrayList<>();
    Fix fix = new Suggestions(faults::add).of((OperationSummary) null, Kind.N_PLUS_ONE);
    assertTrue(fix.summary.contains("docs/detection.md"), fix.summary);
    assertEquals(1, faults.size());
  }
}
