package dev.atalaya.agent.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class OverheadTest {
  @Test
  void one_in_256_stands_for_all_and_pauses_for_no_more_than_the_longest() {
    Request request = new Simulation().rootless(Request.Kind.REQUEST);
    int sampled = 0;
    for (int i = 0; i < 100_000; i++) {
      Span span = Simulation.of(request);
      long before = request.addedNanos();
      Overhead.ended(span, System.nanoTime() - 1_000_000_000L); // a pause of a second
      long added = request.addedNanos() - before;
      if ((span.id() & 0xFF) != 0) {
        assertEquals(0, added);
        continue;
      }
      sampled++;
      assertEquals(100_000 * 256, added);
    }
    assertTrue(sampled > 250 && sampled < 550, "sampled " + sampled);
  }

  @Test
  void the_beginnings_of_calls_are_sampled() {
    Simulation app = new Simulation(); // which ends calls by a clock of its own, ahead of this one
    Request request = app.request("/orders");
    for (int i = 0; i < 20_000; i++) app.query("SELECT * FROM item WHERE id = ?", -1, i);
    long added = request.addedNanos();
    assertTrue(added > 0, () -> added + " ns");
  }
}
