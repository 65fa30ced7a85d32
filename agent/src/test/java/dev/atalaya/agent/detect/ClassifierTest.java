package dev.atalaya.agent.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.atalaya.agent.detect.Classifying.Execution;
import dev.atalaya.agent.trace.Simulation;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of kinds in docs/detection.md: each rule, from its threshold on. */
class ClassifierTest {
  private static final String ITEM = "SELECT * FROM item WHERE order_id = ?";
  private static final String PAGE = "SELECT * FROM item ORDER BY id LIMIT ? OFFSET ?";
  private static final String RANGE = "SELECT * FROM item WHERE id > ? AND id <= ?";
  private static final String QUEUE =
      "SELECT * FROM task WHERE state = ? LIMIT 1 FOR UPDATE SKIP LOCKED";

  private enum Of {
    READS(5, 50),
    WRITES(20, 200),
    REDIS(10, 200),
    HTTP(5, 50);

    final int request;
    final int job;

    Of(int request, int job) {
      this.request = request;
      this.job = job;
    }
  }

  private final Classifying classifying = new Classifying("");

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("rules")
  void in_a_request_it_holds_from_the_threshold_on(
      String what, Kind kind, Of threshold, Execution one) {
    assertNull(classifying.inRequest(threshold.request - 1, one));
    assertEquals(kind, classifying.inRequest(threshold.request, one));
    assertEquals(kind, classifying.inRequest(3 * threshold.request, one));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("rules")
  void in_a_job_it_holds_from_the_jobs_threshold_on(
      String what, Kind kind, Of threshold, Execution one) {
    assertNull(classifying.inJob(threshold.job - 1, one));
    assertEquals(kind, classifying.inJob(threshold.job, one));
  }

  static Stream<Arguments> rules() {
    return Stream.of(
        rule("prepared", Kind.N_PLUS_ONE, Of.READS, (app, i) -> app.query(ITEM, 3, i)),
        rule(
            "literals",
            Kind.N_PLUS_ONE,
            Of.READS,
            (app, i) -> app.plain("SELECT * FROM item WHERE order_id = " + i, 3)),
        rule(
            "literals in quotes",
            Kind.N_PLUS_ONE,
            Of.READS,
            (app, i) -> app.plain("SELECT * FROM item WHERE sku = 'a" + i + "'", 3)),
        rule(
            "rising ids alone are no pages",
            Kind.N_PLUS_ONE,
            Of.READS,
            (app, i) -> app.query("SELECT * FROM item WHERE id > ?", 1, i)),
        rule(
            "the first of each",
            Kind.N_PLUS_ONE,
            Of.READS,
            (app, i) ->
                app.query("SELECT * FROM item WHERE order_id = ? ORDER BY id LIMIT 1", 1, i)),
        rule(
            "lists of one",
            Kind.N_PLUS_ONE,
            Of.READS,
            (app, i) -> app.query("SELECT * FROM item WHERE id IN (?)", 1, i)),
        rule("the same value", Kind.DUPLICATE_QUERY, Of.READS, (app, i) -> app.query(ITEM, 3, 7)),
        rule("two values", Kind.DUPLICATE_QUERY, Of.READS, (app, i) -> app.query(ITEM, 3, i % 2)),
        rule(
            "the same literal",
            Kind.DUPLICATE_QUERY,
            Of.READS,
            (app, i) -> app.plain("SELECT * FROM item WHERE order_id = 7", 3)),
        rule(
            "no value at all",
            Kind.DUPLICATE_QUERY,
            Of.READS,
            (app, i) -> app.query("SELECT * FROM config", 3)),
        rule(
            "values that nobody saw are not the same",
            Kind.N_PLUS_ONE,
            Of.READS,
            (app, i) -> app.query(ITEM, 3, Simulation.UNSEEN)),
        rule(
            "one among known ones is enough",
            Kind.N_PLUS_ONE,
            Of.READS,
            (app, i) -> app.query(ITEM, 3, i == 3 ? Simulation.UNSEEN : 7)),
        rule(
            "nor those of a parameter that nothing was bound to",
            Kind.N_PLUS_ONE,
            Of.READS,
            (app, i) -> app.query(ITEM, 3)),
        rule(
            "nor is waiting between them polling",
            Kind.N_PLUS_ONE,
            Of.READS,
            (app, i) -> {
              app.gapMicros = 50_000;
              app.query(ITEM, 0, Simulation.UNSEEN);
            }),
        rule(
            "nor are they pages, where one may be of another order",
            Kind.N_PLUS_ONE,
            Of.READS,
            (app, i) ->
                app.query(
                    "SELECT * FROM item WHERE order_id = ? ORDER BY id LIMIT ?",
                    10,
                    Simulation.UNSEEN,
                    10 * i)),
        rule("nextval", Kind.SEQUENCE, Of.READS, (app, i) -> app.query("SELECT nextval('s')", 1)),
        rule(
            "next value for",
            Kind.SEQUENCE,
            Of.READS,
            (app, i) -> app.plain("SELECT NEXT VALUE FOR order_seq", 1)),
        rule(
            "half fail",
            Kind.RETRY_STORM,
            Of.READS,
            (app, i) -> {
              if (i % 2 == 0) app.failing(ITEM, i);
              else app.query(ITEM, 1, i);
            }),
        rule(
            "refused requests",
            Kind.RETRY_STORM,
            Of.HTTP,
            (app, i) -> app.http("GET", "http://stock/items/" + i, i % 2 == 0 ? 404 : 200)),
        rule("skip locked", Kind.QUEUE_POLL, Of.READS, (app, i) -> app.query(QUEUE, 1, "open")),
        rule(
            "advisory locks",
            Kind.QUEUE_POLL,
            Of.READS,
            (app, i) -> app.query("SELECT pg_try_advisory_lock(?)", 1, i)),
        rule("BLPOP", Kind.QUEUE_POLL, Of.REDIS, (app, i) -> app.redis("x", "BLPOP", "tasks")),
        rule("XREAD", Kind.QUEUE_POLL, Of.REDIS, (app, i) -> app.redis("x", "XREAD", "COUNT", "1")),
        rule(
            "polling",
            Kind.POLLING,
            Of.READS,
            (app, i) -> {
              app.gapMicros = 50_000;
              app.query(ITEM, 0, 7);
            }),
        rule("pages", Kind.PAGINATION, Of.READS, (app, i) -> app.query(PAGE, 10, 10, 10 * i)),
        rule(
            "pages in literals",
            Kind.PAGINATION,
            Of.READS,
            (app, i) ->
                app.plain("SELECT * FROM item WHERE kind = 3 LIMIT 10 OFFSET " + 10 * i, 10)),
        rule(
            "pages by FETCH",
            Kind.PAGINATION,
            Of.READS,
            (app, i) ->
                app.query(
                    "SELECT * FROM item ORDER BY id OFFSET ? ROWS FETCH NEXT ? ROWS ONLY",
                    10,
                    10 * i,
                    10)),
        rule(
            "pages by their keys",
            Kind.PAGINATION,
            Of.READS,
            (app, i) -> app.query("SELECT * FROM item WHERE id > ? ORDER BY id", 10, 10 * i)),
        rule(
            "pages by their keys, in literals, with a limit",
            Kind.PAGINATION,
            Of.READS,
            (app, i) -> app.plain("SELECT * FROM item WHERE id > " + 9 * i + " LIMIT 9", 9)),
        rule("ranges", Kind.CHUNKED_READ, Of.READS, (app, i) -> app.query(RANGE, 50, i, i + 9)),
        rule(
            "lists of ten",
            Kind.CHUNKED_READ,
            Of.READS,
            (app, i) -> app.query(Classifying.list(10), 10, Classifying.values(i, 10))),
        rule(
            "lists of ten in literals",
            Kind.CHUNKED_READ,
            Of.READS,
            (app, i) ->
                app.plain(
                    "SELECT * FROM item WHERE id IN (1,2,3,4,5,6,7,8,9," + (10 + i) + ")", 9)),
        rule(
            "an array",
            Kind.CHUNKED_READ,
            Of.READS,
            (app, i) -> app.query("SELECT * FROM item WHERE id = ANY(?)", 3, "{" + i + "}")),
        rule(
            "an array of Hibernate's",
            Kind.CHUNKED_READ,
            Of.READS,
            (app, i) -> app.query("SELECT * FROM item WHERE array_contains(?, id)", 3, "x" + i)),
        rule(
            "lists of nine",
            Kind.BATCH_TOO_SMALL,
            Of.READS,
            (app, i) -> app.query(Classifying.list(9), 9, Classifying.values(i, 9))),
        rule(
            "lists of two",
            Kind.BATCH_TOO_SMALL,
            Of.READS,
            (app, i) -> app.query(Classifying.list(2), 2, Classifying.values(i, 2))),
        rule(
            "batches of nine",
            Kind.BATCH_TOO_SMALL,
            Of.WRITES,
            (app, i) -> app.batch("INSERT INTO item (a) VALUES (?)", 9)),
        rule(
            "rows two by two",
            Kind.BATCH_TOO_SMALL,
            Of.WRITES,
            (app, i) -> app.query("INSERT INTO item (a) VALUES (?), (?)", -1, i, i + 1)),
        rule(
            "inserts",
            Kind.N_PLUS_ONE_WRITE,
            Of.WRITES,
            (app, i) -> app.query("INSERT INTO item (a, b) VALUES (?, ?)", -1, i, 1)),
        rule(
            "inserts of literals",
            Kind.N_PLUS_ONE_WRITE,
            Of.WRITES,
            (app, i) -> app.plain("INSERT INTO item (a, b) VALUES (" + i + ", 'x')", -1)),
        rule(
            "updates",
            Kind.N_PLUS_ONE_WRITE,
            Of.WRITES,
            (app, i) -> app.query("UPDATE item SET a = ? WHERE id = ?", -1, 1, i)),
        rule(
            "deletes",
            Kind.N_PLUS_ONE_WRITE,
            Of.WRITES,
            (app, i) -> app.query("DELETE FROM item WHERE id = ?", -1, i)),
        rule(
            "the same write",
            Kind.N_PLUS_ONE_WRITE,
            Of.WRITES,
            (app, i) -> app.query("UPDATE counter SET a = a + 1", -1)),
        rule("SET", Kind.N_PLUS_ONE_WRITE, Of.REDIS, (app, i) -> app.redis("OK", "SET", "u:" + i)),
        rule("GET", Kind.N_PLUS_ONE_CACHE, Of.REDIS, (app, i) -> app.redis("x", "GET", "u:" + i)),
        rule(
            "HGET",
            Kind.N_PLUS_ONE_CACHE,
            Of.REDIS,
            (app, i) -> app.redis("x", "HGET", "prices", "p" + i)),
        rule(
            "GET of one key",
            Kind.DUPLICATE_QUERY,
            Of.REDIS,
            (app, i) -> app.redis("x", "GET", "config")),
        rule(
            "requests",
            Kind.N_PLUS_ONE_HTTP,
            Of.HTTP,
            (app, i) -> app.http("GET", "http://stock/items/" + i, 200)),
        rule(
            "posts",
            Kind.N_PLUS_ONE_HTTP,
            Of.HTTP,
            (app, i) -> app.http("POST", "http://stock/items/" + i, 200)),
        rule(
            "calls of a method, whose messages are not seen",
            Kind.N_PLUS_ONE_HTTP,
            Of.HTTP,
            (app, i) -> app.rpc("shop.Stock/Find", "OK")),
        rule(
            "one request again and again",
            Kind.DUPLICATE_QUERY,
            Of.HTTP,
            (app, i) -> app.http("GET", "http://stock/config", 200)));
  }

  private static Arguments rule(String what, Kind kind, Of threshold, Execution one) {
    return arguments(what, kind, threshold, one);
  }
}
