package dev.atalaya.agent.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.callsite.Application;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.Simulation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ErrorsTest {
  private long now = 1_800_000_000_000L;
  private final Application own = Application.named(name -> name.startsWith("dev.atalaya.agent.w"));
  private final Errors errors = new Errors(own, () -> now);
  private final Simulation application = new Simulation(errors::add);

  @Test
  void errors_of_one_type_at_one_line_are_one() {
    for (int i = 0; i < 3; i++) fails("/orders", refused());
    fails("/carts", refused());
    fails("/orders", new IllegalStateException("elsewhere"));

    List<Map<String, Object>> all = errors.list();
    assertEquals(2, all.size(), all::toString);
    Map<String, Object> last = all.get(0);
    assertEquals(1L, last.get("count"));
    Map<String, Object> refused = all.get(1);
    assertEquals("java.lang.IllegalStateException", refused.get("type"));
    assertEquals(4L, refused.get("count"));
    assertEquals(ErrorsTest.class.getName() + ".refused", site(refused).get("function"));
    assertEquals(
        "[{entry_point=GET /orders, count=3}, {entry_point=GET /carts, count=1}]",
        refused.get("entry_points").toString());
    assertEquals(4, ((List<?>) refused.get("trace_ids")).size());
    assertNull(refused.get("cause"));
    assertEquals(refused, errors.one((String) refused.get("error")));
    assertNull(errors.one("0123456789abcdef"));
  }

  @Test
  void what_led_to_an_error_is_no_other_one() {
    Request request = application.request("/orders");
    Throwable no = failing();
    application.end(request, new IllegalArgumentException("wrapped", no));

    List<Map<String, Object>> all = errors.list();
    assertEquals(1, all.size(), all::toString);
    assertEquals("java.lang.IllegalArgumentException", all.get(0).get("type"));
    assertEquals("java.lang.IllegalStateException", all.get(0).get("cause"));
  }

  @Test
  void an_error_that_was_handled_names_the_call_that_failed() {
    Request request = application.request("/orders");
    failing();
    application.end(request);

    Map<String, Object> error = errors.list().get(0);
    assertEquals("SELECT orders", error.get("what"));
    assertEquals(1L, error.get("count"));
  }

  @Test
  void an_answer_that_says_no_has_no_line() {
    Request request = application.request("/orders");
    application.http("GET", "http://stock/items", 503);
    application.http("GET", "http://stock/items", 503);
    application.end(request);

    Map<String, Object> error = errors.list().get(0);
    assertEquals("503", error.get("type"));
    assertEquals("GET stock:80", error.get("what"));
    assertNull(error.get("call_site"));
    assertEquals(1L, error.get("count"), "once a request");
  }

  @Test
  void the_trend_is_of_the_last_ten_minutes() {
    fails("/orders", refused());
    now += 60_000;
    fails("/orders", refused());
    fails("/orders", refused());
    assertEquals(List.of(0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 1L, 2L), trend());
    now += 9 * 60_000;
    assertEquals(List.of(2L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L), trend());
    now += 3_600_000;
    assertEquals(List.of(0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L), trend());
  }

  @Test
  void of_very_many_errors_those_seen_last_are_kept() {
    for (int i = 0; i < 700; i++) {
      now += 1_000;
      Request request = application.request("/orders");
      application.http("GET", "http://stock" + i + "/", 503);
      application.http("GET", "http://first/", 500);
      application.end(request);
    }
    List<Map<String, Object>> all = errors.list();
    assertEquals(500, all.size());
    assertTrue(all.stream().anyMatch(one -> one.get("type").equals("500")), "seen all the time");
  }

  @Test
  void where_very_much_fails_at_once_stacks_are_not_looked_at_and_nothing_is_lost() {
    for (int i = 0; i < 1_000; i++) fails("/orders", refused());

    long count = 0;
    for (Map<String, Object> one : errors.list()) count += (Long) one.get("count");
    assertEquals(1_000, count);
    assertEquals(1, errors.list().size());
  }

  @Test
  void an_exception_that_is_its_own_cause_ends() {
    Throwable first = new IllegalStateException("a");
    Throwable second = new IllegalStateException("b", first);
    first.initCause(second);
    fails("/orders", first);

    assertEquals(1, errors.list().size());
  }

  private List<?> trend() {
    return (List<?>) errors.list().get(0).get("trend");
  }

  private static Map<?, ?> site(Map<String, Object> error) {
    Map<?, ?> site = (Map<?, ?>) error.get("call_site");
    assertNotNull(site, error::toString);
    return site;
  }

  private Throwable failing() {
    return application.failing("SELECT * FROM orders WHERE id = ?", 1).failure().thrown;
  }

  private void fails(String route, Throwable error) {
    application.end(application.request(route), error);
  }

  private static Throwable refused() {
    return new IllegalStateException("refused");
  }
}
