package dev.atalaya.agent.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.Simulation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WatchTest {
  private final Watching watching = new Watching();
  private final Simulation application = watching.application;

  @Test
  void a_route_has_its_requests_its_errors_and_what_they_do() {
    for (int i = 0; i < 3; i++) {
      Request request = application.request("/orders");
      for (int s = 0; s < 4; s++) application.query("SELECT * FROM orders WHERE id = ?", 1, s);
      application.end(request);
    }
    application.end(application.request("POST", "/orders"), new IllegalStateException("no"));

    Map<String, Object> route = watching.route("/orders");
    assertEquals(4L, route.get("count"));
    assertEquals(1L, route.get("errors"));
    assertEquals(3.0, route.get("statements_per_request"));
    List<?> entryPoints = (List<?>) route.get("entry_points");
    assertEquals(2, entryPoints.size());
    Map<?, ?> get = (Map<?, ?>) entryPoints.get(0);
    assertEquals("GET /orders", get.get("entry_point"));
    assertEquals(3L, get.get("count"));
    assertEquals(0L, get.get("errors"));
    assertEquals("POST /orders", ((Map<?, ?>) entryPoints.get(1)).get("entry_point"));
    assertEquals(4L, Watching.lastMinute(route).get("count"), "all began in the last minute");
  }

  @Test
  void calls_of_other_services_are_routes_too() {
    application.end(application.served("shop.Stock/Find", true, false));

    assertEquals(1L, watching.route("RPC shop.Stock/Find").get("count"));
  }

  @Test
  void the_last_minute_is_what_came_in_it() {
    application.end(application.request("/orders"));
    watching.watch();
    watching.passes(120);
    assertEquals(0L, Watching.lastMinute(watching.route("/orders")).get("count"));

    for (int i = 0; i < 5; i++) application.end(application.request("/orders"));
    watching.passes(30);
    Map<String, Object> minute = Watching.lastMinute(watching.route("/orders"));
    assertEquals(5L, minute.get("count"));
    double seconds = (Double) minute.get("seconds");
    assertTrue(seconds >= 60 && seconds <= 70.2, "seconds: " + seconds);
    assertEquals(6L, watching.route("/orders").get("count"));

    watching.passes(60);
    assertEquals(0L, Watching.lastMinute(watching.route("/orders")).get("count"));
  }

  @Test
  void a_statement_has_its_text_its_rows_and_its_errors() {
    Request request = application.request("/orders");
    application.query("SELECT * FROM orders WHERE id = ?", 3, 1);
    application.query("SELECT * FROM orders WHERE id = ?", 5, 2);
    application.failing("SELECT * FROM orders WHERE id = ?", 3);
    application.end(request);

    Map<String, Object> statement = watching.statement("SELECT orders");
    assertEquals("postgresql", statement.get("system"));
    assertEquals("shop", statement.get("namespace"));
    assertEquals("db:5432", statement.get("address"));
    assertEquals("SELECT * FROM orders WHERE id = ?", statement.get("text"));
    assertEquals(3L, statement.get("calls"));
    assertEquals(1L, statement.get("errors"));
    assertEquals(8L, statement.get("rows"));
    assertEquals(4.0, statement.get("rows_per_call"));
    assertEquals(List.of(), statement.get("routes"), "nobody watched");
  }

  @Test
  void who_uses_a_statement_is_known_from_when_somebody_looks() {
    watching.watch();
    work("/orders", 100);
    work("/orders", 1);
    work("/carts", 2);
    Request job = application.job("Nightly#run");
    application.query("SELECT * FROM orders WHERE id = ?", 1, 1);
    application.end(job);

    List<?> routes = (List<?>) watching.statement("SELECT orders").get("routes");
    assertEquals(
        "[GET /orders 101, GET /carts 2, JOB Nightly#run 1]",
        routes.stream()
            .map(one -> (Map<?, ?>) one)
            .map(one -> one.get("entry_point") + " " + one.get("calls"))
            .toList()
            .toString(),
        "those that are folded too");
    double most = (Double) ((Map<?, ?>) routes.get(0)).get("total_ms");
    assertEquals(101 * 0.1, most, 0.01);
  }

  @Test
  void texts_of_one_name_are_one_statement_whose_page_has_them_all() {
    watching.watch();
    Request request = application.request("/orders");
    application.query("SELECT * FROM orders WHERE id = ?", 1, 1);
    for (int i = 0; i < 3; i++) application.query("SELECT id FROM orders WHERE day = ?", 1, i);
    application.end(request);

    Map<String, Object> statement = watching.statement("SELECT orders");
    assertEquals(2, statement.get("text_count"));
    assertEquals("SELECT id FROM orders WHERE day = ?", statement.get("text"));
    Map<String, Object> one = watching.watch().statement((String) statement.get("statement"));
    assertEquals(
        List.of("SELECT id FROM orders WHERE day = ?", "SELECT * FROM orders WHERE id = ?"),
        one.get("texts"));
    assertNull(watching.watch().statement("0123456789abcdef"));
  }

  @Test
  void of_very_many_statements_those_that_take_most_are_on_the_list() {
    watching.watch();
    for (int i = 0; i < 3_000; i++) {
      Request request = application.request("/orders");
      application.query("SELECT * FROM table" + i % 1_500 + " WHERE id = ?", 1, i);
      application.end(request);
    }
    List<Map<String, Object>> all = watching.watch().statements();
    assertTrue(all.size() <= 1_000, "statements: " + all.size());
    long calls = all.stream().mapToLong(one -> (Long) one.get("calls")).sum();
    assertEquals(3_000, calls);
  }

  @Test
  void ten_minutes_after_the_last_question_nobody_watches() {
    Watch watch = watching.watch();
    watching.passes(590);
    watch.routes();
    watching.passes(590);
    assertTrue(watch.isWanted());
    watching.passes(11);
    assertFalse(watch.isWanted());
  }

  private void work(String route, int statements) {
    Request request = application.request(route);
    for (int i = 0; i < statements; i++) {
      application.query("SELECT * FROM orders WHERE id = ?", 1, i);
    }
    application.end(request);
  }
}
