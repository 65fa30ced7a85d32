package dev.atalaya.agent.mcp;

import dev.atalaya.agent.page.Query;
import dev.atalaya.agent.page.Source;
import dev.atalaya.agent.page.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A trace's spans, out of OTLP's JSON, as rows that are read from the top. */
final class Spans {
  private static final int DEEPEST = 64;

  private final Source source;

  Spans(Source source) {
    this.source = source;
  }

  Object get(Arguments arguments) {
    String id = arguments.text("trace_id");
    Object trace = source.get(Query.ALL.of(id));
    if (trace == null) {
      throw new Wrong("There is no such trace. list_traces has those that are kept.");
    }
    List<Value> spans = new ArrayList<>();
    for (Value resource : new Value(trace).all("resourceSpans")) {
      for (Value scope : resource.all("scopeSpans")) spans.addAll(scope.all("spans"));
    }
    spans.sort(Comparator.comparingLong(span -> nanos(span, "startTimeUnixNano")));
    Map<String, String> parents = new HashMap<>();
    for (Value span : spans) parents.put(span.text("spanId"), span.text("parentSpanId"));
    List<Object> rows = new ArrayList<>();
    long first = spans.isEmpty() ? 0 : nanos(spans.get(0), "startTimeUnixNano");
    for (Value span : spans) rows.add(row(span, first, parents));
    Map<String, @Nullable Object> beside = new LinkedHashMap<>();
    beside.put("trace_id", id);
    return Paged.of("spans", rows, arguments, beside);
  }

  private static Map<String, Object> row(Value span, long first, Map<String, String> parents) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("depth", depth(span, parents));
    row.put("name", span.text("name"));
    long start = nanos(span, "startTimeUnixNano");
    row.put("start_ms", millis(start - first));
    row.put("duration_ms", millis(nanos(span, "endTimeUnixNano") - start));
    if (span.at("status").number("code") == 2) row.put("error", span.at("status").text("message"));
    Map<String, Object> attributes = attributes(span);
    if (!attributes.isEmpty()) row.put("attributes", attributes);
    List<Object> events = new ArrayList<>();
    for (Value event : span.all("events")) {
      Map<String, Object> told = new LinkedHashMap<>();
      told.put("name", event.text("name"));
      told.putAll(attributes(event));
      events.add(told);
    }
    if (!events.isEmpty()) row.put("events", events);
    return row;
  }

  private static int depth(Value span, Map<String, String> parents) {
    int depth = 0;
    String parent = span.text("parentSpanId");
    while (depth < DEEPEST && parents.containsKey(parent)) {
      depth++;
      parent = parents.getOrDefault(parent, "");
    }
    return depth;
  }

  /** Of {@code {"key":..., "value":{"stringValue":...}}}; of a list's value, its JSON. */
  private static Map<String, Object> attributes(Value of) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    for (Value one : of.all("attributes")) {
      for (Object value : Message.object(one.at("value").json()).values()) {
        if (value != null) attributes.put(one.text("key"), value);
      }
    }
    return attributes;
  }

  /** OTLP has numbers of 64 bits as texts. */
  private static long nanos(Value span, String key) {
    try {
      return Long.parseLong(span.text(key));
    } catch (NumberFormatException none) {
      return 0;
    }
  }

  private static double millis(long nanos) {
    return Math.round(nanos / 10_000.0) / 100.0;
  }
}
