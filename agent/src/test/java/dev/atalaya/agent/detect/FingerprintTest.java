package dev.atalaya.agent.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.config.Options;
import dev.atalaya.agent.trace.CallSite;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.Simulation;
import dev.atalaya.agent.trace.SqlText;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FingerprintTest {
  private static final Operation ITEMS = operation("SELECT * FROM items WHERE order_id = ?");
  private static final Operation ORDERS = operation("SELECT * FROM orders");
  private static final CallSite SITE = site("shop.OrderService", "list", 42);

  /** Whoever silences a finding by its name counts on this. */
  @Test
  void it_is_what_it_was() {
    assertEquals(
        "n1-v1-6b2495db4e7de74b", of(Kind.N_PLUS_ONE, "shop", "GET /orders", ITEMS, ORDERS, SITE));
  }

  @Test
  void each_part_makes_another() {
    Set<String> all = new HashSet<>();
    all.add(of(Kind.N_PLUS_ONE, "shop", "GET /orders", ITEMS, ORDERS, SITE));
    all.add(of(Kind.DUPLICATE_QUERY, "shop", "GET /orders", ITEMS, ORDERS, SITE));
    all.add(of(Kind.N_PLUS_ONE, "stock", "GET /orders", ITEMS, ORDERS, SITE));
    all.add(of(Kind.N_PLUS_ONE, "shop", "GET /order", ITEMS, ORDERS, SITE));
    all.add(of(Kind.N_PLUS_ONE, "shop", "GET /orders", ORDERS, ORDERS, SITE));
    all.add(of(Kind.N_PLUS_ONE, "shop", "GET /orders", ITEMS, ITEMS, SITE));
    all.add(of(Kind.N_PLUS_ONE, "shop", "GET /orders", ITEMS, null, SITE));
    all.add(of(Kind.N_PLUS_ONE, "shop", "GET /orders", null, ITEMS, SITE));
    all.add(of(Kind.N_PLUS_ONE, "shop", "GET /orders", ITEMS, ORDERS, null));
    CallSite other = site("shop.OrderService", "get", 42);
    all.add(of(Kind.N_PLUS_ONE, "shop", "GET /orders", ITEMS, ORDERS, other));
    other = site("shop.StockService", "list", 42);
    all.add(of(Kind.N_PLUS_ONE, "shop", "GET /orders", ITEMS, ORDERS, other));
    assertEquals(11, all.size());
    for (String one : all) assertTrue(one.matches("n1-v1-[0-9a-f]{16}"), one);
  }

  @Test
  void another_line_makes_none() {
    assertEquals(
        of(Kind.N_PLUS_ONE, "shop", "GET /orders", ITEMS, ORDERS, SITE),
        of(
            Kind.N_PLUS_ONE,
            "shop",
            "GET /orders",
            ITEMS,
            ORDERS,
            site("shop.OrderService", "list", 99)));
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
    Judge judge = new Judge(new Rules(Options.read("")));
    List<Suspect> all = judge.judge(request.scope(), "GET /orders").findings;
    assertEquals(1, all.size());
    Suspect suspect = all.get(0);
    assertEquals(FingerprintTest.class.getName(), suspect.site.top().getClassName());
    return of(suspect.verdict, "shop", "GET /orders", suspect.operation, null, suspect.site);
  }

  private static String of(
      Kind kind,
      String service,
      String entry,
      Operation operation,
      Operation cause,
      CallSite site) {
    return Fingerprint.of(kind, service, entry, operation, cause, site);
  }

  private static Operation operation(String text) {
    return new Operation("postgresql", "SELECT", text, "SELECT", null, SqlText.Kind.READ, null);
  }

  private static CallSite site(String type, String method, int line) {
    StackTraceElement frame = new StackTraceElement(type, method, "F.java", line);
    return new CallSite(new StackTraceElement[] {frame}, null, 0, null);
  }
}
