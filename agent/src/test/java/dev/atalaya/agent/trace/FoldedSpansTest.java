package dev.atalaya.agent.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which spans of a repeated statement are shown. */
class FoldedSpansTest {
  private static final String ITEM = "SELECT * FROM item WHERE id = ?";

  private final Simulation app = new Simulation();
  private final Request request = app.request("/orders");

  @Test
  void of_a_thousand_spans_23_stay_and_what_they_stand_for_adds_up() {
    for (int i = 1; i <= 1_000; i++) {
      app.takesMicros = i == 300 ? 90_000 : i == 500 ? 5 : i == 1_000 ? 777 : 100 + i % 7;
      app.query(ITEM, 1, i);
    }
    long all = statistics().first().durationNanos() + repeats().nanos();
    app.end(request);
    List<Span> shown = statements();
    assertEquals(23, shown.size());
    long sum = 0;
    Span folded = null;
    boolean slowest = false;
    boolean last = false;
    for (Span span : shown) {
      if (span.isFolded()) {
        folded = span;
        continue;
      }
      sum += span.durationNanos();
      slowest |= span.durationNanos() == 90_000_000;
      last |= span.durationNanos() == 777_000;
    }
    assertTrue(slowest && last);
    assertNotNull(folded);
    assertEquals(978L, attribute(folded, "atalaya.collapsed.count"));
    assertEquals((all - sum) / 1e6, attribute(folded, "atalaya.collapsed.sum_ms"));
    assertEquals(0.005, attribute(folded, "atalaya.collapsed.min_ms"));
    assertEquals(0.106, attribute(folded, "atalaya.collapsed.max_ms"));
    assertSame(request.root(), folded.parent());
    assertSame(shown.get(0).template(), folded.template());
    assertEquals(1_000, statistics().count());
  }

  @Test
  void the_fold_lasts_from_the_first_beginning_to_the_last_end() {
    Span first = null;
    Span last = null;
    for (int i = 1; i <= 200; i++) {
      app.takesMicros = i == 30 ? 50_000 : i == 199 ? 90_000 : 100; // 199 displaces 30 as slowest
      Span span = app.query(ITEM, 1, i);
      if (i == 21) first = span;
      if (i == 198) last = span;
    }
    app.end(request);
    Span folded = statements().stream().filter(Span::isFolded).findFirst().orElseThrow();
    assertEquals(178L, attribute(folded, "atalaya.collapsed.count"));
    assertEquals(first.startNanos(), folded.startNanos());
    assertEquals(last.endNanos(), folded.endNanos());
    assertTrue(
        folded.durationNanos() / 1e6 >= (Double) attribute(folded, "atalaya.collapsed.sum_ms"));
  }

  @Test
  void without_folding_the_first_and_the_last_stay_and_all_are_counted() {
    Distribution rows = new Distribution(new long[] {0, 1, 2});
    Recording figures = new Recording(rows, new Distribution(new long[0]));
    Simulation lean = new Simulation(figures.meters(), figures);
    lean.folds = false;
    Request listing = lean.request("/orders");
    for (int i = 0; i < 10; i++) lean.query(ITEM, i % 3, i);
    lean.redis("x", "GET", "user:1");
    lean.end(listing);
    assertEquals(10, listing.unit().operations().get(0).count());
    List<Span> shown = new ArrayList<>(lean.handedOver);
    shown.removeIf(span -> span.template() == null || span.template().rows == null);
    assertEquals(2, shown.size());
    assertTrue(shown.stream().noneMatch(Span::isFolded));
    assertEquals(10, rows.count(0) + rows.count(1) + rows.count(2));
  }

