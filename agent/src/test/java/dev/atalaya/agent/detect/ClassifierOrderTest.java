package dev.atalaya.agent.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.atalaya.agent.detect.Classifying.Execution;
import dev.atalaya.agent.trace.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where one kind ends and another begins, which comes first, and what is left alone. */
class ClassifierOrderTest {
  private static final String ITEM = "SELECT * FROM item WHERE order_id = ?";
  private static final String PAGE = "SELECT * FROM item ORDER BY id LIMIT ? OFFSET ?";
  private static final String RANGE = "SELECT * FROM item WHERE id > ? AND id <= ?";
  private static final String QUEUE =
      "SELECT * FROM task WHERE state = ? LIMIT 1 FOR UPDATE SKIP LOCKED";

  private Classifying classifying = new Classifying("");

  // ---- What is left alone, however often -------------------------------------------------------

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1",
        "select 1 from dual",
        "SET search_path TO shop",
        "SHOW TRANSACTION ISOLATION LEVEL",
        "SELECT version()",
        "SELECT * FROM information_schema.tables WHERE table_name = ?",
        "SELECT * FROM pg_catalog.pg_class WHERE oid = ?",
        "SELECT * FROM v$session WHERE sid = ?",
        "SELECT * FROM flyway_schema_history",
        "SELECT * FROM item WHERE id = ? /* atalaya:ignore */",
      })
  void it_is_ignored_at_the_first_time_already(String sql) {
    assertEquals(Kind.IGNORED, classifying.inRequest(1, (app, i) -> app.query(sql, 1, i)));
    assertEquals(Kind.IGNORED, classifying.inRequest(30, (app, i) -> app.query(sql, 1, i)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          atalaya.ignore.routes=GET /orders | IGNORED
          atalaya.ignore.routes=/ord*       | IGNORED
          atalaya.ignore.routes=POST /*     | N_PLUS_ONE
          atalaya.ignore.tables=ITEM        | IGNORED
          atalaya.ignore.tables=items       | N_PLUS_ONE
          atalaya.ignore.call_sites=dev.atalaya.agent.detect.ClassifierOrderTest           | IGNORED
          atalaya.ignore.call_sites=dev.atalaya.agent.detect.ClassifierOrderTest.the_user* | IGNORED
          atalaya.ignore.call_sites=dev.atalaya.agent.detect.WorkAnalyzerTest             | N_PLUS_ONE
          """)
  void the_user_ignores(String option, Kind kind) {
    classifying = new Classifying(option);
    assertEquals(kind, classifying.inRequest(20, (app, i) -> app.query(ITEM, 1, i)));
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 50})
  void batches_of_ten_and_more_are_as_they_should_be(int size) {
    assertNull(
        classifying.inRequest(60, (app, i) -> app.batch("INSERT INTO item (a) VALUES (?)", size)));
  }

  @Test
  void so_are_pipelines_of_any_size() {
    assertNull(classifying.inRequest(60, (app, i) -> app.pipeline(5)));
    assertNull(classifying.inRequest(60, (app, i) -> app.pipeline(100)));
  }

  @Test
  void so_are_rows_written_ten_at_a_time() {
    String sql = "INSERT INTO item (a) VALUES (?)" + ", (?)".repeat(9);
    assertNull(
        classifying.inRequest(60, (app, i) -> app.query(sql, -1, Classifying.values(i, 10))));
  }

  @Test
  void and_a_write_of_all_that_an_array_holds() {
    String sql = "DELETE FROM item WHERE id = ANY(?)";
    assertNull(classifying.inRequest(60, (app, i) -> app.query(sql, -1, "{" + i + "}")));
  }

  // ---- Boundaries ------------------------------------------------------------------------------

  @ParameterizedTest
  @CsvSource({
    "5, 2, DUPLICATE_QUERY",
    "5, 3, N_PLUS_ONE",
    "14, 3, N_PLUS_ONE",
    "15, 3, DUPLICATE_QUERY",
    "24, 5, N_PLUS_ONE",
    "25, 5, DUPLICATE_QUERY",
  })
  void it_is_a_duplicate_below_3_values_or_up_to_a_fifth(int count, int values, Kind kind) {
    assertEquals(kind, classifying.inRequest(count, (app, i) -> app.query(ITEM, 1, i % values)));
  }

  @ParameterizedTest
  @CsvSource({
    "50000, 2500, POLLING",
    "50000, 2501, DUPLICATE_QUERY",
    "49999, 100, DUPLICATE_QUERY",
    "1000000, 50000, POLLING"
  })
  void polling_waits_20_times_as_long_as_it_asks_and_50_ms(long gap, long takes, Kind kind) {
    classifying.app.gapMicros = gap;
    classifying.app.takesMicros = takes;
    assertEquals(kind, classifying.inRequest(10, (app, i) -> app.query(ITEM, 0, 7)));
    assertEquals(Kind.N_PLUS_ONE, classifying.inRequest(10, (app, i) -> app.query(ITEM, 0, i)));
  }

  @ParameterizedTest
  @CsvSource({"10, 5, RETRY_STORM", "10, 4, N_PLUS_ONE", "11, 5, N_PLUS_ONE"})
  void a_storm_fails_half_of_the_time(int count, int failures, Kind kind) {
    Execution one =
        (app, i) -> {
          var span = i < failures ? app.failing(ITEM, i) : app.query(ITEM, 1, i);
        };
    assertEquals(kind, classifying.inRequest(count, one));
  }

  @ParameterizedTest
  @CsvSource({"50, CHUNKED_READ", "49, N_PLUS_ONE"})
  void a_chunk_has_50_rows(int rows, Kind kind) {
    assertEquals(
        kind, classifying.inRequest(6, (app, i) -> app.query(RANGE, rows, 9 * i, 9 * i + 9)));
    String children = RANGE + " AND order_id = ?";
    assertEquals(
        Kind.N_PLUS_ONE,
        classifying.inRequest(6, (app, i) -> app.query(children, rows, i, i + 9, i)));
  }

  @ParameterizedTest
  @CsvSource({"5, N_PLUS_ONE", "20, N_PLUS_ONE", "4, CHATTY", "21, CHATTY", "0, CHATTY"})
  void without_a_call_site_the_causes_rows_decide(int rows, Kind kind) {
    classifying.app.application = name -> false;
    Request request = classifying.app.request("/orders");
    classifying.app.query("SELECT * FROM orders", rows);
    for (int i = 0; i < 10; i++) classifying.app.query(ITEM, 1, i);
    assertEquals(kind, classifying.kind(request, "GET /orders"));
  }

  @ParameterizedTest
  @CsvSource({"9, ", "10, CHATTY"})
  void chatty_is_twice_the_threshold_with_neither(int count, Kind kind) {
    classifying.app.application = name -> false;
    assertEquals(kind, classifying.inRequest(count, (app, i) -> app.query(ITEM, 1, i)));
  }

  @Test
  void a_call_site_dominates_with_three_of_five_stacks() {
    assertEquals(Kind.N_PLUS_ONE, classifying.inRequest(16, from("22x2222222222221")));
    assertEquals(Kind.CHATTY, classifying.inRequest(16, from("22x2222x22222221")));
  }

  // ---- Which comes first -----------------------------------------------------------------------

  @Test
  void an_earlier_rule_wins() {
    assertEquals(Kind.IGNORED, classifying.inRequest(9, (app, i) -> app.failing("SELECT 1")));
    assertEquals(
        Kind.SEQUENCE, classifying.inRequest(9, (app, i) -> app.failing("SELECT nextval('s')")));
    assertEquals(Kind.RETRY_STORM, classifying.inRequest(9, (app, i) -> app.failing(QUEUE, "x")));
    assertEquals(Kind.RETRY_STORM, classifying.inRequest(9, (app, i) -> app.failing(PAGE, 10, i)));
    assertEquals(
        Kind.RETRY_STORM,
        classifying.inRequest(
            9, (app, i) -> app.failing(Classifying.list(9), Classifying.values(i, 9))));
    classifying.app.gapMicros = 60_000;
    assertEquals(
        Kind.SEQUENCE, classifying.inRequest(9, (app, i) -> app.query("SELECT nextval('s')", 1)));
    assertEquals(Kind.QUEUE_POLL, classifying.inRequest(9, (app, i) -> app.query(QUEUE, 1, "x")));
    assertEquals(
        Kind.POLLING,
        classifying.inRequest(
            9, (app, i) -> app.query(Classifying.list(9), 9, Classifying.values(1, 9))));
    classifying.app.gapMicros = 10;
    assertEquals(
        Kind.BATCH_TOO_SMALL,
        classifying.inRequest(
            9, (app, i) -> app.query(Classifying.list(9), 9, Classifying.values(1, 9))));
    String page = "SELECT * FROM item WHERE id IN (?, ?) LIMIT ?";
    assertEquals(
        Kind.PAGINATION, classifying.inRequest(9, (app, i) -> app.query(page, 2, 1, 2, i)));
    String chunk = "SELECT * FROM item WHERE id > ? ORDER BY id";
    assertEquals(Kind.PAGINATION, classifying.inRequest(9, (app, i) -> app.query(chunk, 80, i)));
  }

  @ParameterizedTest
  @CsvSource({"reads, 2", "reads, 12"})
  void a_threshold_is_the_users(String kind, int threshold) {
    classifying = new Classifying("atalaya.n_plus_one.threshold." + kind + "=" + threshold);
    assertNull(classifying.inRequest(threshold - 1, (app, i) -> app.query(ITEM, 1, 7)));
    assertEquals(
        Kind.DUPLICATE_QUERY, classifying.inRequest(threshold, (app, i) -> app.query(ITEM, 1, 7)));
  }

  /** Reads from the lines that the letters stand for. */
  private static Execution from(String lines) {
    return (app, i) -> {
      switch (lines.charAt(i)) {
        case '1' -> app.query(ITEM, 1, i);
        case '2' -> app.query(ITEM, 1, i);
        case '3' -> app.query(ITEM, 1, i);
        case 'a' -> app.query(ITEM, 1, i);
        case 'b' -> app.query(ITEM, 1, i);
        case 'c' -> app.query(ITEM, 1, i);
        default -> app.query(ITEM, 1, i);
      }
    };
  }
}
