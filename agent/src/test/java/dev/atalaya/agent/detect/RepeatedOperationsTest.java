package dev.atalaya.agent.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.trace.Request;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which repetitions are told, and which are only counted. */
class RepeatedOperationsTest {
  private static final String ITEM = "SELECT * FROM items WHERE order_id = ?";
  private static final String ORDERS = "SELECT * FROM orders";

  private Watch watch = new Watch("");

  @Test
  void what_is_not_sure_enough_is_counted_and_not_reported() {
    watch.app.application = name -> false;
    watch.app.gapMicros = 11_000;
    Request request = watch.app.request("/orders");
    watch.app.query(ORDERS, 30);
    for (int i = 0; i < 20; i++) watch.app.query(ITEM, 3, i);
    watch.app.end(request);
    assertEquals(List.of("n_plus_one, not told"), watch.counted);
    assertTrue(watch.findings.list().isEmpty());
  }

  @Test
  void what_is_right_as_it_is_is_counted_alone() {
    Request request = watch.app.request("/orders");
    for (int i = 0; i < 9; i++)
      watch.app.query("SELECT * FROM items LIMIT ? OFFSET ?", 9, 9, 9 * i);
    for (int i = 0; i < 9; i++) watch.app.query("SELECT 1", 1);
    watch.app.end(request);
    assertEquals(List.of("pagination", "ignored"), watch.counted);
    assertTrue(watch.findings.list().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"fingerprint", "problem"})
  void a_finding_that_the_user_ignores_is_counted_once_as_such(String by) {
    Request request = watch.app.request("/orders");
    for (int i = 0; i < 20; i++) watch.app.query(ITEM, 3, i);
    watch.app.end(request);
    String name = String.valueOf(watch.only().get(by));
    watch.counted.clear();
    watch = new Watch("atalaya.ignore.fingerprints=" + name);
    request = watch.app.request("/orders");
    for (int i = 0; i < 20; i++) watch.app.query(ITEM, 3, i);
    watch.portion();
    watch.portion();
    watch.app.end(request);
    assertTrue(watch.findings.list().stream().allMatch(one -> one.get("kind").equals("chatty")));
    assertEquals(1, watch.counted.stream().filter("ignored"::equals).count());
    assertNull(request.unit().operations().get(0).finding());
  }
}
