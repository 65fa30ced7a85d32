package dev.atalaya.agent.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepeatsTest {
  private static final String ITEM = "SELECT * FROM item WHERE id = ?";

  private final Simulation app = new Simulation();
  private final Request request = app.request("/orders");

  @Test
  void executions_are_summed_up_and_the_first_tells_its_own() {
    app.takesMicros = 7_000;
    app.query(ITEM, 4, 1);
    app.takesMicros = 200;
    for (int i = 1; i <= 9; i++) app.query(ITEM, i % 2, i);
    app.failing(ITEM, 10);
    Repeats more = repeats();
    assertEquals(11, statistics().count());
    assertEquals(10, more.ended());
    assertEquals(1, more.errors());
    assertEquals(10 * 200_000, more.nanos());
    assertEquals(10, more.distinct());
    assertEquals(5, more.rows());
    assertEquals(9, statistics().rows());
    assertEquals(7_000_000, statistics().first().durationNanos());
  }

  @Test
  void rows_below_0_are_none_counted() {
    for (int i = 0; i < 3; i++) app.query("UPDATE item SET a = ?", -1, i);
    assertEquals(0, repeats().rows());
    assertEquals(-1, statistics().first().rows());
  }

  // ---- Time ------------------------------------------------------------------------------------

  @Test
  void gaps_are_from_an_end_to_the_next_beginning() {
    app.gapMicros = 40;
    app.query(ITEM, 1, 1);
    app.gapMicros = 100;
    app.query(ITEM, 1, 2);
    app.gapMicros = 300;
    app.query(ITEM, 1, 3);
    assertEquals(200_000, repeats().gapNanos());
    assertEquals(0, repeats().overlaps());
  }

  @Test
  void what_begins_before_another_has_ended_overlaps() {
    List<Span> open = new ArrayList<>();
    for (int i = 0; i < 4; i++) open.add(app.openBeside(ITEM, i));
    for (Span span : open) app.finish(span, 1);
    assertEquals(3, repeats().overlaps());
    assertEquals(0, repeats().gapNanos());
    app.query(ITEM, 1, 9);
    assertEquals(3, repeats().overlaps());
    assertEquals(10_000, repeats().gapNanos());
  }

  @Test
  void one_that_begins_while_the_first_is_open_overlaps() {
    Span first = app.openBeside(ITEM, 1);
    app.query(ITEM, 1, 2);
    app.finish(first, 1);
    assertEquals(1, repeats().overlaps());
  }

  // ---- Values ----------------------------------------------------------------------------------

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SELECT a FROM t WHERE b = ? AND c > ? LIMIT ? | 1,1,1 1,1,1 1,1,1                   | 0
          SELECT a FROM t WHERE b = ? AND c > ? LIMIT ? | 1,1,1 1,2,1 1,3,1 1,4,1 1,5,1       | 2
          SELECT a FROM t WHERE b = ? AND c > ? LIMIT ? | 1,1,1 2,1,9 3,1,8 4,1,7 5,1,6 1,1,1 | 5
          SELECT a FROM t WHERE b = ? AND c > ? LIMIT ? | 1,1,1 2,2,2 3,3,3 4,4,4 5,5,5       | 7
          SELECT a FROM t WHERE b IN (?, ?) AND c = ?   | 1,2,5 1,2,5 1,3,5 1,4,5 1,6,5 1,7,5 | 1
          """)
  // Eight bits of a hash are compared: two values may be alike, five are not.
  void positions_that_varied_are_remembered(String sql, String executions, long varied) {
    for (String values : executions.trim().split(" "))
      app.query(sql, 1, (Object[]) values.split(","));
    assertEquals(varied, repeats().varied());
  }

  @Test
  void literals_vary_as_bound_values_do() {
    for (int i = 0; i < 4; i++) app.plain("SELECT a FROM t WHERE b = 7 AND c > " + i, 1);
    assertEquals(2, repeats().varied());
    assertEquals(4, repeats().distinct());
  }

  @Test
  void only_64_positions_are_told_apart() {
    String sql = "SELECT a FROM t WHERE b = ?" + " AND b = ?".repeat(70);
    for (int i = 0; i < 6; i++) { // eight bits of a hash are compared: two may be alike
      Object[] values = new Object[71];
      for (int v = 0; v < 71; v++) values[v] = v == 63 || v == 70 ? i : 0;
      app.query(sql, 1, values);
    }
    assertEquals(1L << 63, repeats().varied());
  }

  @Test
  void lists_are_as_long_as_they_are_on_average() {
    app.query("SELECT a FROM t WHERE b IN (?)", 1, 1);
    app.query("SELECT a FROM t WHERE b IN (?, ?)", 1, 1, 2);
    app.query("SELECT a FROM t WHERE b IN (?, ?, ?, ?, ?)", 1, 1, 2, 3, 4, 5);
    assertEquals(3.5, repeats().listLength());
  }

  @Test
  void an_array_and_no_list_have_no_length() {
    for (int i = 0; i < 3; i++) app.query("SELECT a FROM t WHERE b = ANY(?)", 1, i);
    assertEquals(0, repeats().listLength());
  }

  @Test
  void a_batch_is_a_list_of_its_rows() {
    for (int size = 2; size <= 6; size += 2) app.batch("INSERT INTO t VALUES (?)", size);
    assertEquals(3, statistics().count());
    assertEquals(5, repeats().listLength());
    assertEquals(3, repeats().distinct());
  }

  // ---- Call sites ------------------------------------------------------------------------------

  @Test
  void stacks_are_walked_ever_more_seldom() {
    List<Integer> walked = new ArrayList<>();
    for (int i = 1; i <= 1_000; i++) if (Repeats.isWalked(i)) walked.add(i);
    assertEquals(List.of(2, 3, 5, 8, 16, 32, 64, 128, 256, 512), walked);
  }

  // ----------------------------------------------------------------------------------------------

  private OperationStatistics statistics() {
    return request.unit().operations().get(0);
  }

  private Repeats repeats() {
    return statistics().repeats();
  }
}
