package dev.atalaya.agent.detect;

import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.atalaya.agent.callsite.CallSite;
import dev.atalaya.agent.catalogue.Words;
import dev.atalaya.agent.config.Options;
import dev.atalaya.agent.sql.SqlText;
import dev.atalaya.agent.trace.OperationFamily;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.RpcCall;
import dev.atalaya.agent.trace.Simulation;
import java.util.function.Consumer;
import org.junit.jupiter.params.provider.Arguments;

/** Asks what is suggested for an operation, and makes what it is to be asked of. */
public final class Suggesting {
  public static final Operation ORDERS = select("SELECT * FROM orders", "orders");
  public static final Operation LINES =
      select("SELECT l.id FROM order_lines l WHERE l.order_id = ?", "order_lines");
  public static final String PROXY = "jdk.proxy2.$Proxy101.";

  private Suggesting() {}

  /** For the lines of 20 orders, read one by one. */
  public static String readEach(CallSite site) {
    return suggest(Kind.N_PLUS_ONE, LINES, ORDERS, site, 20, 40);
  }

  public static String writeEach(Operation operation, CallSite site) {
    return suggest(Kind.N_PLUS_ONE_WRITE, operation, null, site, 20, 40);
  }

  public static String suggest(
      Kind kind, Operation operation, Operation cause, CallSite site, int count, double wasted) {
    if (kind == Kind.SLOW_REQUEST) return Suggestion.slowRequest(operation, site, count, wasted);
    if (kind == Kind.CHATTY || operation == null) return Suggestion.chatty(count);
    Subject subject = new Subject(kind, operation, cause, site, count, wasted, null);
    return new Suggestions(Suggesting::fail).of(subject).summary;
  }

  /** What the first finding of a request of its own says. */
  public static String suggested(Consumer<Simulation> work) {
    Simulation app = new Simulation();
    Request request = app.request("/orders");
    work.accept(app);
    OperationSummary found =
        new WorkAnalyzer(new Rules(Options.read("")))
            .analyze(request.unit(), "GET /orders")
            .findings
            .get(0);
    return new Suggestions(Suggesting::fail).of(found, found.kind).summary;
  }

  public static Arguments of(String name, CallSite site, String suggestion) {
    return arguments(named(name, site), suggestion);
  }

  public static Operation select(String text, String table) {
    return sql("postgresql", "SELECT", text, table, SqlText.Kind.READ);
  }

  public static Operation write(String system, String verb) {
    return sql(system, verb, verb + " t", "t", SqlText.Kind.WRITE);
  }

  public static Operation sql(
      String system, String verb, String text, String table, SqlText.Kind effect) {
    return new Operation(
        OperationFamily.SQL,
        system,
        table == null ? verb : verb + " " + table,
        text,
        verb,
        table,
        effect,
        null);
  }

  public static Operation redis(String text) {
    return command("redis", text);
  }

  public static Operation command(String system, String text) {
    String verb = text.split(" ")[0];
    return new Operation(
        OperationFamily.KEY_VALUE, system, verb, text, verb, null, SqlText.Kind.READ, null);
  }

  public static Operation http(String method, String text) {
    return new Operation(
        OperationFamily.HTTP, "http", text, text, method, null, SqlText.Kind.OTHER, null);
  }

  static Operation rpc(String method) {
    return Operation.of(new RpcCall("grpc", method, "stock:5000"));
  }

  public static CallSite site(String called, String loading, String... passed) {
    StackTraceElement frame = new StackTraceElement("shop.OrderService", "list", "F.java", 42);
    return new CallSite(new StackTraceElement[] {frame}, called, Words.bits(passed), loading);
  }

  /** No test has one that cannot be worded. */
  static void fail(Throwable error) {
    throw new AssertionError(error);
  }
}
