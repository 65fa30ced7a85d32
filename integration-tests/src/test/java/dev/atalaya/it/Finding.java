package dev.atalaya.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A finding as /api/findings shows it, or a child of one. */
public record Finding(JsonNode json) {
  private static final Set<String> SEVERITIES = Set.of("info", "warning", "critical");

  /** The value at a path such as {@code operation.count_typical}. */
  public JsonNode at(String path) {
    return json.at("/" + path.replace('.', '/'));
  }

  public String text(String path) {
    return at(path).asText();
  }

  public double number(String path) {
    return at(path).asDouble(Double.NaN);
  }

  public String fingerprint() {
    return text("fingerprint");
  }

  public long occurrences() {
    return at("occurrences").asLong();
  }

  public boolean isInfo() {
    return text("severity").equals("info");
  }

  public List<Finding> children() {
    List<Finding> children = new ArrayList<>();
    json.path("children").forEach(child -> children.add(new Finding(child)));
    return children;
  }

  /** Checks paths and values: numbers within a thousandth, null as JSON's null or missing. */
  public Finding has(Object... pairs) {
    StringBuilder wrong = new StringBuilder();
    for (int i = 0; i < pairs.length; i += 2) {
      JsonNode actual = at((String) pairs[i]);
      if (!same(pairs[i + 1], actual)) {
        wrong.append(pairs[i] + " is " + actual + " instead of " + pairs[i + 1] + "\n");
      }
    }
    assertEquals("", wrong.toString(), this::toString);
    return this;
  }

  private static boolean same(Object expected, JsonNode actual) {
    if (expected == null) {
      return actual.isNull() || actual.isMissingNode();
    }
    if (expected instanceof Number number) {
      return actual.isNumber() && Math.abs(actual.asDouble() - number.doubleValue()) <= 0.001;
    }
    return actual.isValueNode() && expected.toString().equals(actual.asText());
  }

  /** Each execution of the same number, the first request's and all later ones'. */
  public Finding counts(int count) {
    return has("operation.count_typical", count, "operation.count_max", count);
  }

  /** The share of distinct values: exact up to eight of them, an estimate within 10 % beyond. */
  public Finding distinct(double ratio) {
    double tolerance = ratio * number("operation.count_typical") < 8.5 ? 0.001 : 0.1 * ratio;
    assertEquals(ratio, number("operation.distinct_ratio"), tolerance, this::toString);
    return this;
  }

  public Finding cause(String text, int rows) {
    return has("cause.text", text, "cause.rows_typical", rows);
  }

  /** Names the line of that class's source that is marked so. */
  public Finding calledFrom(String function, String mark) {
    String type = function.substring(0, function.lastIndexOf('.')).replaceAll("\\$.*", "");
    return has(
        "call_site.function",
        function,
        "call_site.file",
        type.substring(type.lastIndexOf('.') + 1) + ".java",
        "call_site.line",
        Sources.line(type, mark));
  }

  /** One of these at least: what happens in a millisecond more or less is not to be foreseen. */
  public Finding severity(String... allowed) {
    assertTrue(Set.of(allowed).contains(text("severity")), this::toString);
    return this;
  }

  public Finding confidence(double least, double most) {
    double confidence = number("confidence");
    assertTrue(confidence >= least - 1e-9 && confidence <= most + 1e-9, this::toString);
    return this;
  }

  public Finding suggests(String... words) {
    String suggestion = text("suggestion").toLowerCase(Locale.ROOT);
    for (String word : words) {
      assertTrue(
          suggestion.contains(word.toLowerCase(Locale.ROOT)),
          () -> "no word of " + word + " in: " + text("suggestion"));
    }
    return this;
  }

  /** What holds for each finding of a request to that application. */
  public Finding wellFormed(String service, String traceId) {
    has("version", 1, "status", "firing", "service", service);
    assertTrue(fingerprint().matches("n1-v2-[0-9a-f]{16}"), this::toString);
    assertTrue(text("problem").matches("p1-[0-9a-f]{16}"), this::toString);
    assertTrue(SEVERITIES.contains(text("severity")), this::toString);
    confidence(0.5, 1.0);
    assertFalse(text("instance").isEmpty(), this::toString);
    assertFalse(text("suggestion").isEmpty(), this::toString);
    assertFalse(
        Instant.parse(text("first_seen")).isAfter(Instant.parse(text("last_seen"))),
        this::toString);
    assertTrue(json.path("children").isArray(), this::toString);
    List<String> traces = new ArrayList<>();
    json.path("trace_ids").forEach(id -> traces.add(id.asText()));
    assertTrue(traces.contains(traceId), () -> traceId + " is not among the traces of " + this);
    if (json.path("operation").isObject()) {
      double total = number("operation.total_ms_p95");
      double wasted = number("operation.wasted_ms_p95");
      assertTrue(wasted >= 0 && wasted <= total + 1e-9, this::toString);
    }
    assertFalse(json.toString().contains("CANARY"), () -> "a value in " + this);
    return this;
  }

  @Override
  public String toString() {
    return json.toPrettyString();
  }
}
