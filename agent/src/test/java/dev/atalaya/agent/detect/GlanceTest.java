package dev.atalaya.agent.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.config.Options;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.Simulation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is passed over unseen must hold nothing that a rule is about. */
class GlanceTest {
  private final Simulation app = new Simulation();
  private final Glance glance = new Glance(new Rules(Options.read("")));

  @ParameterizedTest
  @CsvSource({"4, true", "5, false"})
  void repeats_below_the_least_threshold_are_plain(int count, boolean plain) {
    Request request = app.request("/orders");
    for (int i = 0; i < count; i++) app.query("SELECT * FROM items WHERE id = ?", 1, i);
    assertEquals(plain, plain(request));
  }

  @ParameterizedTest
  @CsvSource({"50, true", "51, false"})
  void so_are_as_many_calls_as_are_not_chatty(int count, boolean plain) {
    Request request = app.request("/orders");
    for (int i = 0; i < count; i++) app.query("SELECT * FROM t" + i, 1);
    assertEquals(plain, plain(request));
  }

  @ParameterizedTest
  @ValueSource(strings = {"SELECT 1", "SELECT * FROM items /* atalaya:ignore */"})
  void what_is_counted_without_a_threshold_is_not_plain(String sql) {
    Request request = app.request("/orders");
    app.query(sql, 1);
    assertFalse(plain(request));
  }

  @Test
  void nor_is_a_failure_nor_what_still_runs() {
    Request request = app.request("/orders");
    assertFalse(glance.isPlain(request, request.unit()));
    app.end(request, new IllegalStateException("no"));
    assertFalse(glance.isPlain(request, request.unit()));
    assertTrue(plain(app.request("/orders")));
  }

  private boolean plain(Request request) {
    app.end(request);
    return glance.isPlain(request, request.unit());
  }
}
