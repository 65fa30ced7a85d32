package dev.atalaya.agent.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.bridge.Call;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class UnitOfWorkTest {
  private static final int THREADS = 8;
  private static final int TIMES = 2_000;

  private final Simulation app = new Simulation();

  @Test
  void eight_threads_on_one_statement_lose_no_count() throws Exception {
    Request request = app.request("/orders");
    onAllThreads(i -> "SELECT * FROM item WHERE id = " + i % 3);
    List<OperationStatistics> operations = request.unit().operations();
    assertEquals(1, operations.size());
    assertWhole(operations.get(0), THREADS * TIMES);
    assertEquals(3, operations.get(0).repeats().distinct());
    assertEquals(THREADS * TIMES, request.statements());
    assertEquals(0, request.unit().beyond());
  }

  @Test
  void eight_threads_on_100_statements_lose_no_count() throws Exception {
    Request request = app.request("/orders");
    onAllThreads(i -> "SELECT * FROM item" + i % 100 + " WHERE id = 1");
    List<OperationStatistics> operations = request.unit().operations();
    assertEquals(100, operations.size());
    for (OperationStatistics statistics : operations)
      assertWhole(statistics, THREADS * TIMES / 100);
    assertEquals(0, request.unit().beyond());
  }

  @Test
  void eight_threads_on_200_statements_are_counted_whether_kept_or_not() throws Exception {
    Request request = app.request("/orders");
    onAllThreads(i -> "SELECT * FROM item" + i % 200 + " WHERE id = 1");
    List<OperationStatistics> operations = request.unit().operations();
    // Threads that find the last place at once may each take it.
    assertTrue(
        operations.size() >= 128 && operations.size() < 128 + THREADS, "" + operations.size());
    int sum = 0;
    for (OperationStatistics statistics : operations) {
      sum += statistics.count();
      assertWhole(statistics, statistics.count());
    }
    assertEquals(THREADS * TIMES, sum + request.unit().beyond());
  }

  @Test
  void of_200_statements_128_are_kept_and_the_rest_is_counted() {
    Request request = app.request("/orders");
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 200; i++) app.query("SELECT * FROM item" + i, 0);
    }
    List<OperationStatistics> operations = request.unit().operations();
    assertEquals(128, operations.size());
    for (int i = 0; i < 128; i++) {
      assertEquals("SELECT * FROM item" + i, operations.get(i).first().template().text);
      assertEquals(3, operations.get(i).count());
    }
    assertEquals(3 * 72, request.unit().beyond());
  }

  @Test
  void ten_thousand_statements_hold_no_more_than_128_and_leave_in_portions() {
    Request request = app.request("/orders");
    int most = 0;
    for (int i = 0; i < 10_000; i++) {
      app.query("SELECT * FROM item" + i, 0);
      most = Math.max(most, request.waiting());
      if (request.waiting() == Request.PORTION) app.worker.drain();
    }
    assertEquals(128, request.unit().operations().size());
    assertEquals(10_000 - 128, request.unit().beyond());
    assertEquals(Request.PORTION, most);
    assertTrue(app.handedOver.size() > 10_000 - Request.PORTION);
    for (Span span : app.handedOver) assertNull(span.next());
    app.end(request);
    assertEquals(10_001, app.handedOver.size());
    assertEquals(0, app.worker.droppedSpans());
  }

  @Test
  void an_operation_of_one_execution_has_no_figures() {
    Request request = app.request("/orders");
    app.query("SELECT * FROM item WHERE id = ?", 1, 1);
    assertNull(request.unit().operations().get(0).repeats());
    app.query("SELECT * FROM item WHERE id = ?", 1, 1);
    assertEquals(1, request.unit().operations().get(0).repeats().ended());
  }

  @Test
  void the_same_statement_on_two_databases_is_two_operations() {
    Request request = app.request("/orders");
    for (int shard = 0; shard < 3; shard++) {
      String url = "jdbc:postgresql://shard" + shard + ":5432/shop";
      for (int i = 0; i < 2; i++) app.query(url, "SELECT * FROM item", 1, new Object[0]);
    }
    List<OperationStatistics> operations = request.unit().operations();
    assertEquals(3, operations.size());
    for (OperationStatistics statistics : operations) assertEquals(2, statistics.count());
  }

  @Test
  void when_the_first_four_executions_began_is_known() {
    Request request = app.request("/orders");
    long[] starts = new long[6];
    for (int i = 0; i < 6; i++) {
      starts[i] = app.query("SELECT * FROM item WHERE order_id = ?", 1, i).startNanos();
      app.query("UPDATE seen SET at = ?", -1, 1);
    }
    OperationStatistics item = request.unit().operations().get(0);
    assertTrue(item.isSource());
    assertTrue(!request.unit().operations().get(1).isSource());
    assertEquals(0, item.begunBefore(starts[0]));
    for (int i = 0; i < 6; i++) {
      assertEquals(Math.min(4, i + 1), item.begunBefore(starts[i] + 1));
      if (i < 4) assertEquals(starts[i], item.startNanos(i + 1));
    }
  }

  @Test
  void a_cursor_that_is_still_read_has_the_rows_read_so_far() {
    Request request = app.request("/orders");
    Span orders = app.openBeside("SELECT * FROM orders");
    app.query("SELECT * FROM item WHERE order_id = ?", 1, 1);
    app.finish(orders, 7);
    assertEquals(7, request.unit().operations().get(0).rows());
  }

  @Test
  void a_commit_is_no_operation() {
    Request request = app.request("/orders");
    app.commit();
    assertTrue(request.unit().operations().isEmpty());
  }

  @Test
  void what_comes_after_the_end_is_nobodys() {
    Request request = app.request("/orders");
    app.query("SELECT * FROM item", 1);
    Object context = app.recorder.capture();
    app.end(request);
    Object before = app.recorder.resume(context);
    app.query("SELECT * FROM item", 1);
    app.query("SELECT * FROM other", 1);
    app.recorder.restore(before);
    assertEquals(1, request.unit().operations().size());
    assertEquals(1, request.unit().operations().get(0).count());
  }

  @Test
  void calls_outside_of_requests_share_their_threads_scope_until_it_closes() {
    Span one = app.query("SELECT * FROM item", 1);
    Span two = app.query("SELECT * FROM item", 1);
    UnitOfWork unit = one.request().unit();
    assertSame(unit, two.request().unit());
    assertEquals(Request.Kind.IMPLICIT, unit.kind());
    assertEquals(Thread.currentThread().getName(), unit.threadName());
    assertEquals(2, unit.operations().get(0).count());
    unit.close();
    Span three = app.query("SELECT * FROM item", 1);
    assertEquals(1, three.request().unit().operations().get(0).count());
  }

  @Test
  void an_open_transaction_holds_a_threads_scope_open() {
    app.recorder.statements().autoCommit(false);
    UnitOfWork unit = app.query("SELECT * FROM item", 1).request().unit();
    assertTrue(!unit.isIdle(Long.MIN_VALUE));
    app.commit();
    assertTrue(unit.isIdle(Long.MIN_VALUE));
    app.recorder.statements().autoCommit(true);
  }

  @Test
  void two_threads_that_begin_an_operation_at_once_lose_nothing() {
    Request request = app.request("/orders");
    UnitOfWork unit = new UnitOfWork(Request.Kind.REQUEST, null);
    Template template = app.query("SELECT 1", 1).template();
    Span one = new Span(request, null, Span.Kind.CLIENT, template, null);
    Span two = new Span(request, null, Span.Kind.CLIENT, template, null);
    OperationStatistics statistics = unit.statistics(7, one, 111);
    assertSame(statistics, unit.statistics(7, two, 222));
    statistics.begin(two, 222);
    two.end(null); // ... of a thread that was never here
    statistics.end(two, true);
    statistics.begin(one, 111);
    assertEquals(2, statistics.count());
    assertEquals(1, statistics.repeats().ended());
    assertEquals(2, statistics.repeats().distinct());
  }

  private static void assertWhole(OperationStatistics statistics, int count) {
    assertEquals(count, statistics.count());
    assertEquals(count - 1, statistics.repeats().ended());
    assertTrue(statistics.first().endNanos() != 0);
  }

  /** Each thread runs the statements 0, 1, 2, ... at the same time as the others. */
  private void onAllThreads(IntFunction<String> sql) throws Exception {
    Object context = app.recorder.capture();
    Object connection = new Object();
    CyclicBarrier start = new CyclicBarrier(THREADS);
    Thread[] threads = new Thread[THREADS];
    for (int t = 0; t < THREADS; t++) {
      threads[t] =
          new Thread(
              () -> {
                try {
                  start.await();
                } catch (Exception broken) {
                  throw new IllegalStateException(broken);
                }
                Object before = app.recorder.resume(context);
                for (int i = 0; i < TIMES; i++) {
                  Object statement = new Object();
                  app.recorder.preparing();
                  app.recorder.prepared(connection, statement, sql.apply(i));
                  Call call = app.recorder.sql(statement, null);
                  call.end(null);
                }
                app.recorder.restore(before);
              });
      threads[t].start();
    }
    for (Thread thread : threads) thread.join();
  }
}
