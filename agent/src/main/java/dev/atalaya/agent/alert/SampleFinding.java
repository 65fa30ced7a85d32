package dev.atalaya.agent.alert;

import dev.atalaya.agent.config.Options;
import dev.atalaya.agent.detect.Kind;
import dev.atalaya.agent.detect.ProblemEvent;
import dev.atalaya.agent.detect.Severity;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A finding of no application, to see whether alerts arrive; it says so itself. */
final class SampleFinding {
  private static final String FINGERPRINT = "n1-v2-0000000000000000";
  private static final String PROBLEM = "p1-0000000000000000";
  private static final String ENTRY_POINT = "GET /atalaya-test";
  private static final String SUGGESTION =
      "Nothing: this is a test of alerts, sent by hand. No such query ran.";

  private SampleFinding() {}

  static ProblemEvent event(Options options, boolean resolved) {
    String name = options.get(Options.SERVICE_NAME);
    String service = name.isEmpty() ? "atalaya-test" : name;
    return new ProblemEvent(
        PROBLEM,
        Kind.N_PLUS_ONE,
        service,
        ENTRY_POINT,
        Severity.WARNING,
        null,
        resolved,
        "TEST N+1 "
            + ENTRY_POINT
            + ": SELECT test_items x20 (~20 distinct, 84 ms of 131 ms) after SELECT test_orders"
            + " (20 rows) at test.OrderService.list(OrderService.java:42) -> "
            + SUGGESTION
            + " ["
            + PROBLEM
            + "]",
        null,
        Collections.singletonMap(ENTRY_POINT, FINGERPRINT),
        json(service, resolved));
  }

  private static Map<String, Object> json(String service, boolean resolved) {
    String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("version", 1);
    json.put("test", true);
    json.put("fingerprint", FINGERPRINT);
    json.put("problem", PROBLEM);
    json.put("kind", Kind.N_PLUS_ONE.label());
    json.put("status", resolved ? "resolved" : "firing");
    json.put("severity", Severity.WARNING.label());
    json.put("confidence", 0.95);
    json.put("service", service);
    json.put("entry_point", ENTRY_POINT);
    json.put("first_seen", now);
    json.put("last_seen", now);
    json.put("occurrences", 1);
    json.put("operation", operation());
    json.put("cause", cause());
    json.put("causes", 1);
    json.put("call_site", callSite());
    json.put("children", Collections.emptyList());
    json.put("suggestion", SUGGESTION);
    json.put("trace_ids", Collections.emptyList());
    json.put("trace_url", null);
    return json;
  }

  private static Map<String, Object> operation() {
    Map<String, Object> operation = new LinkedHashMap<>();
    operation.put("system", "postgresql");
    operation.put("summary", "SELECT test_items");
    operation.put("brief", "SELECT test_items");
    operation.put("text", "SELECT * FROM test_items WHERE order_id = ?");
    operation.put("count_typical", 20);
    operation.put("count_max", 20);
    operation.put("distinct_ratio", 1.0);
    operation.put("total_ms_p95", 84.0);
    operation.put("wasted_ms_p95", 79.8);
    operation.put("execution", "sequential");
    return operation;
  }

  private static Map<String, Object> cause() {
    Map<String, Object> cause = new LinkedHashMap<>();
    cause.put("text", "SELECT * FROM test_orders");
    cause.put("rows_typical", 20);
    return cause;
  }

  private static Map<String, Object> callSite() {
    Map<String, Object> site = new LinkedHashMap<>();
    site.put("function", "test.OrderService.list");
    site.put("file", "OrderService.java");
    site.put("line", 42);
    return site;
  }
}
