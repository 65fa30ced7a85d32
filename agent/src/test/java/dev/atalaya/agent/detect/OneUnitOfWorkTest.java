package dev.atalaya.agent.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.trace.Request;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What one unit of work goes on to do is one occurrence, told once. */
class OneUnitOfWorkTest {
  private final Sightings all = new Sightings();

  @Test
  void later_figures_leave_those_of_others_alone() {
    Occurrence growing = Sightings.one(60);
    all.findings.add(growing, false);
    all.findings.add(Sightings.one(5), false);
    growing.count = 500;
    all.findings.add(growing, true);
    all.findings.add(Sightings.one(5), false);
    Map<?, ?> operation = (Map<?, ?>) all.findings.list().get(0).get("operation");
    assertEquals(5, operation.get("count_typical"));
    assertEquals(500, operation.get("count_max"));
    assertEquals(3, all.findings.list().get(0).get("occurrences"));
  }

  @Test
  void it_grows_in_silence() {
    Occurrence growing = Sightings.one(50);
    all.findings.add(growing, false);
    for (int count = 100; count <= 1_600; count *= 2) {
      growing.count = count;
      all.findings.add(growing, true);
    }
    assertEquals(1, all.events.size());
  }

  @Test
  void four_slow_runs_of_a_statement_are_told_once() {
    Watch watch = new Watch("atalaya.slow.query.threshold=1ms");
    watch.app.takesMicros = 2_000;
    Request request = watch.app.request("/report");
    for (int i = 0; i < 4; i++) watch.app.query("SELECT sum(price) FROM sales WHERE day > ?", 1, i);
    watch.app.end(request);
    assertEquals(1, watch.events.size());
    assertEquals(1, watch.only().get("occurrences"));
    assertEquals(1, ((List<?>) request.findings).size());
  }

  @Test
  void an_insert_that_draws_its_id_is_a_write_like_others() {
    Watch watch = new Watch("");
    Request request = watch.app.request("/import");
    for (int i = 0; i < 25; i++) {
      watch.app.query("INSERT INTO item (id, name) VALUES (nextval('item_seq'), ?)", -1, i);
    }
    watch.app.end(request);
    assertEquals("n_plus_one_write", watch.only().get("kind"));
  }

  @Test
  void a_statement_to_be_ignored_does_not_hide_the_same_one_without_the_comment() {
    Watch watch = new Watch("");
    Request request = watch.app.request("/items");
    watch.app.query("/* atalaya:ignore */ SELECT * FROM item WHERE id = ?", 1, 0);
    for (int i = 0; i < 20; i++) watch.app.query("SELECT * FROM item WHERE id = ?", 1, i);
    watch.app.end(request);
    assertEquals(20, ((Map<?, ?>) watch.only().get("operation")).get("count_max"));
    assertTrue(watch.counted.contains("ignored"), watch.counted::toString);
  }
}
