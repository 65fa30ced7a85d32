package dev.atalaya.agent.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.callsite.CallSite;
import dev.atalaya.agent.config.Options;
import dev.atalaya.agent.sql.SqlText;
import dev.atalaya.agent.trace.OperationFamily;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.Simulation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FingerprintTest {
  private static final Operation ITEMS = operation("SELECT * FROM items WHERE order_id = ?");
  private static final Operation ORDERS = operation("SELECT * FROM orders");
  private static final CallSite SITE = site("shop.OrderService", "list", 42);

  /** Whoever silences a finding or a problem by its name counts on this. */
  @Test
  void it_is_what_it_was() {
    assertEquals("n1-v2-93015cf5df9a1283", of(Kind.N_PLUS_ONE, "shop", "GET /orders", ITEMS, SITE));
    assertEquals(
        "p1-2b258fa0754b1da9", problem(Kind.N_PLUS_ONE, "shop", "GET /orders", ITEMS, SITE));
  }

  @Test
  void each_part_makes_another() {
    Set<String> all = new HashSet<>();
    all.add(of(Kind.N_PLUS_ONE, "shop", "GET /orders", ITEMS, SITE));
    all.add(of(Kind.DUPLICATE_QUERY, "shop", "GET /orders", ITEMS, SITE));
    all.add(of(Kind.N_PLUS_ONE, "stock", "GET /orders", ITEMS, SITE));
    all.add(of(Kind.N_PLUS_ONE, "shop", "GET /order", ITEMS, SITE));
    all.add(of(Kind.N_PLUS_ONE, "shop", "GET /orders", ORDERS, SITE));
    all.add(of(Kind.N_PLUS_ONE, "shop", "GET /orders", null, SITE));
    all.add(of(Kind.N_PLUS_ONE, "shop", "GET /orders", ITEMS, null));
    CallSite other = site("shop.OrderService", "get", 42);
    all.add(of(Kind.N_PLUS_ONE, "shop", "GET /orders", ITEMS, other));
    other = site("shop.StockService", "list", 42);
    all.add(of(Kind.N_PLUS_ONE, "shop", "GET /orders", ITEMS, other));
    assertEquals(9, all.size());
    for (String one : all) assertTrue(one.matches("n1-v2-[0-9a-f]{16}"), one);
  }

  @Test
  void a_problem_is_the_same_at_each_entry_point_but_for_what_is_the_entry_points_own() {
    assertEquals(
        problem(Kind.N_PLUS_ONE, "shop", "GET /orders", ITEMS, SITE),
        problem(Kind.N_PLUS_ONE, "shop", "JOB shop.Report#run", ITEMS, SITE));
    Set<String> all = new HashSet<>();
    all.add(problem(Kind.N_PLUS_ONE, "shop", "GET /orders", ITEMS, SITE));
    all.add(problem(Kind.DUPLICATE_QUERY, "shop", "GET /orders", ITEMS, SITE));
    all.add(problem(Kind.N_PLUS_ONE, "stock", "GET /orders", ITEMS, SITE));
    all.add(problem(Kind.N_PLUS_ONE, "shop", "GET /orders", ORDERS, SITE));
    all.add(problem(Kind.N_PLUS_ONE, "shop", "GET /orders", ITEMS, null));
    all.add(problem(Kind.SLOW_REQUEST, "shop", "GET /orders", null, null));
    all.add(problem(Kind.SLOW_REQUEST, "shop", "GET /stock", null, null));
    all.add(problem(Kind.CHATTY, "shop", "GET /stock", null, null));
    assertEquals(8, all.size());
    for (String one : all) assertTrue(one.matches("p1-[0-9a-f]{16}"), one);
  }

  @Test
  void another_line_makes_none() {
    CallSite moved = site("shop.OrderService", "list", 99);
    assertEquals(
        of(Kind.N_PLUS_ONE, "shop", "GET /orders", ITEMS, SITE),
        of(Kind.N_PLUS_ONE, "shop", "GET /orders", ITEMS, moved));
    assertEquals(
        problem(Kind.N_PLUS_ONE, "shop", "GET /orders", ITEMS, SITE),
        problem(Kind.N_PLUS_ONE, "shop", "GET /orders", ITEMS, moved));
  }

  @Test
  void nor_does_a_lambda_or_another_value() {
    Simulation app = new Simulation();
    Request plain = app.request("/orders");
    for (int i = 0; i < 9; i++) app.query("SELECT * FROM items WHERE id = ?", 1, i);
    String one = found(app, plain);
    Request lambda = app.request("/orders");
    List.of(70, 71, 72, 73, 74, 75, 76)
        .forEach(i -> app.query("SELECT * FROM items WHERE id = ?", 1, i));
    assertEquals(one, found(app, lambda));
    Request literals = app.request("/orders");
    for (int i = 0; i < 9; i++) app.plain("SELECT * FROM items WHERE id = " + i, 1);
    assertEquals(one, found(app, literals));
  }

  private static String found(Simulation app, Request request) {
    app.end(request);
    WorkAnalyzer analyzer = new WorkAnalyzer(new Rules(Options.read("")));
    List<OperationSummary> all = analyzer.analyze(request.unit(), "GET /orders").findings;
    assertEquals(1, all.size());
    OperationSummary summary = all.get(0);
    assertEquals(FingerprintTest.class.getName(), summary.site.top().getClassName());
    return of(summary.kind, "shop", "GET /orders", summary.operation, summary.site);
  }

  private static String of(
      Kind kind, String service, String entry, Operation operation, CallSite site) {
    return Fingerprint.finding(kind, service, entry, operation, site);
  }

  private static String problem(
      Kind kind, String service, String entry, Operation operation, CallSite site) {
    return Fingerprint.problem(kind, service, entry, operation, site);
  }

  private static Operation operation(String text) {
    return new Operation(
        OperationFamily.SQL, "postgresql", "SELECT", text, "SELECT", null, SqlText.Kind.READ, null);
  }

  private static CallSite site(String type, String method, int line) {
    StackTraceElement frame = new StackTraceElement(type, method, "F.java", line);
    return new CallSite(new StackTraceElement[] {frame}, null, 0, null);
  }
}
