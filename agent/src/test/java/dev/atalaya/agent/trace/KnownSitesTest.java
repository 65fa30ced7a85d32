package dev.atalaya.agent.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.callsite.CallSite;
import dev.atalaya.agent.callsite.Callers;
import org.junit.jupiter.api.Test;
import shop.Calls;

/** Lines that need no more looking at, of one statement at several entry points. */
class KnownSitesTest {
  private static final String ITEM = "SELECT * FROM item WHERE id = ?";

  private final Simulation app = new Simulation();

  @Test
  void a_line_is_trusted_once_it_was_found_often() {
    Callers last = null;
    for (int i = 0; i < 5; i++) last = get(this::list);
    assertTrue(last.isTrusted());
    assertEquals("list", caller(last));
  }

  @Test
  void methods_of_one_route_do_not_take_each_others_lines() {
    for (int i = 0; i < 5; i++) assertEquals("list", caller(get(this::list)));
    for (int i = 0; i < 5; i++) assertEquals("change", caller(request("PUT", this::change)));
  }

  @Test
  void nor_do_jobs() {
    for (int i = 0; i < 5; i++) assertEquals("list", caller(job("A#list", this::list)));
    for (int i = 0; i < 5; i++) assertEquals("change", caller(job("A#change", this::change)));
  }

  @Test
  void a_helpers_callers_are_not_mixed_up() {
    for (int i = 0; i < 12; i++) {
      boolean even = i % 2 == 0;
      assertEquals(even ? "list" : "change", caller(get(even ? this::list : this::change)));
    }
  }

  @Test
  void what_leads_to_a_finding_is_looked_for_though_it_runs_once() {
    assertNull(once().repeats());
    once().first().template().wantLine();
    CallSite found = once().repeats().once();
    assertEquals("plainly", found.top().getMethodName());
    assertSame(found, once().repeats().once(), "walked once more");
  }

  @Test
  void what_leads_to_a_finding_and_repeats_is_walked_as_ever() {
    once().first().template().wantLine();
    Callers callers = get(this::list);
    assertEquals("list", caller(callers));
    assertEquals("change", caller(get(this::change)));
  }

  // The statement's line is that of shop.Calls.plainly for both, its callers are others.

  private void list() {
    for (int i = 0; i < 20; i++) {
      int id = i;
      Calls.deep(0, () -> app.query(ITEM, 1, id));
    }
  }

  private void change() {
    for (int i = 0; i < 20; i++) {
      int id = i;
      Calls.inNested(() -> Calls.plainly(() -> app.query(ITEM, 1, id)));
    }
  }

  private OperationStatistics once() {
    Request request = app.request("/items");
    Calls.plainly(() -> app.query(ITEM, 20, 1));
    OperationStatistics statistics = request.unit().operations().get(0);
    app.end(request);
    return statistics;
  }

  private Callers get(Runnable work) {
    return request("GET", work);
  }

  private Callers request(String method, Runnable work) {
    Request request = app.request(method, "/items");
    return run(request, work);
  }

  private Callers job(String name, Runnable work) {
    return run(app.job(name), work);
  }

  private Callers run(Request request, Runnable work) {
    work.run();
    Repeats repeats = request.unit().operations().get(0).repeats();
    app.end(request);
    assertNotNull(repeats);
    return repeats.callers();
  }

  private static String caller(Callers callers) {
    CallSite site = callers.site();
    assertEquals("plainly", site.top().getMethodName());
    return site.frames[1].getMethodName().equals("deep") ? "list" : "change";
  }
}
