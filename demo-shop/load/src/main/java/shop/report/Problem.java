package shop.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A problem that the agent tells of, as far as the report does: one line to mend.
 *
 * @param entryPoints that lead there, what wastes most first
 * @param operation the statement, command or request in short; empty where it is about no single
 *     one
 * @param count how often that is repeated in a request, typically, where it is worst
 * @param line of code, as a stack trace has it; empty where none is known
 * @param callers of that line, the nearest first
 * @param costMillis what one occurrence wastes at most, in 95 of 100; of slow ones: took
 * @param occurrences since the shop was started
 * @param children other operations that belong to it, in short
 */
record Problem(
    String problem,
    String kind,
    String severity,
    List<String> entryPoints,
    String operation,
    long count,
    String line,
    List<String> callers,
    String suggestion,
    double costMillis,
    long occurrences,
    Instant lastSeen,
    List<String> children) {

  static Problem of(JsonNode json) {
    JsonNode operation = json.path("operation");
    boolean slow = json.hasNonNull("slow");
    List<String> children = new ArrayList<>();
    for (JsonNode child : json.path("children")) {
      children.add(child.path("summary").asText("") + " x" + child.path("count_typical").asLong());
    }
    return new Problem(
        json.path("problem").asText(),
        json.path("kind").asText(),
        json.path("severity").asText(),
        json.path("entry_points").findValuesAsText("entry_point"),
        operation.path("summary").asText(""),
        operation.path("count_typical").asLong(0),
        line(json.path("call_site")),
        callers(json.path("call_site").path("stack")),
        json.path("suggestion").asText(""),
        slow
            ? json.path("slow").path("duration_ms").asDouble()
            : operation.path("wasted_ms_p95").asDouble(0),
        json.path("occurrences").asLong(),
        Instant.parse(json.path("last_seen").asText()),
        children);
  }

  /** The stack begins with the line itself. */
  private static List<String> callers(JsonNode stack) {
    List<String> callers = new ArrayList<>();
    for (JsonNode frame : stack) {
      callers.add(line(frame));
    }
    return callers.isEmpty() ? callers : callers.subList(1, callers.size());
  }

  private static String line(JsonNode callSite) {
    return callSite.hasNonNull("function")
        ? "%s(%s:%d)"
            .formatted(
                callSite.path("function").asText(),
                callSite.path("file").asText(),
                callSite.path("line").asInt())
        : "";
  }

  boolean atLeastWarning() {
    return !severity.equals("info");
  }

  /** Whether it is about the same work: the editions' code, and so the problem's name, differs. */
  boolean like(Problem other) {
    return kind.equals(other.kind)
        && operation.equals(other.operation)
        && !Collections.disjoint(entryPoints, other.entryPoints);
  }
}
