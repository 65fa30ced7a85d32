package dev.atalaya.agent.alert;

import dev.atalaya.agent.json.Json;
import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a finding's JSON holds, as text for people; null where it holds no such thing. */
final class Facts {
  private final Map<?, ?> finding;
  private final Map<?, ?> operation;

  Facts(Map<String, Object> finding) {
    this.finding = finding;
    this.operation = map(finding, "operation");
  }

  @Nullable String firstSeen() {
    return text(finding, "first_seen");
  }

  @Nullable String occurrences() {
    return text(finding, "occurrences");
  }

  @Nullable String suggestion() {
    return text(finding, "suggestion");
  }

  @Nullable String statement() {
    return text(operation, "text");
  }

  /** How often the operation runs in a unit of work. */
  @Nullable String count() {
    return text(operation, "count_typical");
  }

  /** {@code SELECT * FROM orders (20 rows)}. */
  @Nullable String cause() {
    Map<?, ?> cause = map(finding, "cause");
    String statement = text(cause, "text");
    String rows = text(cause, "rows_typical");
    if (statement == null || rows == null) return statement;
    String joined = text(cause, "joined") == null ? "" : " of a join";
    return statement + " (" + rows + " rows" + joined + ")";
  }

  /** {@code shop.OrderService.list(OrderService.java:42)}, as in a stack trace. */
  @Nullable String callSite() {
    Map<?, ?> site = map(finding, "call_site");
    String function = text(site, "function");
    String file = text(site, "file");
    String line = text(site, "line");
    if (function == null || file == null) return function;
    return function + '(' + file + (line == null ? "" : ":" + line) + ')';
  }

  /** {@code 20 times, 50 at most; 91 of 96.2 ms could be saved}, or how long it took. */
  @Nullable String cost() {
    Map<?, ?> slow = map(finding, "slow");
    String took = text(slow, "duration_ms");
    String threshold = text(slow, "threshold_ms");
    if (took != null) {
      return took + " ms" + (threshold == null ? "" : ", more than " + threshold + " ms");
    }
    String cost = count();
    if (cost == null) return null;
    cost += " times";
    String most = text(operation, "count_max");
    if (most != null) cost += ", " + most + " at most";
    String wasted = text(operation, "wasted_ms_p95");
    String total = text(operation, "total_ms_p95");
    if (wasted == null || total == null) return cost;
    return cost + "; " + wasted + " of " + total + " ms could be saved";
  }

  private static Map<?, ?> map(Map<?, ?> in, String key) {
    Object value = in.get(key);
    return value instanceof Map ? (Map<?, ?>) value : Collections.emptyMap();
  }

  private static @Nullable String text(Map<?, ?> in, String key) {
    Object value = in.get(key);
    return value == null || value.equals("") ? null : Json.text(value);
  }
}