  @Test
  void the_first_that_fails_stays_too() {
    for (int i = 1; i <= 1_000; i++) {
      if (i == 400 || i == 600) app.failing(ITEM, i);
      else app.query(ITEM, 1, i);
    }
    app.end(request);
    List<Span> shown = statements();
    assertEquals(24, shown.size());
    assertEquals(1, shown.stream().filter(span -> span.failure() != null).count());
    Span folded = shown.stream().filter(Span::isFolded).findFirst().orElseThrow();
    assertEquals(977L, attribute(folded, "atalaya.collapsed.count"));
    assertNull(folded.failure());
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 21, 22, 23, 24})
  void few_are_shown_as_they_are_and_one_alone_is_folded_with_none(int executions) {
    for (int i = 1; i <= executions; i++) app.query(ITEM, 1, i);
    app.end(request);
    int shown = 0;
    long folded = 0;
    for (Span span : statements()) {
      if (span.isFolded()) folded = (Long) attribute(span, "atalaya.collapsed.count");
      else shown++;
    }
    assertEquals(Math.min(22, executions), shown);
    assertEquals(executions, shown + folded);
  }

  @Test
  void batches_and_commands_fold_and_outgoing_requests_never_do() {
    for (int i = 0; i < 100; i++) {
      app.redis("x", "GET", "user:" + i);
      app.http("GET", "http://stock/items/" + i, 200);
    }
    app.end(request);
    assertEquals(23, app.handedOver.stream().filter(span -> span.template() != null).count());
    assertEquals(101, app.handedOver.stream().filter(span -> span.http() != null).count());
  }

  @Test
  void a_job_folds_and_what_belongs_to_nothing_does_not() {
    app.end(request);
    Request job = app.job("shop.Nightly#run");
    for (int i = 0; i < 100; i++) app.query(ITEM, 1, i);
    app.end(job);
    assertEquals(23, statements().size());
    app.handedOver.clear();
    for (int i = 0; i < 100; i++) app.query(ITEM, 1, i);
    app.worker.drain();
    assertEquals(100, statements().size());
  }

  @Test
  void what_ends_after_its_unit_of_work_is_shown() {
    for (int i = 1; i <= 30; i++) app.query(ITEM, 1, i);
    Span late = app.openBeside(ITEM, 31);
    app.end(request);
    int before = statements().size();
    app.finish(late, 1);
    app.worker.drain();
    assertEquals(before + 1, statements().size());
    assertTrue(app.handedOver.contains(late));
  }

  @Test
  void rows_are_recorded_once_an_execution_folded_or_not() {
    Distribution rows = new Distribution(new long[] {0, 1, 2});
    Distribution durations = new Distribution(new long[0]);
    Recording figures = new Recording(rows, durations);
    Simulation other = new Simulation(figures.meters(), figures);
    Request listing = other.request("/orders");
    for (int i = 0; i < 1_000; i++) other.query(ITEM, i % 3, i);
    other.end(listing);
    assertEquals(334, rows.count(0));
    assertEquals(333, rows.count(1));
    assertEquals(333, rows.count(2));
    assertEquals(999, rows.sum());
    assertEquals(1_000, durations.count(0));
  }

  /** Records rows of what it is handed, as the registry does. */
  private record Recording(Distribution rows, Distribution durations) implements Worker.Consumer {
    Meters meters() {
      return (Meters)
          java.lang.reflect.Proxy.newProxyInstance(
              Recording.class.getClassLoader(),
              new Class<?>[] {Meters.class},
              (proxy, method, arguments) -> {
                if (method.getName().equals("rows")) return rows;
                if (method.getName().equals("operation")) return durations;
                if (method.getReturnType() == void.class) return null;
                return new Distribution(new long[0]);
              });
    }

    @Override
    public void accept(Request request, Span latest) {
      for (Span span = latest; span != null; span = span.next()) {
        if (!span.isFolded()) span.recordRows();
      }
    }
  }

  private OperationStatistics statistics() {
    return request.unit().operations().get(0);
  }

  private Repeats repeats() {
    return statistics().repeats();
  }

  private List<Span> statements() {
    List<Span> all = new ArrayList<>();
    for (Span span : app.handedOver) if (span.template() != null) all.add(span);
    return all;
  }

  private static Object attribute(Span span, String key) {
    for (Span.Attribute a = span.attributes(); a != null; a = a.next) {
      if (a.key.equals(key)) return a.value;
    }
    return null;
  }
}
